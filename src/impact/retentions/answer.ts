import type { Context } from '../../platform/context.ts';
import { addDays, dayIn } from '../../platform/days.ts';
import type { Query } from '../../platform/events/store.ts';
import { Failure } from '../../platform/failure.ts';
import { fewest } from '../landing-reports/schema.ts';
import { asking, daysOf, lastDayOf } from '../questions/asking.ts';
import { type Done, doneBy, refuseWindow } from '../questions/behaviours.ts';
import { shareAt } from '../questions/clusters.ts';
import { isIncomplete, lastDayOf as endOf, periodsOf, shifted, startOf } from '../trends/periods.ts';
import { zh } from './messages.ts';
import { type Followed, type RetentionSums, retentionSums, retentionValues } from './queries.ts';
import {
  mostCohorts,
  mostPeriods,
  type Retention,
  type RetentionAsked,
  type RetentionCell,
  type RetentionCohort,
  type RetentionPooled,
  type RetentionRowsAsked,
} from './schema.ts';

const anything = { event: null, filters: [] };

type Asked = Omit<RetentionAsked, 'start' | 'return'> & Pick<Followed, 'start'>;

const refuse = ({ start, unit, by, periods, breakdown }: Asked): void => {
  if (periods > mostPeriods[by])
    throw new Failure('invalid', {
      en: `At most ${mostPeriods[by]} periods are followed by ${by}. Ask for fewer, or for longer periods.`,
      zh: `按${zh.periods[by]}最多跟踪 ${mostPeriods[by]} 个时段。请减少时段数，或选择更长的时段。`,
    });
  if (breakdown?.by === 'property' && !start)
    throw new Failure('invalid', {
      en: 'Being first seen has no properties. Choose the event with which they begin, or break down by a field of the account or person.',
      zh: '“首次出现”没有属性。请选择作为起点的事件，或按客户或个人的字段细分。',
    });
  if (breakdown?.by === 'property' && start)
    refuseWindow(start, { en: 'Break down by a field of the account or person.', zh: '请按客户或个人的字段细分。' });
  if (breakdown?.by === 'person_property' && unit === 'accounts')
    throw new Failure('invalid', {
      en: 'Accounts have no field of a person. Break down by a field of the account, or count people.',
      zh: '客户没有个人的字段。请按客户的字段细分，或改为统计人。',
    });
};

/** The question with what its behaviours mean, and the days that it is about. */
export const follow = async (context: Context, question: RetentionAsked): Promise<Followed & Pick<Done, 'features'>> => {
  const { start, return: back } = question;
  const { doings, features } = await doneBy(context, [back ?? anything, ...(start ? [start] : [])]);
  const asked = { ...question, return: doings[0]!, start: doings[1] ?? null };
  refuse(asked);
  const days = daysOf(asked.range, context);
  const cohorts = periodsOf(days, asked.by).length;
  if (cohorts > mostCohorts)
    throw new Failure('invalid', {
      en: `These are ${cohorts} cohorts; at most ${mostCohorts} are shown. Choose a shorter range or longer periods.`,
      zh: `共有 ${cohorts} 个同期群，最多显示 ${mostCohorts} 个。请选择更短的时间范围或更长的时段。`,
    });
  const { timeZone } = context.workspace;
  const lastDay = await lastDayOf(context);
  const open = lastDay === null ? days.from : addDays(lastDay, 1);
  return { ...asked, features, days, timeZone, today: dayIn(context.now(), timeZone), lastDay, open };
};

/** Place 0 of the sums is how many there are at all. */
const cellAt = (sums: RetentionSums, place: number, unit: RetentionAsked['unit'], incomplete: boolean): RetentionCell | null => {
  const { count, of, share, low, high } = shareAt(sums, place + 1, unit);
  if (of === 0) return null;
  const plain = of < fewest ? null : (share ?? count / of);
  return { count, of, share: plain, low: incomplete ? null : low, high: incomplete ? null : high, incomplete };
};

const placesOf = ({ periods }: Followed): number[] => Array.from({ length: periods + 1 }, (_, place) => place);

const pooledOf = (asked: Followed, sums: RetentionSums | undefined): RetentionPooled => ({
  n: sums?.trials[0] ?? 0,
  cells: placesOf(asked).map((place) => (sums ? cellAt(sums, place, asked.unit, false) : null)),
});

const cohortOf = (asked: Followed, sums: RetentionSums): RetentionCohort => {
  const { by, unit, days, today, open } = asked;
  return {
    start: sums.name,
    n: sums.trials[0] ?? 0,
    partial: isIncomplete(sums.name, by, days, today),
    cells: placesOf(asked).map((place) => {
      const period = shifted(sums.name, by, place);
      return period >= open ? null : cellAt(sums, place, unit, endOf(period, by) >= open);
    }),
  };
};

type Ask = <Row>(query: Query) => Promise<Row[]>;

const rank = { usual: 0, other: 1, not_set: 2, cohort: 3, all: 3 };

export const answerRetention = async (context: Context, asked: RetentionAsked): Promise<Retention> => {
  const found = await follow(context, asked);
  const { unit, by, kind } = asked;
  const answer = async (ask: Ask) => {
    const named = asked.breakdown ? (await ask<{ name: string }>(retentionValues(found))).map(({ name }) => name) : [];
    const rows = await ask<RetentionSums>(retentionSums(found, named));
    const place = (row: RetentionSums) => rank[row.kind] * 100 + Math.max(0, named.indexOf(row.name));
    return {
      unit,
      by,
      kind,
      lastDay: found.lastDay,
      all: pooledOf(
        found,
        rows.find((row) => row.kind === 'all'),
      ),
      cohorts: rows
        .filter((row) => row.kind === 'cohort')
        .map((row) => cohortOf(found, row))
        .toSorted((a, b) => (a.start < b.start ? -1 : 1)),
      groups: rows
        .toSorted((a, b) => place(a) - place(b))
        .flatMap((row) =>
          row.kind === 'cohort' || row.kind === 'all' ? [] : [{ kind: row.kind, name: row.name, ...pooledOf(found, row) }],
        ),
    };
  };
  return asking(context, found.days, answer, found.features);
};

/** Refuses a figure that the answer does not have. */
export const refuseRows = (context: Context, { range, by, periods, place, cohort, group, breakdown }: RetentionRowsAsked): void => {
  if (place > periods)
    throw new Failure('invalid', {
      en: `Periods 0 to ${periods} are followed; ${place} is none of them.`,
      zh: `跟踪的时段为 0 至 ${periods}，没有 ${place}。`,
    });
  if (group && !breakdown)
    throw new Failure('invalid', {
      en: 'A group was named, but nothing is broken down. Name the breakdown too.',
      zh: '指定了分组，但没有细分。请同时指定细分维度。',
    });
  const days = daysOf(range, context);
  if (cohort && (startOf(cohort, by) !== cohort || !periodsOf(days, by).includes(cohort)))
    throw new Failure('invalid', {
      en: `No ${by} of the range (${days.from} to ${days.to}) begins on ${cohort}.`,
      zh: `该范围（${days.from} 至 ${days.to}）内没有始于 ${cohort} 的${zh.periods[by]}。`,
    });
};

export const namedValues = async (context: Context, asked: Followed): Promise<string[]> =>
  asked.breakdown ? (await context.events.ask<{ name: string }>(retentionValues(asked))).map(({ name }) => name) : [];
