import { Readable } from 'node:stream';
import { and, eq, gt } from 'drizzle-orm';
import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { editors, everyone } from '../../platform/roles.ts';
import { countDownload } from './counting.ts';
import { changeContent, keepAttachment } from './keeping.ts';
import { asAttachment, noSuchFile, readAttachment, readAttachments, readBytes, readHolder } from './queries.ts';
import { attachment, largestMegabytes, mostAttachments, plainName } from './schema.ts';
import { attachments } from './tables.ts';

const ofDeliverable = z.object({ deliverable: z.uuid() });
const named = z.object({ attachment: z.uuid() });
const days = 24 * 3_600_000;

export const listAttachments = operation({
  summary: 'List the files of a deliverable; sales sees those of what is approved or shipped',
  method: 'GET',
  path: '/deliverables/{deliverable}/attachments',
  who: everyone,
  input: ofDeliverable,
  output: z.object({ attachments: z.array(attachment) }),
  run: (context, { deliverable }) =>
    context.read(async (transaction) => {
      await readHolder(context, transaction, deliverable);
      return { attachments: await readAttachments(transaction, deliverable) };
    }),
});

export const getAttachment = operation({
  summary: 'Read what is known of a file: its name, size, checksum, who added it and when',
  method: 'GET',
  path: '/attachments/{attachment}',
  who: everyone,
  input: named,
  output: attachment,
  run: (context, input) => context.read((transaction) => readAttachment(context, transaction, input.attachment)),
});

export const uploadAttachment = operation({
  summary: `Attach a file of up to ${largestMegabytes} MB to a deliverable; as with its links, signatures fall when its files change`,
  method: 'POST',
  path: '/deliverables/{deliverable}/attachments',
  who: editors,
  stream: true,
  input: ofDeliverable.extend({
    fileName: z.string().min(1).max(255).describe(`What it is called; folders before it are left out. Up to ${mostAttachments} files`),
  }),
  output: attachment,
  run: async (context, { deliverable, fileName }) => {
    const name = plainName(fileName);
    if (name === '')
      throw new Failure('invalid', {
        en: 'fileName names no file. Give it as it should be shown, e.g. deck.pdf.',
        zh: 'fileName 未写明文件名。请按应显示的样子填写，例如 deck.pdf。',
      });
    return keepAttachment(context, deliverable, name, context.body ?? Readable.from([]));
  },
});

export const downloadAttachment = operation({
  summary: 'Download a file as it was attached; counted as a use of its deliverable where a member who did not add it does',
  method: 'GET',
  path: '/attachments/{attachment}/file',
  who: everyone,
  file: true,
  input: named,
  output: z.file(),
  run: (context, input) =>
    context.read(async (transaction) => {
      const one = await readAttachment(context, transaction, input.attachment);
      const { id, name } = one;
      await countDownload(context, transaction, one);
      // Never what it says that it is: a page of somebody else must not run as one of ours.
      return new File(await readBytes(transaction, id), name, { type: 'application/octet-stream' });
    }),
});

export const deleteAttachment = operation({
  summary: 'Remove a file from a deliverable; it can be restored for 30 days',
  method: 'DELETE',
  path: '/attachments/{attachment}',
  who: editors,
  input: named,
  output: z.object({ id: z.uuid() }),
  run: (context, { attachment: id }) =>
    context.write('attachment', async (transaction) => {
      const before = await readAttachment(context, transaction, id);
      await changeContent(context, transaction, before.deliverableId);
      await transaction.update(attachments).set({ deletedAt: context.now() }).where(eq(attachments.id, id));
      return { id, before, after: null, result: { id } };
    }),
});

export const restoreAttachment = operation({
  summary: 'Restore a file that was removed in the last 30 days',
  method: 'POST',
  path: '/attachments/{attachment}/restore',
  who: editors,
  input: named,
  output: attachment,
  run: (context, { attachment: id }) =>
    context.write('attachment', async (transaction) => {
      const since = new Date(context.now().getTime() - 30 * days);
      const [row] = await transaction
        .update(attachments)
        .set({ deletedAt: null })
        .where(and(eq(attachments.id, id), gt(attachments.deletedAt, since)))
        .returning();
      if (!row) throw noSuchFile();
      await changeContent(context, transaction, row.deliverableId);
      const result = asAttachment(row);
      return { id, before: null, after: result, result };
    }),
});
