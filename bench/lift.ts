import { differenceInDifferences } from '../src/methods/lift/difference-in-differences.ts';
import { groupTimeEffects } from '../src/methods/lift/group-time-effects.ts';
import { seededRandom } from '../src/methods/numeric/random.ts';
import { simplexWeights } from '../src/methods/numeric/simplex-weights.ts';
import { structuralSeries } from '../src/methods/lift/structural-series.ts';
import { syntheticControl } from '../src/methods/lift/synthetic-control.ts';
import { type Peer, peerOf } from './lift-peer.ts';

/** How long the methods of lift take, beside numpy and scipy where python3 has them, and beside a plain reference of our own, named as such. */
const random = seededRandom(2026);
const series = (periods: number) =>
  Array.from({ length: periods }, () => 0).reduce<number[]>((all) => [...all, (all.at(-1) ?? 50) + random() - 0.5], []);
const currents = Array.from({ length: 6 }, () => series(100));
const unit = (name: string) => {
  const loads = currents.map(() => random());
  return {
    name,
    values: currents[0]!.map((_, at) => loads.reduce((sum, load, index) => sum + load * currents[index]![at]!, 0) + random()),
  };
};

const timed = <Result>(run: () => Result): { milliseconds: number; result: Result } => {
  const startedAt = performance.now();
  const result = run();
  return { milliseconds: performance.now() - startedAt, result };
};

const mostRounds = 2000;

/** Frank and Wolfe's conditional gradient with exact steps, until its gap is a ten-thousandth of the value or after 2,000 rounds: what is written when no solver is at hand. */
function plainWeights(target: readonly number[], donors: readonly (readonly number[])[]): number {
  let weights = donors.map(() => 1 / donors.length);
  for (let round = 0; round < mostRounds; round += 1) {
    const away = target.map((value, at) => donors.reduce((sum, donor, index) => sum + weights[index]! * donor[at]!, -value));
    const slopes = donors.map((donor) => donor.reduce((sum, value, at) => sum + (value - target[at]!) * away[at]!, 0));
    const best = slopes.indexOf(Math.min(...slopes));
    const value = away.reduce((sum, each) => sum + each * each, 0);
    if (value - slopes[best]! < 1e-4 * value || round === mostRounds - 1) return value;
    const step = donors[best]!.map((each, at) => each - target[at]! - away[at]!);
    const length = step.reduce((sum, each) => sum + each * each, 0);
    const share = Math.min(1, -step.reduce((sum, each, at) => sum + each * away[at]!, 0) / length);
    weights = weights.map((weight, index) => (1 - share) * weight + (index === best ? share : 0));
  }
  return Number.NaN;
}

const units = Array.from({ length: 51 }, (_, index) => unit(`${index}`));
const [treated, ...donors] = units as [(typeof units)[number], ...typeof units];
const control = timed(() => syntheticControl(treated, donors, 70));
const own = timed(() =>
  units.map(
    (one) =>
      simplexWeights(
        one.values.slice(0, 70),
        units.filter((other) => other !== one).map(({ values }) => values.slice(0, 70)),
      ).sumOfSquares,
  ),
);
const plain = timed(() =>
  units.map((one) =>
    plainWeights(
      one.values.slice(0, 70),
      units.filter((other) => other !== one).map(({ values }) => values.slice(0, 70)),
    ),
  ),
);
const bayes = timed(() => structuralSeries({ values: treated.values, controls: donors.slice(0, 3), before: 70, season: 7, draws: 1000 }));
const worst = Math.max(...own.result.map((value, index) => value / plain.result[index]! - 1));
console.log(`synthetic control, 50 donors, 100 periods, all placebos and donors left out: ${control.milliseconds.toFixed(0)} ms`);
console.log(
  `its 51 problems: ${own.milliseconds.toFixed(0)} ms; plain conditional gradient of our own: ${plain.milliseconds.toFixed(0)} ms; ratio ${(plain.milliseconds / own.milliseconds).toFixed(1)}`,
);
console.log(`never farther from the target than the plain one: ${worst < 1e-9}`);
console.log(`Bayesian series, 100 periods, 3 controls, season of 7, 1,000 draws and the rehearsal: ${bayes.milliseconds.toFixed(0)} ms`);
const against = (peer: Peer | null, milliseconds: number): string =>
  peer
    ? `${peer.name}: ${peer.milliseconds.toFixed(0)} ms; ratio ${(peer.milliseconds / milliseconds).toFixed(1)}`
    : 'no python3 with numpy and scipy: no peer';
const nnls = peerOf('simplex', Float64Array.from(units.flatMap(({ values }) => values)), [51, 100, 70]);
console.log(`its 51 problems by nonnegative least squares, ${against(nnls, own.milliseconds)}`);
if (nnls) {
  const beyond = Math.max(...own.result.map((value, index) => value / nnls.sums![index]! - 1));
  console.log(`never farther from the target than that: ${beyond < 1e-6}`);
}

/** Accounts of uneven level that get it in one of six periods, or never; it grows by a tenth a period. */
const [accounts, periods] = [5000, 24];
const staged = Array.from({ length: accounts }, (_, index) => {
  const from = index % 4 === 0 ? null : 8 + (index % 6) * 2;
  const level = 10 * random();
  const outcomes = Float64Array.from({ length: periods }, (_one, at) => {
    const grown = from !== null && at >= from ? 0.5 + 0.1 * (at - from) : 0;
    return level + 0.1 * at + grown + 4 * (random() + random() - 1);
  });
  return { from, outcomes };
});
const panel = staged.map(({ from, outcomes }) => ({ treated: from !== null, outcomes }));
const did = timed(() => differenceInDifferences(panel, 8));
console.log(
  `difference in differences, ${accounts} accounts, ${periods} periods, one number an account: ${did.milliseconds.toFixed(0)} ms`,
);
const groupTime = timed(() => groupTimeEffects(staged, { draws: 200 }));
if ('refused' in groupTime.result) throw new Error(groupTime.result.refused);
const flat = Float64Array.from(staged.flatMap(({ from, outcomes }) => [from ?? -1, ...outcomes]));
const numpy = peerOf('group_time', flat, [accounts, periods, 200]);
console.log(
  `group-time effects (Callaway, Sant'Anna), ${accounts} accounts, ${periods} periods, 200 bootstrap draws: ${groupTime.milliseconds.toFixed(0)} ms; ${against(numpy, groupTime.milliseconds)}`,
);
if (numpy) console.log(`the same effect to nine figures: ${Math.abs(numpy.effect! / groupTime.result.overall.effect - 1) < 1e-9}`);
