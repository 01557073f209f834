import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { everyone, marketers } from '../../platform/roles.ts';
import { readLaunch } from '../launches/queries.ts';
import { stages } from '../launches/schema.ts';
import { changeGate, readGates, requireOpen } from './changing.ts';
import { usualGates } from './defaults.ts';
import { countAccounts } from './facts.ts';
import { asDecided } from './judging.ts';
import { insertGates } from './queries.ts';
import { gate, gatePlan, gates as gatesOfLaunch } from './schema.ts';
import { gates } from './tables.ts';

const named = z.object({ launch: z.string().min(1).max(120).describe('Key or id of the launch') });

export const listGates = operation({
  summary:
    'List the gates of a launch: every criterion as it stands now or stood when the gate was passed, the waivers, the decisions and what they left to do',
  method: 'GET',
  path: '/launches/{launch}/gates',
  who: everyone,
  input: named,
  output: gatesOfLaunch,
  run: async (context, { launch }) => {
    const accounts = await countAccounts(context, launch);
    const read = await context.read((transaction) => readGates(context, transaction, launch, accounts));
    return { ...read, gates: read.gates.map(asDecided) };
  },
});

export const createGates = operation({
  summary: 'Give a launch its gates: those that are named, or the usual ones of its tier; what is there stays',
  method: 'POST',
  path: '/launches/{launch}/gates',
  who: marketers,
  input: named.extend({ plans: z.array(gatePlan).min(1).max(8).optional() }),
  output: gatesOfLaunch,
  run: async (context, { launch: key, plans }) => {
    const accounts = await countAccounts(context, key);
    return context.write('gate', async (transaction) => {
      const { id, tier, stage } = await readLaunch(transaction, key);
      const before = await readGates(context, transaction, id, accounts);
      // Of the usual ones, those that a launch has left behind are not asked of it.
      const ahead = usualGates(tier).filter((plan) => stages.indexOf(plan.stage) >= stages.indexOf(stage));
      const after = await insertGates(transaction, { workspaceId: context.workspace.id, launchId: id, plans: plans ?? ahead });
      if (after.gates + after.criteria === 0)
        throw new Failure('conflict', {
          en: 'This launch has all gates of the stages ahead. Add a criterion to one of them, or change one.',
          zh: '此发布已有后续各阶段的全部关卡。请为其中一个添加条件，或修改它。',
        });
      return { id, before: before.gates, after, result: await readGates(context, transaction, id, accounts) };
    });
  },
});

export const updateGate = operation({
  summary: 'Change when a gate is due; names the version that was read',
  method: 'PATCH',
  path: '/gates/{gate}',
  who: marketers,
  input: z.object({
    gate: z.uuid(),
    version: z.int(),
    leadDays: gatePlan.shape.leadDays.optional(),
    fixedDay: z.iso.date().nullable().optional().describe('Due on this day, whatever becomes of the market date'),
  }),
  output: gate,
  run: (context, { gate: id, version, leadDays, fixedDay }) =>
    changeGate(context, id, async ({ transaction, gate: before }) => {
      requireOpen(before);
      if (before.version !== version)
        throw new Failure(
          'conflict',
          {
            en: 'Somebody changed this gate meanwhile. Load it again, then repeat your change.',
            zh: '此期间有人修改了这个关卡。请重新载入，再重复你的修改。',
          },
          { current: before },
        );
      const after = { ...(leadDays !== undefined && { leadDays }), ...(fixedDay !== undefined && { dueOn: fixedDay }) };
      if (Object.keys(after).length > 0) await transaction.update(gates).set(after).where(eq(gates.id, id));
      return { before: { leadDays: before.leadDays, dueOn: before.fixedDay }, after };
    }),
});
