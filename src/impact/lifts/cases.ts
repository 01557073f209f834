import type { Ask } from './answer.ts';
import type { ArmSums, UnitRow } from './queries.ts';
import type { AskedOf } from './schema.ts';
import { type SubjectSums, subjectSums } from './series/queries.ts';

type Asked = Pick<AskedOf<'holdout', 'share_of'>, 'design' | 'outcome'>;
type Around = { ask: Ask; timeZone: string };

/** What is known of the cases of one subject: how many there were, and how many of them reached it. */
type Cases = { subject: string; arm: 'treated' | 'control'; cases: number; reached: number };

/** The cases of each subject that is in an arm, in the order in which they were named, and the days that they are of. */
const readCases = async ({ design, outcome }: Asked, { ask, timeZone }: Around) => {
  const { of, reached } = outcome;
  const found = await ask<SubjectSums>(subjectSums({ subjects: [...design.treated, ...design.control], of, reached, zone: timeZone }));
  const sums = new Map(found.map((one) => [one.subject, one]));
  const casesOf = (arm: Cases['arm']) =>
    design[arm].map((subject): Cases => ({ subject, arm, cases: sums.get(subject)?.cases ?? 0, reached: sums.get(subject)?.reached ?? 0 }));
  const [from] = found.map((one) => one.from).toSorted();
  const to = found
    .map((one) => one.to)
    .toSorted()
    .at(-1);
  return { all: [...casesOf('treated'), ...casesOf('control')], period: from && to ? { from, to } : undefined };
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
export const sumCases = async (asked: Asked, around: Around) => {
  const { all, period } = await readCases(asked, around);
  return { sums: [armOf('treated', all), armOf('control', all)], period };
};

/** The subjects behind one arm, or both, as units are listed: the outcome is the share that reached it. */
export const listCases = async (asked: Asked, arm: Cases['arm'] | undefined, around: Around): Promise<UnitRow[]> => {
  const { all } = await readCases(asked, around);
  return all
    .filter((one) => !arm || one.arm === arm)
    .map(({ subject, cases, reached, ...one }) => ({
      id: subject,
      name: subject,
      arm: one.arm,
      segment: '',
      outcome: cases > 0 ? reached / cases : null,
    }));
};
