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
  'journey',
  'identity',
  'link',
] as const;

/** Tables of a workspace whose rows belong to no import. */
export const ownTables = [
  'arrival',
  'unit',
  'who',
  'failed_event',
  'ingest',
  'failed_event_replayed',
  'erased',
  'readmitted',
  'erasing',
] as const;

export type TableName = (typeof tables)[number];
export type OwnTableName = (typeof ownTables)[number];

/**
 * The rows of one table that this workspace may see: its own, without imports that are not committed.
 * The store binds `workspace` and `hidden`; a query cannot widen them.
 */
export const rows = (table: TableName): string =>
  `(SELECT * FROM ${table} WHERE workspace = {workspace:UUID} AND import NOT IN {hidden:Array(UUID)})`;

/** The rows of one import, whatever its state: for the import itself (check, commit, undo). Needs the parameter `import`. */
export const rowsOfImport = (table: TableName | 'import_row' | 'arrival'): string =>
  `(SELECT * FROM ${table} WHERE workspace = {workspace:UUID} AND import = {import:UUID})`;

const merged: ReadonlySet<string> = new Set(['who', 'ingest', 'failed_event_replayed']);

/** The workspace's rows of a table without imports; the newest version of each where the table keeps versions. */
export const own = (table: OwnTableName): string =>
  `(SELECT * FROM ${table}${merged.has(table) ? ' FINAL' : ''} WHERE workspace = {workspace:UUID})`;

/** All rows of the workspace, also those of imports that nobody sees: for what has to reach everything. */
export const everyRow = (table: TableName | OwnTableName | 'import_row' | 'import_outcome'): string =>
  `(SELECT * FROM ${table} WHERE workspace = {workspace:UUID})`;

/** Which workspaces have rows in a table: for work at start that goes on behind each wall. */
export const workspacesWith = (table: TableName): string => `SELECT DISTINCT toString(workspace) AS workspace FROM ${table}`;
