import type { Actor, Context } from '../../platform/context.ts';
import type { Transaction } from '../../platform/records/store.ts';
import type { Place, Player, Who } from './schema.ts';
import { momentOf } from '../run-steps/moment.ts';

/** Where a story is written down: everything in one transaction, of a workspace that nobody has seen yet. */
export type Scene = {
  context: Omit<Context, 'actor' | 'now' | 'read' | 'write' | 'writeAs'>;
  transaction: Transaction;
  cast: ReadonlyMap<Who, Player>;
  places: readonly Place[];
  /** How many accounts each segment had on a day. */
  accountsOn: (day: string) => Map<string, number>;
};

export const playerOf = ({ cast }: Scene, who: Who): Player => {
  const found = cast.get(who);
  if (!found) throw new Error(`the story names ${who}, who is not in its cast`);
  return found;
};

/** Who signs for a function. */
export const signerOf = (scene: Scene, wanted: Place['function']): Player => {
  const place = scene.places.find(({ function: own, approves }) => own === wanted && approves);
  return playerOf(scene, place?.who ?? 'owner');
};

export const momentIn = ({ context: { workspace } }: Scene, day: string, time: string): Date => momentOf(day, time, workspace.timeZone);

/** A call by one of the cast at a moment that has passed. */
export const contextAt = (scene: Scene, who: Who, at: Date): Context => {
  const { transaction } = scene;
  const actor: Actor = { kind: 'member', ...playerOf(scene, who), mayWrite: true };
  return {
    ...scene.context,
    actor,
    now: () => at,
    read: (run) => run(transaction),
    // All of it is one write, with the one audit row of whoever opens the story.
    write: async (_, run) => (await run(transaction)).result,
    writeAs: async (_, __, run) => (await run(transaction)).result,
  };
};

/** Something that happened: at what moment, and how it is written down. */
export type Beat = { at: Date; write: () => Promise<unknown> };
