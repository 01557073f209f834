import { eq } from 'drizzle-orm';
import { shareInterval } from '../../methods/numeric/share-interval.ts';
import { usualParts } from '../charters/schema.ts';
import { charterMembers, charters } from '../charters/tables.ts';
import { insertGoal, registerGoals } from '../goals/queries.ts';
import { type Baseline, goalFields } from '../goals/schema.ts';
import { goals } from '../goals/tables.ts';
import { readLaunch } from '../launches/queries.ts';
import type { Launch } from '../launches/schema.ts';
import { launches } from '../launches/tables.ts';
import { applyTemplate } from '../templates/applying.ts';
import { readTemplate } from '../templates/queries.ts';
import { tierApprovals } from '../tiers/tables.ts';
import { dayBeats } from './day.ts';
import { gateBeats } from './gates.ts';
import { itemBeats } from './items.ts';
import { saidBeats } from './said.ts';
import { type Beat, contextAt, momentIn, playerOf, type Scene } from './scene.ts';
import type { LaunchStory, Place } from './schema.ts';

/** Puts the cast into their functions. */
export const insertPlaces = async (scene: Scene, places: readonly Place[]): Promise<void> => {
  const workspaceId = scene.context.workspace.id;
  const rows = places.map(({ who, ...place }) => ({ ...place, workspaceId, memberId: playerOf(scene, who).id }));
  await scene.transaction.insert(charterMembers).values(rows);
  await scene.transaction.insert(charters).values({ workspaceId, parts: usualParts, version: 1 }).onConflictDoNothing();
};

/** The launch as it was on the day it was planned. */
const plan = async (scene: Scene, { key, plannedOn, stage, about, tier }: LaunchStory): Promise<Launch> => {
  const { productOwner, marketingOwner, ...fields } = about;
  const owners = { productOwnerId: playerOf(scene, productOwner).id, marketingOwnerId: playerOf(scene, marketingOwner).id };
  const createdAt = momentIn(scene, plannedOn, '09:30');
  const before = await readLaunch(scene.transaction, key);
  const set = { ...fields, ...owners, stage, tierScores: tier.scores, createdAt, updatedAt: createdAt };
  await scene.transaction.update(launches).set(set).where(eq(launches.id, before.id));
  return readLaunch(scene.transaction, before.id);
};

const approvalBeats = (scene: Scene, launch: Launch, { tier }: LaunchStory): Beat[] =>
  tier.approvals.map(({ on, by, function: wanted }) => {
    const [at, { id, name }] = [momentIn(scene, on, '10:30'), playerOf(scene, by)];
    const row = { workspaceId: scene.context.workspace.id, launchId: launch.id, function: wanted, tier: launch.tier };
    return { at, write: () => scene.transaction.insert(tierApprovals).values({ ...row, memberId: id, memberName: name, at }) };
  });

const templateBeat = (scene: Scene, launch: Launch, { template: { key, on, by } }: LaunchStory): Beat => {
  const at = momentIn(scene, on, '11:00');
  const write = async () => {
    const { transaction } = scene;
    const { version: templateVersion } = await readTemplate(transaction, key, 'en');
    const { version } = await readLaunch(transaction, launch.id);
    const asked = { launch: launch.id, template: key, templateVersion, version, items: null, locale: 'en' as const };
    await applyTemplate(contextAt(scene, by, at), transaction, asked);
  };
  return { at, write };
};

const baselineOf = ({ count, of, day }: LaunchStory['goal']['before'], at: Date): Baseline => {
  const found = shareInterval(count, of);
  if ('refused' in found) throw new Error(`a goal cannot start from ${count} of ${of}`);
  const { share, low, high } = found;
  return { count, of, share, low, high, from: day, to: day, measuredAt: at.toISOString() };
};

/** A goal that is measured by asking people: where it started from, registered, and what was answered in the end. */
const goalBeat = (scene: Scene, launch: Launch, { goal, about }: LaunchStory): Beat => {
  const at = momentIn(scene, goal.registeredOn, '15:20');
  const { question, source, registeredOn: _, before, after, ...given } = goal;
  const { name: by } = playerOf(scene, about.marketingOwner);
  const write = async () => {
    const of = { workspaceId: scene.context.workspace.id, launchId: launch.id };
    const fields = goalFields.parse({ ...given, metric: { kind: 'outside', question, source } });
    const id = await insertGoal(scene.transaction, of, { ...fields, at });
    const entered = (told: { count: number; of: number; day: string }) => ({
      ...told,
      by,
      at: momentIn(scene, told.day, '16:30').toISOString(),
    });
    const outside = { before: entered(before), after: after && entered(after) };
    await scene.transaction
      .update(goals)
      .set({ baseline: baselineOf(before, at), outside })
      .where(eq(goals.id, id));
    await registerGoals(scene.transaction, { ...of, by, at });
  };
  return { at, write };
};

/** Writes down what became of a launch that is there already, in the order in which it happened. */
export const insertStory = async (scene: Scene, story: LaunchStory): Promise<void> => {
  const launch = await plan(scene, story);
  const beats = [
    ...approvalBeats(scene, launch, story),
    templateBeat(scene, launch, story),
    goalBeat(scene, launch, story),
    ...saidBeats(scene, launch, story),
    ...itemBeats(scene, launch, story),
    ...gateBeats(scene, launch, story),
    ...dayBeats(scene, launch, story),
  ];
  for (const { write } of beats.toSorted((one, other) => one.at.getTime() - other.at.getTime())) await write();
};
