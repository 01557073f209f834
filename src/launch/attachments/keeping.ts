import { createHash, randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { and, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { lockLaunch } from '../deliverables/queries.ts';
import { deliverables } from '../deliverables/tables.ts';
import { asAttachment, readAttachments, readHolder } from './queries.ts';
import { type Attachment, largestBytes, largestMegabytes, mostAttachments } from './schema.ts';
import { attachmentPieces, attachments } from './tables.ts';

const pieceBytes = 256 * 1024;
const hour = 3_600_000;
/** Whatever is still arriving after this was broken off. */
const longestArrival = 24 * hour;
const restorableFor = 30 * 24 * hour;

/** Pieces of one size, whatever sizes the network made of them. Never more than one is held. */
async function* inPieces(body: Readable): AsyncGenerator<Buffer<ArrayBuffer>> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + pieceBytes - size);
      held.push(part);
      size += part.length;
      at += part.length;
      if (size < pieceBytes) continue;
      yield Buffer.concat(held);
      held = [];
      size = 0;
    }
  }
  if (size > 0) yield Buffer.concat(held);
}

/** What was broken off a day ago, and what was removed 30 days ago, makes room. */
const sweep = (transaction: Transaction, now: Date) =>
  transaction
    .delete(attachments)
    .where(
      or(
        and(isNull(attachments.addedAt), lt(attachments.begunAt, new Date(now.getTime() - longestArrival))),
        and(isNotNull(attachments.deletedAt), lt(attachments.deletedAt, new Date(now.getTime() - restorableFor))),
      ),
    );

const requireRoom = async (transaction: Transaction, deliverableId: string): Promise<void> => {
  if ((await readAttachments(transaction, deliverableId)).length < mostAttachments) return;
  throw new Failure('too_many', {
    en: `A deliverable holds ${mostAttachments} files. Remove one that is no longer needed, or link to a folder.`,
    zh: `一项物料最多有 ${mostAttachments} 个文件。请移除不再需要的，或改为链接到文件夹。`,
  });
};

type Arrived = { sizeBytes: number; sha256: string };

const takeBytes = async (context: Context, id: string, body: Readable): Promise<Arrived> => {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let position = 0;
  for await (const bytes of inPieces(body)) {
    sizeBytes += bytes.length;
    if (sizeBytes > largestBytes)
      throw new Failure('too_large', {
        en: `A file may have ${largestMegabytes} MB; this one has more. Put it where it can be linked to, and add the link.`,
        zh: `文件不得超过 ${largestMegabytes} MB，此文件更大。请放到可链接的位置，再添加链接。`,
      });
    hash.update(bytes);
    // A transaction for each piece: the next one may be long in coming, and the twin has one connection.
    await context.read((transaction) =>
      transaction.insert(attachmentPieces).values({ workspaceId: context.workspace.id, attachmentId: id, position, bytes }),
    );
    position++;
  }
  if (sizeBytes === 0)
    throw new Failure('invalid', {
      en: 'The file is empty. Send the bytes of the file as the body of the request.',
      zh: '文件是空的。请把文件的字节作为请求正文发送。',
    });
  return { sizeBytes, sha256: hash.digest('hex') };
};

/** Files are part of what is signed, as links are: with other files, signatures fall, and what was approved is to be looked at again. */
export const changeContent = async (context: Context, transaction: Transaction, deliverableId: string): Promise<void> => {
  const { launchId } = await readHolder(context, transaction, deliverableId);
  await lockLaunch(transaction, launchId);
  await transaction
    .update(deliverables)
    .set({
      content: sql`${deliverables.content} + 1`,
      status: sql`CASE WHEN ${deliverables.status} = 'approved' AND cardinality(${deliverables.signers}) > 0 THEN 'in_review' ELSE ${deliverables.status} END`,
      updatedAt: context.now(),
    })
    .where(eq(deliverables.id, deliverableId));
};

/** Takes a file as it arrives. Until its last byte is kept nobody sees it, and what is refused leaves nothing. */
export const keepAttachment = async (context: Context, deliverableId: string, name: string, body: Readable): Promise<Attachment> => {
  const id = randomUUID();
  await context.read(async (transaction) => {
    await readHolder(context, transaction, deliverableId);
    await requireRoom(transaction, deliverableId);
    await sweep(transaction, context.now());
    const now = context.now();
    const { actor, workspace } = context;
    const begun = { id, workspaceId: workspace.id, deliverableId, name, addedBy: actor.name, begunAt: now, countedSince: now };
    await transaction.insert(attachments).values(begun);
  });
  try {
    const arrived = await takeBytes(context, id, body);
    return await context.write('attachment', async (transaction) => {
      await changeContent(context, transaction, deliverableId);
      await requireRoom(transaction, deliverableId);
      const [row] = await transaction
        .update(attachments)
        .set({ ...arrived, addedAt: context.now() })
        .where(eq(attachments.id, id))
        .returning();
      const result = asAttachment(row!);
      return { id, before: null, after: result, result };
    });
  } catch (error) {
    await context.read((transaction) => transaction.delete(attachments).where(eq(attachments.id, id))).catch(() => {}); // or the sweep takes it
    throw error;
  }
};
