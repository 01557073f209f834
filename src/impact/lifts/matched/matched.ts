import {
  type MatchedControls,
  matchedControlsInSteps,
  type MatchedUnit,
  type NoMatchedControls,
} from '../../../methods/lift/matched-controls.ts';
import { accountsReached, type ReachedAccount } from '../../../launch/programs/members/queries.ts';
import { readOwnNames } from '../../../launch/programs/queries.ts';
import { addDays, dayIn } from '../../../platform/days.ts';
import { Failure } from '../../../platform/failure.ts';
import { doneBy } from '../../questions/behaviours.ts';
import type { Around, Found } from '../answer.ts';
import type { Bare } from '../checks.ts';
import { unhurried } from '../../../platform/unhurried.ts';
import { columnsOf, refuseFollowing, refuseWithoutFeatures } from './features.ts';
import { type FirstDay, firstDays, type MatchedAsked, type MatchedRow, matchedRows, mostAccounts } from './queries.ts';
import type { MatchedPart } from './schema.ts';

const mostPairs = 40_000_000;
const mostNamed = 50;

/** From when each account had it, where days say so; null where a property says who. */
const gotOf = async ({ design }: MatchedAsked, { ask, context, timeZone }: Around, last: string): Promise<Map<string, string> | null> => {
  const { treatedBy } = design;
  if (treatedBy.kind === 'property') return null;
  if (treatedBy.kind === 'feature') {
    const { doings } = await doneBy(context, [treatedBy]);
    const found = await ask<FirstDay>(firstDays(doings[0]!, last));
    return new Map(found.map(({ id, day }) => [id, day]));
  }
  const names = await context.read((transaction) => readOwnNames(transaction, treatedBy.program));
  const reached = await ask<ReachedAccount>(accountsReached(names));
  const step = treatedBy.reached === 'invited' ? 'listed' : treatedBy.reached;
  return new Map(
    reached.flatMap((one) => (one[step] === null ? [] : [[one.account, dayIn(new Date(one[step] * 1000), timeZone)] as const])),
  );
};

type Sides = { treated: MatchedRow[]; controls: MatchedRow[]; outside: number; unknown: number; afterwards: number };

/** Who got it between the two days, and who did not get it by then. Whoever had it before, or came later, is on neither side. */
const sidesOf = (rows: readonly MatchedRow[], { design }: MatchedAsked, got: Map<string, string> | null): Sides => {
  const { treatedBy, on, before } = design;
  const values = new Set(treatedBy.kind === 'property' ? treatedBy.values : []);
  const sides: Sides = { treated: [], controls: [], outside: 0, unknown: 0, afterwards: 0 };
  for (const row of rows) {
    const day = got?.get(row.id);
    const isTreated = got ? day !== undefined && day >= on && day < before : values.has(row.arm);
    if (row.later || (day !== undefined && day < on)) sides.outside += 1;
    else if (row.numbers.some((number) => number === null || !Number.isFinite(number))) sides.unknown += 1;
    else {
      if (day !== undefined && day >= before) sides.afterwards += 1;
      sides[isTreated ? 'treated' : 'controls'].push(row);
    }
  }
  return sides;
};

const refuseDays = ({ design, outcome }: MatchedAsked): void => {
  const begins = 'from' in outcome ? outcome.from : design.before;
  if (design.before <= design.on || begins < design.before)
    throw new Failure('invalid', {
      en: `What accounts are matched on lies before ${design.on}, they had it before ${design.before}, and the outcome is counted from then on, not from ${begins}. Put the days in this order.`,
      zh: `匹配内容在 ${design.on} 之前，获得在 ${design.before} 之前，结果自此之后统计，而不是自 ${begins}。请按此顺序设置日期。`,
    });
};

const refuseSize = ({ treated, controls }: Sides): void => {
  if (treated.length * controls.length > mostPairs)
    throw new Failure('too_large', {
      en: `${treated.length} accounts against ${controls.length} others are too many to match. Narrow both by a filter.`,
      zh: `${treated.length} 个客户对 ${controls.length} 个其他客户，数量过多，无法匹配。请用筛选缩小范围。`,
    });
};

