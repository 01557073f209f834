import { and, eq, isNull } from 'drizzle-orm';
import type { Launch } from '../launches/schema.ts';
import { positionings, statements } from '../positionings/tables.ts';
import { type Beat, momentIn, playerOf, type Scene } from './scene.ts';
import type { LaunchStory } from './schema.ts';

/** What the launch said of itself, what testers said of that, and when somebody took it in. */
export const saidBeats = (scene: Scene, launch: Launch, story: LaunchStory): Beat[] => {
  const { transaction } = scene;
  const of = { workspaceId: scene.context.workspace.id, launchId: launch.id };
  const saved = story.positionings.map(({ on, by, stage, note, content }, index): Beat => {
    const at = momentIn(scene, on, '10:00');
    const row = { ...of, version: index + 1, stage, note, content, createdBy: playerOf(scene, by).name, createdAt: at };
    return { at, write: () => transaction.insert(positionings).values(row) };
  });
  const heard = story.said.map(({ on, by, ...said }): Beat => {
    const at = momentIn(scene, on, '11:00');
    return {
      at,
      write: () => transaction.insert(statements).values({ ...of, ...said, day: on, addedBy: playerOf(scene, by).name, addedAt: at }),
    };
  });
  const reviewed = story.reviewed.map(({ on, by, stage }): Beat => {
    const at = momentIn(scene, on, '12:00');
    const unread = and(eq(statements.launchId, launch.id), eq(statements.stage, stage), isNull(statements.reviewedAt));
    const set = { reviewedBy: playerOf(scene, by).name, reviewedAt: at };
    return { at, write: () => transaction.update(statements).set(set).where(unread) };
  });
  return [...saved, ...heard, ...reviewed];
};
