/** The definition of paths, said plainly and slowly: what the statement is held against. */
export type Happened = { at: number; name: string; plan: string };
export type Match = { event: string | null; plan?: string } | null;
export type Definition = {
  from: Match;
  to: Match;
  direction: 'after' | 'before';
  depth: number;
  gap: number;
  leaveOut: string[];
  begin: number;
  end: number;
};
export type Path = { unit: string; cluster: string; entered: number; steps: string[]; isOver: boolean; hasArrived: boolean; took: number };

const isIt = (match: Match, leaveOut: string[], { name, plan }: Happened): boolean =>
  match !== null && !leaveOut.includes(name) && (match.event === null || match.event === name) && (!match.plan || match.plan === plan);

const sessionsOf = (events: Happened[], gap: number): Happened[][] => {
  const sessions: Happened[][] = [];
  for (const event of events) {
    const last = sessions.at(-1)?.at(-1);
    if (last && event.at - last.at <= gap) sessions.at(-1)!.push(event);
    else sessions.push([event]);
  }
  return sessions;
};

export const pathsOf = (unit: string, cluster: string, all: Happened[], definition: Definition): Path[] => {
  const { from, to, direction, depth, gap, leaveOut, begin, end } = definition;
  const rank = (event: Happened) => Number(isIt(from, leaveOut, event)) + 2 * Number(isIt(to, leaveOut, event));
  const sorted = all.toSorted((a, b) => a.at - b.at || (a.name < b.name ? -1 : a.name > b.name ? 1 : rank(a) - rank(b)));
  return sessionsOf(sorted, gap).flatMap((session) => {
    const read = direction === 'before' ? session.toReversed() : session;
    const place = from ? read.findIndex((event) => isIt(from, leaveOut, event)) : 0;
    const first = read[place];
    if (!first || first.at < begin || first.at > end) return [];
    const rest = from ? read.slice(place + 1) : read;
    const arrival = rest.findIndex((event) => isIt(to, leaveOut, event));
    const seen = (arrival >= 0 ? rest.slice(0, arrival + 1) : rest).filter(({ name }) => !leaveOut.includes(name)).map(({ name }) => name);
    const whole: string[] = [];
    for (const name of seen) if (name !== (whole.at(-1) ?? (from ? first.name : undefined))) whole.push(name);
    if (whole.length === 0 && arrival >= 0) whole.push(rest[arrival]!.name);
    if (whole.length === 0 && !from) return [];
    return [
      {
        unit,
        cluster,
        entered: first.at,
        steps: whole.slice(0, depth),
        isOver: whole.length <= depth,
        hasArrived: arrival >= 0,
        took: arrival >= 0 ? Math.abs(rest[arrival]!.at - first.at) : 0,
      },
    ];
  });
};

export const groups = <Item>(items: Item[], key: (item: Item) => string): Map<string, Item[]> => {
  const found = new Map<string, Item[]>();
  for (const item of items) {
    const group = found.get(key(item));
    if (group) group.push(item);
    else found.set(key(item), [item]);
  }
  return found;
};
const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
};

export type Figure = { count: number; units: number; ended: number; arrived: number; seconds: number | null; sums: Record<string, number> };

/** What is counted of these paths, each said once for each thing that it is an example of: key and whether the path ends there. */
export const figuresOf = (paths: Path[], most: number): { figures: Map<string, Figure>; names: number[] } => {
  const deepest = Math.max(0, ...paths.map(({ steps }) => steps.length));
  const largest = Array.from({ length: deepest }, (_, place) => {
    const found = groups(
      paths.filter(({ steps }) => steps.length > place),
      ({ steps }) => steps[place]!,
    );
    return [...found].toSorted(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1)).map(([name]) => name);
  });
  const said = paths.flatMap((path) => {
    const shown = path.steps.map((name, place) => (largest[place]!.slice(0, most).includes(name) ? name : null));
    const isLast = (place: number) => path.isOver && place === shown.length;
    const one = (key: unknown[], ends: boolean) => ({ key: JSON.stringify(key), path, ends });
    return [
      one(['all'], isLast(0)),
      ...shown.map((name, place) => one(['node', place + 1, name], isLast(place + 1))),
      ...shown.slice(1).map((name, place) => one(['link', place + 1, shown[place], name], false)),
      ...shown.flatMap((_, place) => {
        const start = shown.slice(0, place + 1);
        return start.includes(null) ? [] : [one(['begins', ...start], isLast(place + 1))];
      }),
      ...(path.hasArrived ? [one(['reached'], path.isOver)] : []),
      ...(path.hasArrived && path.isOver ? [one(['whole', ...path.steps], true)] : []),
    ];
  });
  const perCluster = groups(paths, ({ cluster }) => cluster);
  const figures = new Map<string, Figure>();
  for (const [key, ones] of groups(said, (one) => one.key)) {
    const inClusters = [...groups(ones, ({ path }) => path.cluster)].map(([cluster, y]) => [y.length, perCluster.get(cluster)!.length]);
    const arrived = ones.filter(({ path }) => path.hasArrived);
    figures.set(key, {
      count: ones.length,
      units: new Set(ones.map(({ path }) => path.unit)).size,
      ended: ones.filter(({ ends, path }) => ends && !path.hasArrived).length,
      arrived: ones.filter(({ ends, path }) => ends && path.hasArrived).length,
      seconds: arrived.length > 0 ? median(arrived.map(({ path }) => path.took)) / 1000 : null,
      sums: {
        successes: ones.length,
        trials: paths.length,
        clusters: perCluster.size,
        sumYY: inClusters.reduce((sum, [y]) => sum + y! * y!, 0),
        sumYN: inClusters.reduce((sum, [y, n]) => sum + y! * n!, 0),
        sumNN: [...perCluster.values()].reduce((sum, { length }) => sum + length ** 2, 0),
      },
    });
  }
  return { figures, names: largest.map(({ length }) => length) };
};
