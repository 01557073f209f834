import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { readPrograms } from '../../launch/programs/queries.ts';
import { Failure } from '../../platform/failure.ts';
import { toCsv } from '../../platform/csv.ts';
import { operation } from '../../platform/operation.ts';
import { everyone, marketers } from '../../platform/roles.ts';
import { readSelfReports } from './answer.ts';
import { answerProperties, readSetting } from './queries.ts';
import { answerProperty, selfReports, selfReportSetting, selfReportSettingFields } from './schema.ts';
import { selfReportSettings } from './tables.ts';

export const getSelfReports = operation({
  summary: 'Read what people answered to "how did you hear of us", by channel, beside the first touch on record; it earns no credit',
  method: 'GET',
  path: '/self-reports',
  who: everyone,
  input: z.object({}),
  output: selfReports,
  run: (context) => readSelfReports(context),
});

export const exportSelfReports = operation({
  summary: 'Export what people answered to "how did you hear of us" as CSV',
  method: 'GET',
  path: '/self-reports.csv',
  who: everyone,
  input: z.object({}),
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context) => {
    const { channels, unmatched } = await readSelfReports(context);
    const rows = [
      ...channels.map((one) => [one.channel, one.program?.name, one.answers, one.share, one.low, one.high]),
      ...unmatched.map(({ answer, answers }) => [`(no rule) ${answer}`, null, answers, null, null, null]),
    ];
    return { fileName: 'self-reports.csv', csv: toCsv([['channel', 'program', 'answers', 'share', 'low', 'high'], ...rows]) };
  },
});

export const getSelfReportSetting = operation({
  summary: 'Read where answers to "how did you hear of us" stand, and the rules that say what they mean',
  method: 'GET',
  path: '/self-reports/setting',
  who: everyone,
  input: z.object({}),
  output: selfReportSetting,
  run: (context) => context.read(readSetting),
});

export const listAnswerProperties = operation({
  summary: 'List the properties of people and opportunities, to find the one that holds "how did you hear of us"',
  method: 'GET',
  path: '/self-reports/properties',
  who: everyone,
  input: z.object({}),
  output: z.object({ properties: z.array(answerProperty) }),
  run: async (context) => ({ properties: await context.events.ask<z.output<typeof answerProperty>>(answerProperties) }),
});

export const updateSelfReportSetting = operation({
  summary: 'Set where answers to "how did you hear of us" stand, and what they mean',
  method: 'PUT',
  path: '/self-reports/setting',
  who: marketers,
  input: selfReportSettingFields.extend({ version: z.int().describe('The version that was read; 0 for the first time') }),
  output: selfReportSetting,
  run: (context, { version, ...fields }) =>
    context.write('self-report setting', async (transaction) => {
      const workspaceId = context.workspace.id;
      await transaction.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`self reports ${workspaceId}`}, 0))`);
      const before = await readSetting(transaction);
      if (before.version !== version)
        throw new Failure(
          'conflict',
          {
            en: 'Somebody changed these rules meanwhile. Load them again, then repeat your change.',
            zh: '其间有人修改了这些规则。请重新载入后再修改。',
          },
          {
            current: before,
          },
        );
      const known = new Set((await readPrograms(transaction)).map(({ id }) => id));
      if (fields.rules.some(({ program }) => program !== null && !known.has(program)))
        throw new Failure('invalid', {
          en: 'A rule names a program that is not in this workspace. List the programs to see those there are.',
          zh: '有规则指向不在此工作区中的项目。请列出以查看现有的项目。',
        });
      const result = { ...fields, version: version + 1 };
      await transaction
        .insert(selfReportSettings)
        .values({ workspaceId, ...result })
        .onConflictDoUpdate({ target: selfReportSettings.workspaceId, set: result });
      return { id: workspaceId, before, after: result, result };
    }),
});
