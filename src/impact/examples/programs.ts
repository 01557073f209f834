import { plannedPrograms } from '../../../examples/weftwork/work/programs.ts';
import { currency } from '../../../examples/weftwork/rows.ts';
import { launches } from '../../launch/launches/tables.ts';
import { programs } from '../../launch/programs/tables.ts';
import type { Player, Who } from '../../launch/stories/schema.ts';
import type { Context } from '../../platform/context.ts';
import type { Transaction } from '../../platform/records/store.ts';

type Scene = { context: Pick<Context, 'workspace' | 'application'>; transaction: Transaction; cast: ReadonlyMap<Who, Player> };

/** The programs of the example company, each a part of what stands before it. */
export const insertPrograms = async ({ context, transaction, cast }: Scene): Promise<void> => {
  const found = await transaction.select({ id: launches.id, key: launches.key }).from(launches);
  const launchIds = new Map(found.map(({ key, id }) => [key, id]));
  const ids = new Map<string, string>();
  const now = context.application.now();
  for (const { parent, launch, owner, ...planned } of plannedPrograms) {
    const [row] = await transaction
      .insert(programs)
      .values({
        ...planned,
        workspaceId: context.workspace.id,
        status: 'done',
        currency,
        parentId: parent && ids.get(parent),
        launchId: launch && launchIds.get(launch),
        segments: [],
        ownerId: cast.get(owner)?.id,
        createdBy: cast.get(owner)?.name ?? '',
        createdAt: now,
        updatedAt: now,
      })
      .returning({ id: programs.id });
    ids.set(planned.key, row!.id);
  }
};
