import type { Ask } from './answer.ts';
import type { ArmSums } from './queries.ts';
import type { AskedOf } from './schema.ts';
import { readFigures } from './series/read.ts';

type Asked = Pick<AskedOf<'holdout', 'share_of'>, 'design' | 'outcome'>;
type Around = { ask: Ask; timeZone: string };

/** What is known of the cases of one subject: how many there were, how many of them reached it, and on which days. */
export type Cases = { subject: string; arm: 'treated' | 'control'; cases: number; reached: number; days: string[] };

/** The cases of each subject that is in an arm, over all days; the subjects in the order in which they were named. */
export const readCases = async ({ design, outcome }: Asked, around: Around): Promise<Cases[]> => {
  const figures = await readFigures([...new Set([outcome.of, outcome.reached])], around);
  const casesOf = (subject: string) => {
    const own = figures.filter((one) => one.subject === subject);
    const sum = (metric: string) => own.filter((one) => one.metric === metric).reduce((total, { value }) => total + value, 0);
    return { subject, cases: sum(outcome.of), reached: sum(outcome.reached), days: own.map(({ day }) => day) };
  };
  const of = (arm: Cases['arm']) => design[arm].map((subject) => ({ arm, ...casesOf(subject) }));
  return [...of('treated'), ...of('control')];
};

const isCount = ({ cases, reached }: Cases): boolean =>
  Number.isSafeInteger(cases) && Number.isSafeInteger(reached) && reached >= 0 && reached <= cases;

const armOf = (arm: Cases['arm'], all: readonly Cases[]): ArmSums => {
  const named = all.filter((one) => one.arm === arm);
  const own = named.filter(isCount);
  const units = own.reduce((total, { cases }) => total + cases, 0);
  const total = own.reduce((sum, { reached }) => sum + reached, 0);
  const mean = units > 0 ? total / units : 0;
  const variance = units > 1 ? (mean * (1 - mean) * units) / (units - 1) : 0;
  const unknown = { skewness: 0, withBefore: 0, beforeMean: 0, beforeVariance: 0, covariance: 0 };
  return { arm, units, known: units, foreign: named.length - own.length, total, mean, variance, active: total, ...unknown };
};

/** The arms as if each case stood there by itself, and the days that they are of. Subjects whose figures are no counts are `foreign`, and in no sum. */
export const sumCases = (all: readonly Cases[]): { sums: ArmSums[]; period?: { from: string; to: string } } => {
  const days = all.flatMap((one) => one.days).toSorted();
  const [from, to] = [days[0], days.at(-1)];
  return { sums: [armOf('treated', all), armOf('control', all)], ...(from && to && { period: { from, to } }) };
};