const checksOf = ({ unknown, afterwards, treated }: Sides, found: MatchedControls | NoMatchedControls): Bare[] => {
  const balance = 'balance' in found ? found.balance : null;
  const worst = balance && Math.max(...balance.map(({ after }) => Math.abs(after)));
  const matched = 'matched' in found ? found.matched : null;
  return [
    ...(worst === null ? [] : [{ name: 'balance', passed: worst <= 0.1, blocks: true, figures: { worst: worst.toFixed(2) } }]),
    ...(matched === null
      ? []
      : [{ name: 'overlap', passed: matched >= 0.7 * treated.length, blocks: true, figures: { matched, treated: treated.length } }]),
    { name: 'nothing_unseen', passed: null, blocks: false, figures: {} },
    { name: 'as_before', passed: null, blocks: false, figures: {} },
    ...(afterwards > 0 ? [{ name: 'got_it_afterwards', passed: null, blocks: false, figures: { afterwards } }] : []),
    ...(unknown > 0 ? [{ name: 'number_missing', passed: null, blocks: false, figures: { unknown } }] : []),
  ];
};

const nextOf = ({ detectable, matched }: MatchedControls, worthHaving: number | null | undefined): Found['next'] => ({
  detectable,
  unitsPerArm: worthHaving ? Math.ceil(matched * (detectable / worthHaving) ** 2) : null,
});

const silent = { total: null, value: null, low: null, high: null };

/** Accounts that got it, against others that were like them before and did not. */
export const answerMatched = async (asked: MatchedAsked, around: Around): Promise<Found> => {
  const { design, outcome } = asked;
  refuseDays(asked);
  refuseWithoutFeatures(asked);
  const last = 'to' in outcome ? outcome.to : around.today;
  const [rows, got] = await Promise.all([
    around.ask<MatchedRow>(matchedRows(asked, around.timeZone, (days) => addDays(design.on, -days))),
    gotOf(asked, around, last),
  ]);
  if (rows.length > mostAccounts)
    throw new Failure('too_large', {
      en: `There are more than ${mostAccounts} accounts. Narrow them by a filter.`,
      zh: `客户超过 ${mostAccounts} 个。请用筛选缩小范围。`,
    });
  const sides = sidesOf(rows, asked, got);
  refuseSize(sides);
  const { treated, controls } = sides;
  const columns = columnsOf([...treated, ...controls], asked);
  const unitOf = (row: MatchedRow): MatchedUnit => ({
    name: row.name || row.id,
    features: columns.map(({ of }) => of(row)),
    outcome: row.y,
  });
  const foreign = [...treated, ...controls].filter((row) => row.foreign).length;
  const base = {
    observed: { ...silent, units: treated.length },
    counterfactual: { ...silent, units: controls.length },
    estimate: null,
    adjusted: null,
    reached: null,
    notYet: 'to' in outcome && (around.lastDay === null || around.lastDay < outcome.to),
    next: { unitsPerArm: null, detectable: null },
    outside: sides.outside + sides.unknown,
    path: [],
  };
  const none = { ...base, checks: [] };
  if (foreign > 0) return { ...none, refused: { reason: 'not_numbers', needed: foreign } };
  if (treated.length === 0) return { ...none, refused: { reason: 'no_treated', needed: null } };
  if (columns.length === 0) return { ...none, refused: { reason: 'no_variation', needed: null } };
  // Where all did the same there is no spread, and an interval of no width would say too much.
  const outcomes = new Set([...treated, ...controls].map(({ y }) => y));
  if (outcomes.size === 1) return { ...none, refused: { reason: 'no_variance', needed: null } };
  const steps = matchedControlsInSteps(treated.map(unitOf), controls.map(unitOf));
  const found = await unhurried(steps, around.signal).catch(refuseFollowing);
  const checks = checksOf(sides, found);
  const part: MatchedPart = {
    treated: treated.length,
    matched: 'matched' in found ? found.matched : 0,
    leftOut: 'leftOut' in found ? found.leftOut.slice(0, mostNamed) : [],
    others: controls.length,
    used: 'controlsUsed' in found ? found.controlsUsed : 0,
    balance: ('balance' in found ? found.balance : []).map(({ meanTreated, meanControl, meanMatched, before, after }, place) => {
      const { kind, name, value } = columns[place]!;
      return { kind, name, value, treated: meanTreated, others: meanControl, matched: meanMatched, before, after };
    }),
  };
  if ('refused' in found)
    return { ...base, checks, matched: part, refused: { reason: found.refused, needed: 'needed' in found ? found.needed : null } };
  const { effect, low, high, treatedMean, matchedMean } = found;
  return {
    ...base,
    observed: { ...silent, units: found.matched, value: treatedMean },
    counterfactual: { ...silent, units: found.controlsUsed, value: matchedMean, low: treatedMean - high, high: treatedMean - low },
    estimate: { effect, low, high, confidence: 0.95, p: null, method: 'matched-controls' },
    refused: null,
    checks,
    reached: found.matched,
    next: nextOf(found, asked.worthHaving),
    matched: part,
  };
};
