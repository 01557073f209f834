import { dayIn } from '../../platform/days.ts';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Query } from '../../platform/events/store.ts';
import { asking, daysOf } from '../questions/asking.ts';
import { type Done, doneBy, refuseWindow } from '../questions/behaviours.ts';
import { zh } from './messages.ts';
import { before, type Days, isIncomplete, periodsOf } from './periods.ts';
import {
  type Asked,
  brokenDown,
  type Counted,
  type Series,
  stickiness,
  topValues,
  trendCounts,
  trendTotal,
  withoutPerson,
} from './queries.ts';
import { cumulable, ofDays, ofProperty, type TrendLine, type TrendPoint, type Trends, type TrendsAsked } from './schema.ts';

type Ask = <Row>(query: Query) => Promise<Row[]>;
/** The question with what its series mean. */
export type Meant = Omit<TrendsAsked, 'series'> & { series: Series[] };
type About = { asked: Meant; today: string; ask: Ask };

export const meantBy = async (context: Context, asked: TrendsAsked): Promise<Meant & Pick<Done, 'features'>> => {
  const { doings, features } = await doneBy(context, asked.series);
  const series = asked.series.map(({ measure, property }, place) => ({ measure, property, doing: doings[place]! }));
  const meant = { ...asked, series, features };
  refuse(meant);
  return meant;
};

const refuse = ({ series, cumulative, breakdown }: Meant): void => {
  for (const { measure, doing } of series)
    if (ofProperty.includes(measure))
      refuseWindow(doing, { en: 'Count its uses, people or accounts.', zh: '请统计其使用次数、人数或客户数。' });
  if (breakdown?.by === 'property')
    refuseWindow(series[0]!.doing, { en: 'Break down by a field of the account or person.', zh: '请按客户或个人的字段细分。' });
  const wrong = cumulative && series.find(({ measure }) => !cumulable.includes(measure));
  if (wrong)
    throw new Failure('invalid', {
      en: `${wrong.measure} cannot be added up over periods. Ask for ${cumulable.join(', ')}, or without adding up.`,
      zh: `“${zh.measures[wrong.measure]}”不能跨时段累计。请选择${cumulable.map((one) => `“${zh.measures[one]}”`).join('、')}，或不累计。`,
    });
  if (breakdown && ofDays.includes(series[0]!.measure))
    throw new Failure('invalid', {
      en: 'Stickiness is not broken down. Ask for one value at a time, with a filter on the property.',
      zh: '活跃天数不能细分。请用属性筛选，每次只问一个值。',
    });
  if (breakdown && cumulative && ['people', 'accounts'].includes(series[0]!.measure))
    throw new Failure('invalid', {
      en: 'People and accounts of groups are not added up. Ask without the breakdown, or for events.',
      zh: '各组的人数和客户数不能累计。请不细分，或统计事件数。',
    });
};

/** Periods without any event have 0 of what is counted, and nothing to make a mean of. */
const emptyValue = ({ measure }: Series): number | null => (['events', 'people', 'accounts', 'sum'].includes(measure) ? 0 : null);

const pointsOf = (rows: Counted[], days: Days, { series, by, cumulative }: Asked, today: string): TrendPoint[] => {
  const found = new Map(rows.map((row) => [row.bucket, row]));
  let [sum, sumOfN] = [0, 0];
  return periodsOf(days, by).flatMap((at): TrendPoint[] => {
    if (at > today) return [];
    const row = found.get(at);
    const [value, n] = [row ? row.value : emptyValue(series), row?.n ?? 0];
    [sum, sumOfN] = [sum + (value ?? 0), sumOfN + n];
    const incomplete = isIncomplete(at, by, days, today) ? { incomplete: true } : {};
    return [{ at, value: cumulative ? sum : value, n: cumulative ? sumOfN : n, ...incomplete }];
  });
};

type Read = { points: TrendPoint[]; total: number | null };

const readLine = async (about: About, series: Series, days: Days): Promise<Read> => {
  const { asked, today, ask } = about;
  const one: Asked = { series, days, by: asked.by, cumulative: asked.cumulative };
  if (ofDays.includes(series.measure)) {
    const points = pointsOf(await ask<Counted>(stickiness(one, today)), days, one, today);
    return { points, total: points.at(-1)?.value ?? null };
  }
  const [rows, [total]] = await Promise.all([ask<Counted>(trendCounts(one)), ask<Counted>(trendTotal(one))]);
  return { points: pointsOf(rows, days, one, today), total: total?.value ?? emptyValue(series) };
};

