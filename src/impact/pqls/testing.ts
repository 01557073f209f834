import { backTest as judge } from '../../methods/retention/back-test.ts';
import type { Context } from '../../platform/context.ts';
import { addDays, dayIn } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import { asking, lastDayOf } from '../questions/asking.ts';
import { type ScoreCount, scoreCounts } from './queries.ts';
import { readPql } from './records.ts';
import type { BackTest, BackTestAsked } from './schema.ts';

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** How well a version told beforehand who would convert: those above the line on a day against those below it. */
export const testPql = async (context: Context, { pql: id, version, day: wanted }: BackTestAsked): Promise<BackTest> => {
  const { versions } = await context.read((transaction) => readPql(transaction, id));
  const tried = version === undefined ? versions[0]! : versions.find((one) => one.version === version);
  if (!tried)
    throw new Failure('not_found', {
      en: `There is no version ${version}; the newest is ${versions[0]!.version}.`,
      zh: `没有版本 ${version}；最新的是 ${versions[0]!.version}。`,
    });
  const { definition } = tried;
  const lastDay = await lastDayOf(context);
  const newest = lastDay && addDays(lastDay, -definition.within);
  if (newest && wanted && wanted > newest)
    throw new Failure('invalid', {
      en: `From ${wanted} on nobody has had ${definition.within} days to convert yet: events reach to ${lastDay}. Choose ${newest} or an earlier day.`,
      zh: `自 ${wanted} 起还没有人走完 ${definition.within} 天的转化期限：事件截至 ${lastDay}。请选择 ${newest} 或更早的日期。`,
    });
  const day = wanted ?? newest;
  const common = { reading: 'association' as const, version: tried.version };
  if (!day || !newest) {
    const today = dayIn(context.now(), context.workspace.timeZone);
    const facts = await asking(context, { from: today, to: today }, async () => ({}));
    return { ...common, day: null, isAhead: false, scores: [], refused: 'no_events', needed: null, result: null, ...facts };
  }
  const asOf = { day, zone: context.workspace.timeZone };
  return asking(context, { from: addDays(day, 1 - definition.days), to: addDays(day, definition.within) }, async (ask) => {
    const scores = await ask<ScoreCount>(scoreCounts(definition, asOf));
    const found = judge(scores, definition.line);
    const isAhead = dayIn(new Date(tried.createdAt), asOf.zone) <= day;
    if ('refused' in found) return { ...common, day, isAhead, scores, refused: found.of, needed: found.needed, result: null };
    const { people, happened, above, precision, below, reach, difference, lift } = found;
    return {
      ...common,
      day,
      isAhead,
      scores,
      refused: null,
      needed: null,
      result: { people, happened, above, precision, below, reach, difference, lift: { ...lift, high: finite(lift.high) } },
    };
  });
};
