import { count } from 'drizzle-orm';
import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import type { Context } from '../../platform/context.ts';
import { operation } from '../../platform/operation.ts';
import { owners } from '../../platform/roles.ts';
import { getObject } from '../objects/queries.ts';
import { erasuresOf, storedReadmissions, storeReadmission } from './kept-tombstones.ts';
import { asErasure, begin, findErasure, listRows, noteReadmission } from './records.ts';
import { eraseInBackground, resumeErasures } from './running.ts';
import { erasure } from './schema.ts';
import { erasures } from './tables.ts';
import { appendTombstones } from './tombstone-file.ts';

const patience = z.coerce.number().min(0).max(60).default(20).describe('How long to wait for the end; the work goes on anyway');

const within = async (work: Promise<void>, seconds: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, seconds * 1000)));
  await Promise.race([work, enough]);
  clearTimeout(timer);
};

const readmittedIn = async ({ events }: Context): Promise<Map<string, string>> =>
  new Map((await storedReadmissions(events)).map(({ erasure: id, at }) => [id, at]));

/** How far an erasure is can also be read while the store of events is down: only whose is done can be readmitted. */
const readErasure = async (context: Context, id: string) => {
  const row = await context.read((transaction) => findErasure(transaction, id));
  return asErasure(row, row.state === 'done' ? await readmittedIn(context) : new Map(), context.language);
};

export const createErasure = operation({
  summary: 'Erase a person for good from every store, the spool and what waits; it cannot be undone',
  method: 'POST',
  path: '/erasures',
  who: owners,
  input: z.object({
    person: z.string().min(1).max(200).describe('Id of the person, as under /people'),
    confirm: z.string().max(200).describe('The same id again: nothing brings an erased person back'),
    waitSeconds: patience,
  }),
  output: erasure,
  run: async (context, { person, confirm, waitSeconds }) => {
    if (confirm !== person)
      throw new Failure('invalid', {
        en: 'The confirmation is not the id of the person. Nothing was erased. Send the id once more as confirm.',
        zh: '确认内容与此人的编号不符。没有抹除任何内容。请再次填写编号以确认。',
      });
    const known = await context.events.ask(getObject('person', person));
    if (known.length === 0)
      throw new Failure('not_found', {
        en: 'There is no such person in this workspace. They may have been erased already: list the erasures.',
        zh: '此工作区中没有这位联系人，可能已被抹除：请查看抹除记录。',
      });
    const row = await begin(context, person);
    await within(eraseInBackground(context, row), waitSeconds);
    return readErasure(context, row.id);
  },
});

export const getErasure = operation({
  summary: 'Read one erasure: how far it is and what it found, by table',
  method: 'GET',
  path: '/erasures/{erasure}',
  who: owners,
  input: z.object({ erasure: z.uuid() }),
  output: erasure,
  run: async (context, input) => {
    await resumeErasures(context);
    return readErasure(context, input.erasure);
  },
});

export const listErasures = operation({
  summary: 'List the erasures of people, the newest first',
  method: 'GET',
  path: '/erasures',
  who: owners,
  input: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50), offset: z.coerce.number().int().min(0).default(0) }),
  output: z.object({ erasures: z.array(erasure), total: z.int() }),
  run: async (context, { limit, offset }) => {
    await resumeErasures(context);
    const readmitted = await readmittedIn(context);
    return context.read(async (transaction) => {
      const rows = await listRows(transaction, limit, offset);
      const [counted] = await transaction.select({ total: count() }).from(erasures);
      return { erasures: rows.map((row) => asErasure(row, readmitted, context.language)), total: counted!.total };
    });
  },
});

export const readmitErased = operation({
  summary: 'Let somebody who was erased come again, such as after a new consent; what was erased stays erased',
  method: 'POST',
  path: '/erasures/readmit',
  who: owners,
  input: z.object({
    key: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .describe('What the person was known by: an address, an id in the product, in a source or of a browser'),
    confirm: z.string().trim().max(200).describe('The same key again'),
  }),
  output: z.object({ erasures: z.array(erasure).describe('Those that no longer refuse the person') }),
  run: async (context, { key, confirm }) => {
    if (confirm !== key)
      throw new Failure('invalid', {
        en: 'The confirmation is not the key of the person. Nothing was changed. Send the key once more as confirm.',
        zh: '确认内容与此人的邮箱或编号不符。没有作任何改动。请再次填写以确认。',
      });
    const found = await context.events.ask<{ erasure: string }>(erasuresOf(key));
    if (found.length === 0)
      throw new Failure('not_found', {
        en: 'Nobody who was erased is refused under this key. Look for another key of theirs, or they are readmitted already.',
        zh: '没有被抹除的人使用此邮箱或编号。请查找其曾用的其他邮箱或编号，或者对方已重新接纳。',
      });
    const rows = await context.read((transaction) => Promise.all(found.map(({ erasure: id }) => findErasure(transaction, id))));
    if (rows.some(({ state }) => state !== 'done'))
      throw new Failure('conflict', {
        en: 'The person is still being erased. Wait until the erasure is done, then readmit them.',
        zh: '此人仍在抹除中。请等抹除完成后再重新接纳。',
      });
    const at = context.now().toISOString();
    for (const row of rows) {
      await noteReadmission(context, row);
      await appendTombstones(context.application.config.LANDFALL_DATA, [
        { workspace: context.workspace.id, erasure: row.id, readmittedAt: at },
      ]);
      await context.events.command(storeReadmission(row.id, at));
    }
    const readmitted = await readmittedIn(context);
    return { erasures: rows.map((row) => asErasure(row, readmitted, context.language)) };
  },
});
