import { kaplanMeier } from '../../methods/retention/kaplan-meier.ts';
import { logRank } from '../../methods/retention/log-rank.ts';
import type { SurvivalRow } from './groups.ts';
import type { Survival, SurvivalGroup, SubscriptionsAsked } from './schema.ts';

const fewestCompared = 5;
const countsOf = (rows: readonly SurvivalRow[]) =>
  rows.map(({ month, left, followed }) => ({ time: month, events: left, censored: followed }));

/** Share that still pays, month by month, as far as it is to be read. */
const groupOf = (rows: readonly SurvivalRow[]): SurvivalGroup => {
  const { kind, name } = rows[0]!;
  const accounts = rows.reduce((sum, { left, followed }) => sum + left + followed, 0);
  const said = { kind, name, accounts, left: rows.reduce((sum, { left }) => sum + left, 0) };
  const found = kaplanMeier(countsOf(rows));
  if ('refused' in found) return { ...said, months: [], median: null };
  const { steps, until, median } = found;
  const months = Array.from({ length: until + 1 }, (_, month) => {
    const step = steps.findLast(({ time }) => time <= month);
    const atRisk = rows.filter((row) => row.month >= month).reduce((sum, { left, followed }) => sum + left + followed, 0);
    return step
      ? { month, share: step.survival, low: step.low, high: step.high, atRisk }
      : { month, share: 1, low: null, high: null, atRisk };
  });
  return { ...said, months, median: 'refused' in median ? null : { month: median.time, low: median.low, high: median.high } };
};

/** How long accounts pay, by group, and whether the groups leave at other rates than chance would have it. */
export const survivalOf = (
  rows: readonly SurvivalRow[],
  from: SubscriptionsAsked['survival'],
  place: (group: Pick<SurvivalRow, 'kind' | 'name'>) => number,
  isRefused: boolean,
): Survival => {
  const keys = [...new Map(rows.map((row) => [`${row.kind} ${row.name}`, row])).values()].toSorted((a, b) => place(a) - place(b));
  const parts = keys.map(({ kind, name }) => rows.filter((row) => row.kind === kind && row.name === name));
  const groups = parts.map(groupOf);
  if (isRefused) return { from, groups, test: null, why: 'not_known_then' };
  // Who could not adopt, or has no value, is no group that was chosen to be compared.
  const compared = parts.filter(
    ([one], at) => ['usual', 'adopted', 'not_adopted'].includes(one!.kind) && groups[at]!.accounts >= fewestCompared,
  );
  if (compared.length < 2) return { from, groups, test: null, why: 'no_groups' };
  const found = logRank(compared.map((own) => ({ name: own[0]!.name, counts: countsOf(own) })));
  if ('refused' in found) return { from, groups, test: null, why: 'too_few_events' };
  const { statistic, degrees, p, detectableRatio } = found;
  const sums = found.groups.map(({ observed, expected }, at) => {
    const { kind, name } = compared[at]![0]!;
    return { kind, name, observed, expected };
  });
  return { from, groups, test: { statistic, degrees, p, compared: sums, detectableRatio }, why: null };
};
