import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Filled } from './fill.ts';
import { type Figure, median } from './measure.ts';
import type { Peer } from './peers/peer.ts';
import { questions } from './questions.ts';
import type { Bytes } from './storage.ts';
import type { World } from './world.ts';

type Measured = {
  world: World;
  stored: number;
  filled: Filled;
  settledMegabytes: number;
  results: ReadonlyMap<string, ReadonlyMap<string, Figure>>;
  disk: { ours: Bytes[]; peers: Bytes[]; duckdb: number };
  peers: readonly Peer[];
};

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const table = (head: readonly string[], body: readonly (readonly string[])[]): string =>
  line(head) + line(head.map((_, index) => (index === 0 ? '---' : '---:'))) + body.map(line).join('');

const times = ({ results, peers }: Measured): string => {
  const who = ['Landfall', ...peers.map(({ name }) => name), 'DuckDB'];
  const body = [...results]
    .filter(([, figures]) => figures.has('Landfall'))
    .map(([key, figures]) => {
      const own = figures.get('Landfall')!;
      const theirs = peers.flatMap(({ name }) => figures.get(name)?.milliseconds ?? []);
      const duck = figures.get('DuckDB');
      const cells = who.map((name) => {
        const figure = figures.get(name);
        if (!figure) return '';
        const text = `${whole(figure.milliseconds)}${figure.runs === 1 ? '¹' : ''}`;
        return name === 'Landfall' ? `**${text}**` : figure.equal ? text : `${text}²`;
      });
      const ratio = theirs.length > 0 ? (median(theirs) / own.milliseconds).toFixed(1) : '';
      return [
        questions.find((one) => one.key === key)!.title,
        ...cells,
        ratio,
        duck ? (duck.milliseconds / own.milliseconds).toFixed(1) : '',
      ];
    });
  return table(['question, ms', ...who, "peers' median / Landfall", 'DuckDB / Landfall'], body);
};

const overall = ({ results, peers }: Measured): string => {
  const ratios = peers.map(({ name }) => {
    const each = [...results.values()].flatMap((figures) =>
      figures.has(name) && figures.has('Landfall') ? [figures.get(name)!.milliseconds / figures.get('Landfall')!.milliseconds] : [],
    );
    return [name, each.length > 0 ? median(each).toFixed(1) : '', each.length > 0 ? Math.min(...each).toFixed(1) : '', String(each.length)];
  });
  const duck = [...results.values()].flatMap((figures) =>
    figures.has('DuckDB') && figures.has('Landfall') ? [figures.get('DuckDB')!.milliseconds / figures.get('Landfall')!.milliseconds] : [],
  );
  if (duck.length > 0) ratios.push(['DuckDB', median(duck).toFixed(1), Math.min(...duck).toFixed(1), String(duck.length)]);
  return table(['times slower than Landfall', 'median', 'least', 'questions'], ratios);
};

const storage = ({ disk, filled, stored }: Measured): string => {
  const all = filled.received;
  const total = disk.ours.reduce((sum, { bytes }) => sum + bytes, 0);
  const parts = table(
    ['Landfall, bytes an event', ''],
    [...disk.ours.map(({ what, bytes }) => [what, (bytes / all).toFixed(2)]), ['all', (total / all).toFixed(1)]],
  );
  const names: Record<string, string> = { ph: 'PostHog', op: 'OpenPanel', pl: 'Plausible', ry: 'Rybbit', um: 'Umami (without properties)' };
  const others = [
    ...disk.peers.map(({ what, bytes }) => [names[what] ?? what, (bytes / all).toFixed(1)]),
    ['DuckDB', (disk.duckdb / all).toFixed(1)],
  ];
  return `${parts}\n${table(['the same events, bytes an event', ''], others)}\nOf ${whole(all)} rows received, ${whole(stored)} are events of the measured workspace that count.\n`;
};

const settling = ({ filled, settledMegabytes, world }: Measured): string =>
  `${table(
    ['settling', 'seconds', 'events/s'],
    [
      ['all statements, sums and memory of messages included', filled.seconds.toFixed(1), whole(filled.received / filled.seconds)],
      ...[...filled.byStatement].map(([name, seconds]) => [name, seconds.toFixed(1), whole(filled.received / seconds)]),
      ['into `arrival` (made by the engine itself)', filled.arrivalSeconds.toFixed(1), whole(filled.received / filled.arrivalSeconds)],
      ['who is who, once at the end', filled.identitySeconds.toFixed(1), ''],
      ['erasure of the people who asked for it', filled.eraseSeconds.toFixed(1), ''],
    ],
  )}\nChunks of ${whole(world.chunkRows)} events; the engine used at most ${whole(settledMegabytes)} MB.\n`;

export const report = (measured: Measured): string => {
  const { world } = measured;
  const machine = `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
  return `Events ${whole(world.events)}, people ${whole(world.people)}, accounts ${whole(world.accounts)}. Machine: ${machine}.\n
${times(measured)}
${overall(measured)}
${storage(measured)}
${settling(measured)}`;
};

/** The page of the documentation around the figures of one run. */
export const page = ({ events }: World, text: string): string => `# Performance

What comes in: [performance of what comes in](performance-ingest.md). Whole pages: [how long pages take](performance-pages.md).

Made by \`npx tsx bench/events/main.ts --events ${events} --out docs/performance.md\`. ${text}
Each question is asked of all stores in one run, in turn, on the same events: one warm-up, then five times, the median. ¹ Took more than 4 s and was
asked once. ² The answer means something else there (Rybbit has no window, Umami one for each step, Plausible and Umami keep whole seconds) or
counts sign-in as activity. Every other answer is the same, row by row, as that of the plain query over clean events, or the run fails.

What is measured: Landfall's events came in through its own settling, with second copies of 2 % of the messages, 3 % up to 90 days late, 5 % of people
anonymous first, aliases, people erased, an import undone, and two other workspaces in the table. The peers' tables and DuckDB's hold the same
events after all that was put right for them. The peers' figures are of their tables and query shapes, re-expressed from their public code and run in
Landfall's engine with exact counts; they are not measurements of their products. Plausible counts people by an estimate, which is cheaper; PostHog's
external funnel program is stood in for by windowFunnel, which costs less. Landfall's queries here are built from src/collect/events/queries.ts, as those of
the pages are; pages ask more at once (intervals, waiting times, who is behind a figure), and [how long they take](performance-pages.md) is measured in the
running program. Times include the local socket for all but DuckDB, which runs in this process.
`;
