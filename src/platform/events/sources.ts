/** The tables that hold a workspace's rows. Only the texts made here may stand after FROM or JOIN. */
export const tables = [
  'account',
  'person',
  'opportunity',
  'stage_change',
  'revenue',
  'touch',
  'event',
  'product',
  'measurement',
  'identity',
] as const;

export type TableName = (typeof tables)[number];

/**
 * The rows of one table that this workspace may see: its own, without imports that are not committed.
 * The store binds `workspace` and `hidden`; a query cannot widen them.
 */
export const rows = (table: TableName): string =>
  `(SELECT * FROM ${table} WHERE workspace = {workspace:UUID} AND import NOT IN {hidden:Array(UUID)})`;

/** The rows of one import, whatever its state: for the import itself (check, commit, undo). Needs the parameter `import`. */
export const rowsOfImport = (table: TableName | 'import_row'): string =>
  `(SELECT * FROM ${table} WHERE workspace = {workspace:UUID} AND import = {import:UUID})`;
