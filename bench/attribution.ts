/**
 * 1,000,000 paths of 3 to 12 touches over 20 channels through Markov order 1, and 12 channels through exact Shapley values; where R and its package
 * ChannelAttribution are installed, the package's C++ on the same paths in the same run (its search path may be given as R_LIBS).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Journey } from '../src/methods/attribution/credit-table.ts';
import { markovRemoval } from '../src/methods/attribution/markov-removal.ts';
import { readPaths } from '../src/methods/attribution/path-texts.ts';
import { shapleyCredits } from '../src/methods/attribution/shapley-credits.ts';
import { seededRandom } from '../src/methods/numeric/random.ts';

const random = seededRandom(20);
const channels = Array.from({ length: 20 }, (_, place) => `channel ${place + 1}`);
const lines = Array.from({ length: 1_000_000 }, () => {
  const touches = Array.from({ length: 3 + Math.floor(random() * 10) }, () => channels[Math.floor(random() ** 1.7 * 20)]!);
  const isConverted = random() < 0.05 + 0.02 * new Set(touches).size;
  return { path: touches.join(' > '), conversions: isConverted ? 1 : 0, nulls: isConverted ? 0 : 1 };
});

type Took = { wall: number; own: number };
/** Wall clock, and this process's own seconds of the processor, each of the fastest of five runs: the others also measure what else the machine did. */
const measure = <Answer>(run: () => Answer): Took & { answer: Answer } => {
  const runs = Array.from({ length: 5 }, () => {
    const [from, before] = [performance.now(), process.cpuUsage()];
    const answer = run();
    const { user, system } = process.cpuUsage(before);
    return { wall: (performance.now() - from) / 1000, own: (user + system) / 1e6, answer };
  });
  const fastest = (of: 'wall' | 'own') => Math.min(...runs.map((one) => one[of]));
  return { wall: fastest('wall'), own: fastest('own'), answer: runs[0]!.answer };
};
const say = (what: string, { wall, own }: Took) => console.log(`${what}: ${wall.toFixed(2)} s, processor ${own.toFixed(2)} s`);

const texts = lines.map(({ path }) => path);
const counts = {
  conversions: Float64Array.from(lines, ({ conversions }) => conversions),
  nulls: Float64Array.from(lines, ({ nulls }) => nulls),
  values: new Float64Array(lines.length),
};
const whole = measure(() => markovRemoval(readPaths(texts), 1, counts));
const reading = measure(() => readPaths(texts));
const solving = measure(() => markovRemoval(reading.answer, 1, counts));
const found = whole.answer;
say('Markov order 1 over 1,000,000 paths, exact, from their texts in memory', whole);
say('of this, taking the texts apart', reading);
say('of this, the chain and its solving, as for paths that are numbers already', solving);

const { channels: names, starts, codes } = reading.answer;
const journeys = lines.slice(0, 100_000).map(({ conversions, nulls }, place): Journey => ({
  touches: Array.from(codes.subarray(starts[place], starts[place + 1]), (code) => names[code]!),
  conversions,
  value: 0,
  nulls,
}));
const twelve = journeys.map((journey) => ({ ...journey, touches: journey.touches.filter((touch) => channels.indexOf(touch) < 12) }));
say(
  'Shapley, 12 channels, exact, 100,000 paths',
  measure(() => shapleyCredits(twelve, { worth: 'rate' })),
);

const folder = mkdtempSync(join(tmpdir(), 'landfall-bench-'));
const file = join(folder, 'paths.csv');
writeFileSync(
  file,
  `path,conversions,nulls\n${lines.map(({ path, conversions, nulls }) => `"${path}",${conversions},${nulls}`).join('\n')}\n`,
);
const script = `suppressMessages(library(ChannelAttribution)); d <- read.csv("${file}", stringsAsFactors = FALSE)
f <- function() system.time(m <<- markov_model(d, "path", "conversions", var_null = "nulls", order = 1, ncore = 1, seed = 1, verbose = FALSE)); r <- replicate(5, { t <- f(); c(t[["elapsed"]], t[["user.self"]] + t[["sys.self"]]) })
cat(min(r[1, ]), min(r[2, ]), as.character(packageVersion("ChannelAttribution")), sprintf("%s=%.1f", m[[1]], m[[2]]), sep = "\\t")`;
const run = spawnSync('Rscript', ['-e', script], { encoding: 'utf8', maxBuffer: 1e8 });
rmSync(folder, { recursive: true, force: true });
if (run.status !== 0) console.log('R with ChannelAttribution is not there: no comparison.');
else if (!('refused' in found)) {
  const cells = run.stdout.slice(run.stdout.lastIndexOf('\n') + 1).split('\t');
  const [wall, own] = [Number(cells[0]), Number(cells[1])];
  const credits = new Map(cells.slice(3).map((cell) => [cell.split('=')[0], Number(cell.split('=')[1])]));
  const apart = found.channels.map((name, at) => Math.abs(credits.get(name)! / found.conversions.credits[at]! - 1));
  say(`ChannelAttribution ${cells[2]} (R, C++), markov_model, ncore = 1, the same texts in memory, fastest of five calls`, { wall, own });
  const times = (of: 'wall' | 'own', theirs: number) =>
    `${(theirs / whole[of]).toFixed(1)} from texts on both sides, ${(theirs / solving[of]).toFixed(1)} where ours are numbers already`;
  console.log(`times as long as ours, processor: ${times('own', own)}; by the clock: ${times('wall', wall)}`);
  console.log(`its simulated credits lie within ${(100 * Math.max(...apart)).toFixed(1)}% of ours, which are exact`);
}
