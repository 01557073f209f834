import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { deliverables } from '../deliverables/tables.ts';
import type { Attachment } from './schema.ts';
import { attachmentPieces, attachments } from './tables.ts';

type Row = typeof attachments.$inferSelect;

export const asAttachment = ({ id, deliverableId, name, sizeBytes, sha256, addedBy, addedAt, begunAt }: Row): Attachment => ({
  id,
  deliverableId,
  name,
  sizeBytes,
  sha256,
  addedBy,
  addedAt: (addedAt ?? begunAt).toISOString(),
});

const isThere = and(isNotNull(attachments.addedAt), isNull(attachments.deletedAt));

/** The deliverable that files hang on, for those who may read it: sales reads what is approved. */
export const readHolder = async ({ actor }: Context, transaction: Transaction, id: string) => {
  const [row] = await transaction
    .select()
    .from(deliverables)
    .where(and(eq(deliverables.id, id), isNull(deliverables.deletedAt)));
  if (!row || (actor.role === 'sales' && row.status !== 'approved' && row.status !== 'shipped'))
    throw new Failure('not_found', {
      en: 'There is no such deliverable in this workspace. List those of the launch to see them.',
      zh: '此工作区中没有这项物料。请列出该发布的物料查看。',
    });
  return row;
};

/** The files of a deliverable, the oldest first. */
export const readAttachments = async (transaction: Transaction, deliverableId: string): Promise<Attachment[]> => {
  const rows = await transaction
    .select()
    .from(attachments)
    .where(and(eq(attachments.deliverableId, deliverableId), isThere))
    .orderBy(asc(attachments.addedAt), asc(attachments.id));
  return rows.map(asAttachment);
};

export const noSuchFile = () =>
  new Failure('not_found', {
    en: 'There is no such file in this workspace. List those of the deliverable to see them.',
    zh: '此工作区中没有这个文件。请列出该物料的文件查看。',
  });

/** One file, for those who may read what it hangs on. */
export const readAttachment = async (context: Context, transaction: Transaction, id: string): Promise<Attachment> => {
  const [row] = await transaction
    .select()
    .from(attachments)
    .where(and(eq(attachments.id, id), isThere));
  if (!row) throw noSuchFile();
  await readHolder(context, transaction, row.deliverableId);
  return asAttachment(row);
};

/** The bytes of a file, in their order. */
export const readBytes = async (transaction: Transaction, id: string): Promise<Buffer<ArrayBuffer>[]> => {
  const rows = await transaction
    .select({ bytes: attachmentPieces.bytes })
    .from(attachmentPieces)
    .where(eq(attachmentPieces.attachmentId, id))
    .orderBy(asc(attachmentPieces.position));
  return rows.map(({ bytes }) => bytes);
};
