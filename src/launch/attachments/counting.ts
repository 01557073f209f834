import { sql } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { dayIn } from '../../platform/days.ts';
import type { Transaction } from '../../platform/records/store.ts';
import type { Attachment } from './schema.ts';
import { attachmentDownloads } from './tables.ts';

/** Whoever added a file and looks whether it is the right one does not use it, and neither does a program with a key. */
export const countDownload = async (
  { actor, workspace, now }: Context,
  transaction: Transaction,
  { deliverableId, addedBy }: Attachment,
): Promise<void> => {
  if (actor.kind !== 'member' || actor.name === addedBy) return;
  await transaction
    .insert(attachmentDownloads)
    .values({ workspaceId: workspace.id, deliverableId, memberId: actor.id, day: dayIn(now(), workspace.timeZone), times: 1 })
    .onConflictDoUpdate({
      target: [attachmentDownloads.deliverableId, attachmentDownloads.memberId, attachmentDownloads.day],
      set: { times: sql`attachment_download.times + 1` },
    });
};
