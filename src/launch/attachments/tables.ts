import { customType, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

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