const plainLine = async (about: About, place: number, days: Days): Promise<TrendLine> => {
  const { asked } = about;
  const series = asked.series[place]!;
  const earlier = asked.compare ? before(days, asked.by) : null;
  const [now, then] = await Promise.all([readLine(about, series, days), earlier ? readLine(about, series, earlier) : null]);
  return {
    key: String(place),
    series: place,
    name: series.doing.name,
    kind: 'usual',
    measure: series.measure,
    counts: series.doing.of,
    ...now,
    ...(then && { totalBefore: then.total, previous: then.points }),
  };
};

const rank = { usual: 0, other: 1, not_set: 2 };

const brokenLines = async (about: About, days: Days): Promise<TrendLine[]> => {
  const { asked, today, ask } = about;
  const one: Asked = { series: asked.series[0]!, days, by: asked.by, cumulative: asked.cumulative };
  const named = (await ask<{ name: string }>(topValues(one, asked.breakdown!))).map(({ name }) => name);
  const read = async (period: Days) => ask<Counted>(brokenDown({ ...one, days: period }, asked.breakdown!, named));
  const earlier = asked.compare ? before(days, asked.by) : null;
  const [rows, past] = await Promise.all([read(days), earlier ? read(earlier) : null]);
  const keyOf = ({ kind, group }: Pick<Counted, 'kind' | 'group'>) => (kind === 'usual' ? `usual ${group}` : kind);
  const groups = new Map(rows.map((row) => [keyOf(row), { kind: row.kind, group: row.group }]));
  const order = (line: { kind: Counted['kind']; name: string }) => rank[line.kind] * 100 + Math.max(0, named.indexOf(line.name));
  return [...groups]
    .map(([key, { kind, group }]): TrendLine => {
      const own = (all: Counted[]) => all.filter((row) => keyOf(row) === key);
      const pointsIn = (all: Counted[], period: Days) =>
        pointsOf(
          own(all).filter(({ bucket }) => bucket !== ''),
          period,
          one,
          today,
        );
      const totalIn = (all: Counted[]) => own(all).find(({ bucket }) => bucket === '')?.value ?? emptyValue(one.series);
      const previous = past && earlier ? { totalBefore: totalIn(past), previous: pointsIn(past, earlier) } : {};
      return {
        key,
        series: 0,
        name: group,
        kind,
        measure: one.series.measure,
        counts: one.series.doing.of,
        total: totalIn(rows),
        points: pointsIn(rows, days),
        ...previous,
      };
    })
    .toSorted((a, b) => order(a) - order(b));
};

/** The figures of a question, with all that belongs to them. */
export const answerTrends = async (context: Context, question: TrendsAsked): Promise<Trends> => {
  const { features, ...asked } = await meantBy(context, question);
  const days = daysOf(asked.range, context);
  const today = dayIn(context.now(), context.workspace.timeZone);
  const answer = async (ask: Ask) => {
    const about = { asked, today, ask };
    const rest = asked.series.map((_, place) => place).filter((place) => !(asked.breakdown && place === 0));
    const [broken, lines, [nobody]] = await Promise.all([
      asked.breakdown ? brokenLines(about, days) : [],
      Promise.all(rest.map((place) => plainLine(about, place, days))),
      ask<{ events: number }>(withoutPerson({ series: asked.series[0]!, days })),
    ]);
    return {
      by: asked.by,
      lines: [...broken, ...lines],
      before: asked.compare ? before(days, asked.by) : null,
      withoutPerson: nobody?.events ?? 0,
    };
  };
  return asking(context, days, answer, features);
};

/** The named values of the breakdown, so that the group `other` means the same behind a point as on it. */
export const namedValues = async (context: Context, asked: Meant, days: Days): Promise<string[]> => {
  if (!asked.breakdown) return [];
  const one: Asked = { series: asked.series[0]!, days, by: asked.by, cumulative: false };
  return (await context.events.ask<{ name: string }>(topValues(one, asked.breakdown))).map(({ name }) => name);
};
