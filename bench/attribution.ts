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
import { shapleyCredits } from '../src/methods/attribution/shapley-credits.ts';
import { seededRandom } from '../src/methods/numeric/random.ts';

const random = seededRandom(20);
const channels = Array.from({ length: 20 }, (_, place) => `channel ${place + 1}`);
const lines = Array.from({ length: 1_000_000 }, () => {
  const touches = Array.from({ length: 3 + Math.floor(random() * 10) }, () => channels[Math.floor(random() ** 1.7 * 20)]!);
  const isConverted = random() < 0.05 + 0.02 * new Set(touches).size;
  return { path: touches.join(' > '), conversions: isConverted ? 1 : 0, nulls: isConverted ? 0 : 1 };
});

const seconds = <Answer>(run: () => Answer): [number, Answer] => {
  const from = performance.now();
  const answer = run();
  return [(performance.now() - from) / 1000, answer];
};
const say = (what: string, took: number) => console.log(`${what}: ${took.toFixed(2)} s`);

// As the product gathers them: a channel's name is one text, however many touches carry it.
const names = new Map(channels.map((name) => [name, name]));
const [splitting, journeys] = seconds(() =>
  lines.map(({ path, conversions, nulls }): Journey => ({
    touches: path.split(' > ').map((name) => names.get(name)!),
    conversions,
    value: 0,
    nulls,
  })),
);
const [solving, found] = seconds(() => markovRemoval(journeys, 1));
say('taking the texts apart', splitting);
say('Markov order 1 over 1,000,000 paths, exact', solving);

const twelve = journeys
  .slice(0, 100_000)
  .map((journey) => ({ ...journey, touches: journey.touches.filter((touch) => channels.indexOf(touch) < 12) }));
say('Shapley, 12 channels, exact, 100,000 paths', seconds(() => shapleyCredits(twelve, { worth: 'rate' }))[0]);

const folder = mkdtempSync(join(tmpdir(), 'landfall-bench-'));
const file = join(folder, 'paths.csv');
writeFileSync(
  file,
  `path,conversions,nulls\n${lines.map(({ path, conversions, nulls }) => `"${path}",${conversions},${nulls}`).join('\n')}\n`,
);
const script = `suppressMessages(library(ChannelAttribution)); d <- read.csv("${file}", stringsAsFactors = FALSE)
t <- system.time(m <- markov_model(d, "path", "conversions", var_null = "nulls", order = 1, ncore = 1, seed = 1, verbose = FALSE))
cat(t[["elapsed"]], as.character(packageVersion("ChannelAttribution")), sprintf("%s=%.1f", m[[1]], m[[2]]), sep = "\\t")`;
const run = spawnSync('Rscript', ['-e', script], { encoding: 'utf8', maxBuffer: 1e8 });
rmSync(folder, { recursive: true, force: true });
if (run.status !== 0) console.log('R with ChannelAttribution is not there: no comparison.');
else if (!('refused' in found)) {
  const cells = run.stdout.slice(run.stdout.lastIndexOf('\n') + 1).split('\t');
  const theirs = Number(cells[0]);
  const credits = new Map(cells.slice(2).map((cell) => [cell.split('=')[0], Number(cell.split('=')[1])]));
  const apart = found.channels.map((name, at) => Math.abs(credits.get(name)! / found.conversions.credits[at]! - 1));
  say(`ChannelAttribution ${cells[1]} (R, C++), markov_model, ncore = 1, one call with the data in memory`, theirs);
  console.log(
    `times as long as ours: ${(theirs / solving).toFixed(1)} (of the solving), ${(theirs / (splitting + solving)).toFixed(1)} (with the texts taken apart)`,
  );
  console.log(`its simulated credits lie within ${(100 * Math.max(...apart)).toFixed(1)}% of ours, which are exact`);
}
