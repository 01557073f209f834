/** The definition of a funnel, said plainly and slowly: what the statement is held against. */
export type Happened = { at: number; name: string };
export type Definition = {
  steps: string[];
  exclusions: string[];
  order: 'ordered' | 'strict' | 'any';
  length: number;
  to: number;
  now: number;
};
export type Stands = { depth: number; entered: number; moments: number[]; underWay: boolean; settled: boolean };

export const follow = (all: Happened[], definition: Definition): Stands | null => {
  const { steps, exclusions, order, length, to, now } = definition;
  const isEnd = ({ name }: Happened) => exclusions.includes(name);
  const isStep = (event: Happened, index: number) =>
    !isEnd(event) && event.name === steps[index] && (index > 0 || order === 'any' || event.at <= to);
  const rank = (event: Happened) => {
    const bits = steps.reduce((sum, _, index) => sum + (isStep(event, index) ? 2 ** index : 0), 0);
    return isEnd(event) ? 512 : bits || 256;
  };
  const events = all.filter((event) => order === 'strict' || rank(event) !== 256).toSorted((a, b) => a.at - b.at || rank(a) - rank(b));
  const isEntry = (event: Happened) =>
    event.at <= to && (order === 'any' ? steps.some((_, index) => isStep(event, index)) : isStep(event, 0));
  const entries = events.flatMap((event, place) => (isEntry(event) ? [place] : []));
  if (entries.length === 0) return null;
  const from = (place: number): { moments: number[]; open: boolean } => {
    const [moments, done]: [number[], Set<number>] = [[], new Set()];
    for (const event of events.slice(place)) {
      if (event.at > events[place]!.at + length || isEnd(event)) return { moments, open: false };
      if (order === 'any') {
        for (const [index] of steps.entries())
          if (isStep(event, index) && !done.has(index)) {
            done.add(index);
            moments.push(event.at);
          }
      } else if (moments.length < steps.length && isStep(event, moments.length)) moments.push(event.at);
      else if (order === 'strict') return { moments, open: false };
    }
    return { moments, open: moments.length < steps.length && events[place]!.at + length > now };
  };
  const ways = entries.map((place) => ({ entered: events[place]!.at, ...from(place) }));
  const depth = Math.max(...ways.map(({ moments }) => moments.length));
  const best = ways.find(({ moments }) => moments.length === depth)!;
  return {
    depth,
    entered: best.entered,
    moments: best.moments,
    underWay: depth < steps.length && ways.some(({ open }) => open),
    settled: ways[0]!.entered + length <= now,
  };
};
