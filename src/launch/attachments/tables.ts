import { customType, date, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const moment = (name: string) => timestamp(name, { withTimezone: true });
const bytea = customType<{ data: Buffer<ArrayBuffer> }>({ dataType: () => 'bytea' });

export const attachments = pgTable('attachment', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  deliverableId: uuid('deliverable_id').notNull(),
  name: text('name').notNull(),
  sizeBytes: integer('size_bytes').notNull().default(0),
  sha256: text('sha256').notNull().default(''),
  addedBy: text('added_by').notNull(),
  begunAt: moment('begun_at').notNull(),
  /** From when on its downloads are counted. */
  countedSince: moment('counted_since').notNull(),
  /** Null while its bytes arrive. */
  addedAt: moment('added_at'),
  deletedAt: moment('deleted_at'),
});

export const attachmentPieces = pgTable(
  'attachment_piece',
  {
    workspaceId: uuid('workspace_id').notNull(),
    attachmentId: uuid('attachment_id').notNull(),
    position: integer('position').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  ({ attachmentId, position }) => [primaryKey({ columns: [attachmentId, position] })],
);

/** Downloads of the files of a deliverable by those who did not add them. */
export const attachmentDownloads = pgTable(
  'attachment_download',
  {
    workspaceId: uuid('workspace_id').notNull(),
    deliverableId: uuid('deliverable_id').notNull(),
    memberId: uuid('member_id').notNull(),
    day: date('day').notNull(),
    times: integer('times').notNull(),
  },
  ({ deliverableId, memberId, day }) => [primaryKey({ columns: [deliverableId, memberId, day] })],
);
