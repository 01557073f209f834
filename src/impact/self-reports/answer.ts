import { readPrograms } from '../../launch/programs/queries.ts';
import type { Context } from '../../platform/context.ts';
import { classify } from './classifying.ts';
import { type AnswerCount, countAnswers, readSetting } from './queries.ts';
import type { SelfReports } from './schema.ts';

type Read = SelfReports & { isSetUp: boolean };

/** What people answered, of all time or in some days of the time zone of the workspace; answers without a day are in no days. */
export const readSelfReports = async (context: Context, days?: { from: string; to: string }): Promise<Read> => {
  const { setting, programs } = await context.read(async (transaction) => ({
    setting: await readSetting(transaction),
    programs: await readPrograms(transaction),
  }));
  const isSetUp = setting.sources.length > 0;
  const within = days && { ...days, zone: context.workspace.timeZone };
  const counted = isSetUp ? await context.events.ask<AnswerCount>(countAnswers(setting.sources, within)) : [];
  return { ...classify(counted, setting.rules, new Map(programs.map(({ id, key, name }) => [id, { id, key, name }]))), isSetUp };
};
