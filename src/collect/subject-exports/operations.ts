import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { owners } from '../../platform/roles.ts';
import { getObject } from '../objects/queries.ts';
import { sectionCount, sectionName, type Subject, subjectKeys, subjectRows, subjectUnits } from './queries.ts';

/** Lines of one answer: a few megabytes at most, however much there is. */
const linesAtOnce = 5000;

const subjectOf = async ({ events }: Context, person: string): Promise<Subject> => {
  const [units] = await events.ask<Omit<Subject, 'emails'>>(subjectUnits(person));
  const [known] = await events.ask<{ keys: string[]; emails: string[] }>(subjectKeys(units!.ids));
  return { ...units!, keys: [...new Set([...units!.keys, ...known!.keys])], emails: known!.emails };
};

export const getSubjectExport = operation({
  summary: 'Export everything that is held of a person, as JSON lines; ask on with `next` until it is null',
  method: 'GET',
  path: '/subject-exports/{person}',
  who: owners,
  input: z.object({
    person: z.string().min(1).max(200).describe('Id of the person, as under /people'),
    after: z
      .string()
      .regex(/^\d{1,2}-\d{1,12}$/)
      .optional()
      .describe('The `next` of the answer before'),
  }),
  output: z.object({
    fileName: z.string(),
    lines: z.array(z.string()).describe('Each is a JSON object; `of` says what it is: description, key, link, event and so on'),
    next: z.string().nullable(),
  }),
  run: async (context, { person, after = '0-0' }) => {
    if ((await context.events.ask(getObject('person', person))).length === 0)
      throw new Failure('not_found', {
        en: 'There is no such person in this workspace. They may have been erased: list the erasures.',
        zh: '此工作区中没有这位联系人，可能已被抹除：请查看抹除记录。',
      });
    const subject = await subjectOf(context, person);
    const lines: string[] = [];
    let [section = 0, offset = 0] = after.split('-').map(Number);
    while (section < sectionCount && lines.length < linesAtOnce) {
      const limit = linesAtOnce - lines.length;
      const found = await context.events.ask<object>(subjectRows(section, subject, limit, offset));
      lines.push(...found.map((row) => JSON.stringify({ of: sectionName(section), ...row })));
      [section, offset] = found.length < limit ? [section + 1, 0] : [section, offset + found.length];
    }
    return { fileName: `person-${person}.jsonl`, lines, next: section < sectionCount ? `${section}-${offset}` : null };
  },
});
