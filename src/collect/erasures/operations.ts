import { count } from 'drizzle-orm';
import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { owners } from '../../platform/roles.ts';
import { getObject } from '../objects/queries.ts';
import { asErasure, begin, findErasure, listRows } from './records.ts';
import { eraseInBackground, resumeErasures } from './running.ts';
import { erasure } from './schema.ts';
import { erasures } from './tables.ts';

const patience = z.coerce.number().min(0).max(60).default(20).describe('How long to wait for the end; the work goes on anyway');

const within = async (work: Promise<void>, seconds: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, seconds * 1000)));
  await Promise.race([work, enough]);
  clearTimeout(timer);
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
      throw new Failure('invalid', 'The confirmation is not the id of the person. Nothing was erased. Send the id once more as confirm.');
    const known = await context.events.ask(getObject('person', person));
    if (known.length === 0)
      throw new Failure('not_found', 'There is no such person in this workspace. They may have been erased already: list the erasures.');
    const row = await begin(context, person);
    await within(eraseInBackground(context, row), waitSeconds);
    return asErasure(await context.read((transaction) => findErasure(transaction, row.id)));
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
    return asErasure(await context.read((transaction) => findErasure(transaction, input.erasure)));
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
    return context.read(async (transaction) => {
      const rows = await listRows(transaction, limit, offset);
      const [counted] = await transaction.select({ total: count() }).from(erasures);
      return { erasures: rows.map(asErasure), total: counted!.total };
    });
  },
});
