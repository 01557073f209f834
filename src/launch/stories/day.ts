import { addDays } from '../../platform/days.ts';
import { freeSlug } from '../announcements/queries.ts';
import { announcements } from '../announcements/tables.ts';
import type { Launch } from '../launches/schema.ts';
import { retrospectives } from '../retrospectives/tables.ts';
import { runSteps } from '../run-steps/tables.ts';
import { type Beat, momentIn, playerOf, type Scene } from './scene.ts';
import type { LaunchStory } from './schema.ts';

const announce = async (scene: Scene, launch: Launch, { announcement }: LaunchStory, at: Date): Promise<void> => {
  const { draftedBy, by, on, ...fields } = announcement;
  const createdAt = momentIn(scene, addDays(on, -6), '15:10');
  await scene.transaction.insert(announcements).values({
    ...fields,
    workspaceId: scene.context.workspace.id,
    launchId: launch.id,
    slug: await freeSlug(scene.transaction, fields.title),
    category: 'new',
    locale: 'en',
    state: 'published',
    publishAt: at,
    publishedBy: playerOf(scene, by).name,
    version: 2,
    createdBy: playerOf(scene, draftedBy).name,
    createdAt,
    updatedAt: at,
  });
};

const writeSheet = async (scene: Scene, launch: Launch, { day, plannedOn }: LaunchStory): Promise<void> => {
  const rows = day.map(({ offset = 0, at, text, owner, url = null, note = '' }) => {
    const { id, name } = playerOf(scene, owner);
    // A few minutes after it was due: nobody ticks a box on the second.
    const checkedAt = new Date(momentIn(scene, addDays(launch.marketDate, offset), at).getTime() + 4 * 60_000);
    const of = { workspaceId: scene.context.workspace.id, launchId: launch.id, createdAt: momentIn(scene, plannedOn, '17:00') };
    const done = { state: 'done' as const, checkedBy: name, checkedAt, version: 2 };
    return { ...of, ...done, dayOffset: offset, atTime: at, text, ownerId: id, url, note };
  });
  await scene.transaction.insert(runSteps).values(rows);
};

const lookBack = async (scene: Scene, launch: Launch, told: NonNullable<LaunchStory['retrospective']>, at: Date): Promise<void> => {
  const { on: _, by, ...content } = told;
  const of = { workspaceId: scene.context.workspace.id, launchId: launch.id };
  await scene.transaction.insert(retrospectives).values({ ...of, content, version: 1, writtenBy: playerOf(scene, by).name, writtenAt: at });
};

/** The day itself, what was announced on it, and what was learnt from it. */
export const dayBeats = (scene: Scene, launch: Launch, story: LaunchStory): Beat[] => {
  const published = momentIn(scene, story.announcement.on, '09:00');
  const { retrospective } = story;
  const back = retrospective && momentIn(scene, retrospective.on, '15:30');
  return [
    { at: published, write: () => announce(scene, launch, story, published) },
    { at: momentIn(scene, launch.marketDate, '18:00'), write: () => writeSheet(scene, launch, story) },
    ...(retrospective && back ? [{ at: back, write: () => lookBack(scene, launch, retrospective, back) }] : []),
  ];
};
