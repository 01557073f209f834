import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { readUsed } from '../../launch/features/queries.ts';
import { readGoal } from '../../launch/goals/queries.ts';
import { goal, type Goal } from '../../launch/goals/schema.ts';
import { goals } from '../../launch/goals/tables.ts';
import { readLaunch } from '../../launch/launches/queries.ts';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { editors, everyone } from '../../platform/roles.ts';
import { lastDayOf } from '../questions/asking.ts';
import { answerableBy } from './answerable.ts';
import { type Asking, measureBefore } from './measure.ts';
import { type BaselineAsked, baselineAsked, type MeasuredBaseline, measuredBaseline } from './schema.ts';

/** The launch, the feature and what was entered, as a metric names them. */
const readAsked = (context: Context, { launch: key, metric, goal: id }: BaselineAsked) =>
  context.read(async (transaction) => {
    const launch = await readLaunch(transaction, key);
    const featureId = metric.kind === 'adoption' ? (metric.featureId ?? launch.feature?.id ?? null) : null;
    const version = metric.kind === 'adoption' ? metric.featureVersion : null;
    const feature = featureId ? await readUsed(transaction, featureId, version) : null;
    const entered = id ? (await readGoal(transaction, id, context.workspace.timeZone)).outside.before : null;
    return { launch, feature, entered };
  });

const measure = async (context: Context, asked: BaselineAsked): Promise<MeasuredBaseline> => {
  const { metric, target, smallestChange, horizonDays, minimumSample, comparison } = asked;
  const { launch, feature, entered } = await readAsked(context, asked);
  const { marketDate, eligibility } = launch;
  const said = { purpose: 'usage' as const, name: '', parent: null, rule: '', baseline: null, smallestChange, comparison };
  const text: Asking['text'] = { ...said, metric, target: target ?? 1, horizonDays, minimumSample, launch: { marketDate, eligibility } };
  const lastDay = await lastDayOf(context);
  const { events, workspace } = context;
  const known = await measureBefore({ events, launch, text, feature, entered, lastDay, timeZone: workspace.timeZone, now: context.now() });
  return answerableBy(known, asked);
};

export const measureBaseline = operation({
  summary: 'Measure where a goal would start from, and say what change the accounts at hand could show',
  method: 'POST',
  path: '/launches/{launch}/baselines',
  reads: true,
  who: everyone,
  input: baselineAsked,
  output: measuredBaseline,
  run: measure,
});

const askedBy = ({ metric, target, smallestChange, horizonDays, minimumSample, comparison, launchId, id }: Goal): BaselineAsked => {
  if (!metric)
    throw new Failure('invalid', {
      en: 'This goal has no metric, so there is nothing to measure. Give it one first.',
      zh: '此目标没有指标，无从测量。请先为它设定指标。',
    });
  return { launch: launchId, goal: id, metric, target, smallestChange, horizonDays, minimumSample, comparison };
};

export const takeBaseline = operation({
  summary: 'Measure the baseline of a draft goal from data and write it into the goal',
  method: 'POST',
  path: '/goals/{goal}/baseline',
  who: editors,
  input: z.object({
    goal: z.uuid(),
    version: z.int().optional().describe('The version of the goal that was read; as it is now if not given'),
  }),
  output: z.object({ goal, measured: measuredBaseline }),
  run: async (context, { goal: id, version }) => {
    const { timeZone } = context.workspace;
    const before = await context.read((transaction) => readGoal(transaction, id, timeZone));
    if (before.registered)
      throw new Failure(
        'conflict',
        {
          en: 'This goal is registered with its baseline. Only a draft takes a new one.',
          zh: '此目标已连同基线登记。只有草稿可以更换基线。',
        },
        { current: before },
      );
    const measured = await measure(context, askedBy(before));
    return context.write('goal', async (transaction) => {
      const written = await transaction
        .update(goals)
        .set({ baseline: measured.baseline, updatedAt: context.now(), version: sql`${goals.version} + 1` })
        .where(
          and(
            eq(goals.id, id),
            eq(goals.version, version ?? before.version),
            sql`${goals.registeredAt} IS NULL AND ${goals.deletedAt} IS NULL`,
          ),
        )
        .returning({ id: goals.id });
      const after = await readGoal(transaction, id, timeZone);
      if (written.length === 0)
        throw new Failure(
          'conflict',
          {
            en: 'Somebody changed this goal meanwhile. Load it again, then repeat your change.',
            zh: '其间有人修改了此目标。请重新载入后再修改。',
          },
          { current: after },
        );
      return { id, before, after, result: { goal: after, measured } };
    });
  },
});
