import { setImmediate } from 'node:timers/promises';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { cannotTell, outlookOf } from '../outlooks/outlook.ts';
import type { Outlook } from '../outlooks/schema.ts';
import { asking } from '../questions/asking.ts';
import * as queries from './queries.ts';
import type { Curve, Interval, Measurements, MeasurementsAsked, Point } from './schema.ts';
import { gapsOf, intervalOf, pointsOf, startAfter } from './series.ts';

type Known = { asked: MeasurementsAsked; interval: Interval; isRegular: boolean; beginning: Curve['beginning'] };

/** What came in each period. Of a number in use one missing period lies half-way; a longer gap, or one of those who came, leaves a hole. */
const adoptersOf = (points: readonly Point[], counts: MeasurementsAsked['counts']): number[] | null => {
  const values: number[] = [];
  for (const { age, value } of points) {
    if (value === null) return null;
    const missing = age - values.length;
    if (missing > 1 || (missing === 1 && counts === 'new')) return null;
    if (missing === 1) values.push((values.at(-1)! + value) / 2);
    values.push(value);
  }
  return values.map((value, place) => value - (values[place - 1] ?? 0));
};

const foretold = (points: readonly Point[], { asked, isRegular, beginning }: Known): Outlook => {
  const periods = points.length;
  if (!isRegular) return cannotTell('irregular', periods);
  if (beginning === 'not_seen') return cannotTell('beginning_not_seen', periods);
  const adopters = adoptersOf(points, asked.counts);
  if (!adopters) return cannotTell('gaps', periods);
  if (asked.counts === 'new' && adopters.some((each) => each < 0)) return cannotTell('not_s_shaped', periods);
  return outlookOf(adopters, { horizon: asked.horizon, inUse: asked.counts === 'in_use', most: asked.ceiling ? 1 : undefined });
};

const curveOf = (subject: string, points: Point[], known: Known): Curve => {
  const { asked, interval, isRegular, beginning } = known;
  const { at: first } = points[0]!;
  const last = points.at(-1)!;
  const outlook = asked.horizon === 0 ? null : foretold(points, known);
  const highest = points.reduce<Point | null>(
    (most, point) => ((point.value ?? -Infinity) > (most?.value ?? -Infinity) ? point : most),
    null,
  );
  return {
    subject,
    first,
    last: last.at,
    beginning,
    points,
    gaps: isRegular ? gapsOf(points, interval) : [],
    highest: highest && { at: highest.at, value: highest.value! },
    outlook: outlook && {
      ...outlook,
      // The first period of the outlook is the one after the last that is known.
      ahead: outlook.ahead.map((each, place) => ({ ...each, at: startAfter(last.at, interval, place + 1), age: last.age + place + 1 })),
    },
  };
};

type Read = { reach: queries.Reach; own: queries.DayValue[]; ceiling: queries.DayValue[] | null };

const assemble = async (asked: MeasurementsAsked, { reach, own, ceiling }: Read) => {
  const wanted = [...new Set(asked.subjects)];
  const found = wanted.map((subject) => ({ subject, values: own.filter((value) => value.subject === subject) }));
  const there = found.filter(({ values }) => values.length > 0);
  const { interval, isRegular } = intervalOf(there.map(({ values }) => values));
  const curves: Curve[] = [];
  for (const { subject, values } of there) {
    const points = pointsOf(values, { interval, counts: asked.counts, ceiling });
    const beginning = reach.subjects > 1 && values[0]!.day === reach.first ? 'not_seen' : 'seen';
    curves.push(curveOf(subject, points, { asked, interval, isRegular, beginning }));
    // A band takes a moment; others are served between two.
    await setImmediate();
  }
  return { interval, isRegular, curves, missing: found.filter(({ values }) => values.length === 0).map(({ subject }) => subject) };
};

/** The curves of the subjects that are asked for, laid out by date or from their beginnings, with what may be said of their future. */
export const answerMeasurements = async (context: Context, asked: MeasurementsAsked): Promise<Measurements> => {
  const zone = context.workspace.timeZone;
  const { metric, subjects, ceiling = null } = asked;
  const [reach] = await context.events.ask<queries.Reach>(queries.reach({ metric, zone }));
  if (!reach?.first || !reach.last)
    throw new Failure('not_found', {
      en: `There are no figures of a metric "${metric}". Import them, or list the metrics that there are.`,
      zh: `没有指标“${metric}”的数字。请导入，或列出现有的指标。`,
    });
  const answered = await asking(context, { from: reach.first, to: reach.last }, async (ask) => {
    const [own, whole] = await Promise.all([
      ask<queries.DayValue>(queries.dayValues({ metric, subjects, zone })),
      ceiling && ask<queries.DayValue>(queries.dayValues({ metric: ceiling.metric, subjects: [ceiling.subject], zone })),
    ]);
    if (own.length > queries.mostValues || (whole?.length ?? 0) > queries.mostValues)
      throw new Failure('too_large', {
        en: `These are more than ${queries.mostValues} figures. Ask for fewer subjects at a time.`,
        zh: `超过 ${queries.mostValues} 个数字。请每次少选一些对象。`,
      });
    if (whole?.length === 0)
      throw new Failure('not_found', {
        en: `There are no figures of the ceiling "${ceiling!.metric}". Choose a metric and a subject that have some.`,
        zh: `没有上限“${ceiling!.metric}”的数字。请选择有数字的指标和对象。`,
      });
    return assemble(asked, { reach, own, ceiling: whole });
  });
  const { counts, from, horizon } = asked;
  const { facts, ...rest } = answered;
  return { metric, unit: reach.unit, ceiling, counts, from, horizon, ...rest, facts: { ...facts, dataTo: `${reach.last}T00:00:00Z` } };
};
