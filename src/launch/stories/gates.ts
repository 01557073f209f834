import { and, eq, inArray, sql } from 'drizzle-orm';
import { readGates } from '../gates/changing.ts';
import { decide } from '../gates/decisions/deciding.ts';
import { decidedCriterion, type GateStage } from '../gates/schema.ts';
import { criteria, followUps, gates, waivers } from '../gates/tables.ts';
import type { Launch } from '../launches/schema.ts';
import { type Beat, contextAt, momentIn, playerOf, type Scene } from './scene.ts';
import type { LaunchStory, Who } from './schema.ts';

type Moment = { by: Who; on: string; at: Date };

/** The gate as it stood at that moment, for whoever looked. */
const look = async (scene: Scene, launch: Launch, stage: GateStage, { by, on, at }: Moment) => {
  const context = contextAt(scene, by, at);
  const { gates: all, facts, people } = await readGates(context, scene.transaction, launch.id, scene.accountsOn(on));
  const gate = all.find((each) => each.stage === stage);
  if (!gate) throw new Error(`the story of ${launch.key} names the gate of ${stage}, which it does not have`);
  return { context, locked: { transaction: scene.transaction, gate, all, facts, people } };
};

const touch = ({ transaction }: Scene, id: string) =>
  transaction
    .update(gates)
    .set({ version: sql`${gates.version} + 1` })
    .where(eq(gates.id, id));

type Written<Kind extends 'criteria' | 'waivers' | 'decisions'> = LaunchStory[Kind][number] & { at: Date };

const setState = async (scene: Scene, launch: Launch, { gate: stage, kind, by, at, ...told }: Written<'criteria'>) => {
  const { state, counted, countedOf, evidence } = told;
  const [gate] = await scene.transaction
    .select({ id: gates.id })
    .from(gates)
    .where(and(eq(gates.launchId, launch.id), eq(gates.stage, stage)));
  await scene.transaction
    .update(criteria)
    .set({ state, counted, countedOf, evidence, setBy: playerOf(scene, by).name, setAt: at, version: sql`${criteria.version} + 1` })
    .where(and(eq(criteria.gateId, gate!.id), eq(criteria.kind, kind)));
  await touch(scene, gate!.id);
};

const waive = async (scene: Scene, launch: Launch, { gate: stage, kind, reason, ...moment }: Written<'waivers'>) => {
  const { locked } = await look(scene, launch, stage, moment);
  const found = locked.gate.criteria.find((each) => each.kind === kind)!;
  const { name, role } = playerOf(scene, moment.by);
  await scene.transaction.insert(waivers).values({
    workspaceId: scene.context.workspace.id,
    gateId: locked.gate.id,
    criterionId: found.id,
    reason,
    criterion: decidedCriterion.parse(found),
    waivedBy: name,
    waivedByRole: role,
    waivedAt: moment.at,
  });
  await touch(scene, locked.gate.id);
};

const decideAt = async (
  scene: Scene,
  launch: Launch,
  { gate: stage, outcome, note, followUps: left = [], ...moment }: Written<'decisions'>,
) => {
  const { context, locked } = await look(scene, launch, stage, moment);
  const asked = left.map(({ text, owner, dueOn }) => ({ text, ownerId: playerOf(scene, owner).id, dueOn }));
  await decide(context, locked, { version: locked.gate.version, outcome, note, followUps: asked });
  await touch(scene, locked.gate.id);
};

const finish = async (scene: Scene, launch: Launch, text: string, done: { doneBy: string; doneAt: Date }) => {
  const own = scene.transaction.select({ id: gates.id }).from(gates).where(eq(gates.launchId, launch.id));
  await scene.transaction
    .update(followUps)
    .set({ ...done, version: sql`${followUps.version} + 1` })
    .where(and(inArray(followUps.gateId, own), eq(followUps.text, text)));
};

/** What was said of the criteria, what was let be, what was decided, and what that left to do. */
export const gateBeats = (scene: Scene, launch: Launch, story: LaunchStory): Beat[] => {
  const timed = <Told extends { on: string }>(told: Told, time: string) => ({ ...told, at: momentIn(scene, told.on, time) });
  const left = story.decisions.flatMap(({ followUps: asked = [] }) => asked);
  return [
    ...story.criteria.map((told) => timed(told, '14:00')).map((told) => ({ at: told.at, write: () => setState(scene, launch, told) })),
    ...story.waivers.map((told) => timed(told, '15:00')).map((told) => ({ at: told.at, write: () => waive(scene, launch, told) })),
    ...story.decisions.map((told) => timed(told, '16:00')).map((told) => ({ at: told.at, write: () => decideAt(scene, launch, told) })),
    ...left.map(({ text, owner, doneOn }) => {
      const at = momentIn(scene, doneOn, '17:00');
      return { at, write: () => finish(scene, launch, text, { doneBy: playerOf(scene, owner).name, doneAt: at }) };
    }),
  ];
};
