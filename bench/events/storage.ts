import type { Store } from './store.ts';

export type Bytes = { what: string; bytes: number };

const sum = async ({ ask }: Store, sql: string): Promise<Bytes[]> =>
  (await ask(sql)).rows.map(({ what, bytes }) => ({ what: String(what), bytes: Number(bytes) }));

/** Where the bytes of the event table are, by column and projection, and those of what belongs to it. */
export const oursOnDisk = async (store: Store): Promise<Bytes[]> => {
  const columns = await sum(
    store,
    `SELECT column AS what, sum(column_data_compressed_bytes + column_marks_bytes) AS bytes FROM system.parts_columns WHERE active AND table = 'event' GROUP BY what HAVING bytes > 0 ORDER BY bytes DESC`,
  );
  const projections = await sum(
    store,
    `SELECT concat('projection ', name) AS what, sum(bytes_on_disk) AS bytes FROM system.projection_parts WHERE active AND table = 'event' GROUP BY what ORDER BY bytes DESC`,
  );
  const [all] = await sum(store, `SELECT '' AS what, sum(bytes_on_disk) AS bytes FROM system.parts WHERE active AND table = 'event'`);
  const others = await sum(
    store,
    `SELECT concat('table ', table) AS what, sum(bytes_on_disk) AS bytes FROM system.parts WHERE active AND database = currentDatabase()
      AND table IN ('unit', 'who', 'link', 'person', 'account', 'identity', 'ingest') GROUP BY what ORDER BY bytes DESC`,
  );
  // Columns of small parts lie in one file, which only the whole part tells the size of.
  const rest = all!.bytes - [...columns, ...projections].reduce((total, { bytes }) => total + bytes, 0);
  return [...columns, { what: 'columns of small parts, indexes', bytes: rest }, ...projections, ...others];
};

/** Bytes for each of the tables of the peers, put together by the first letters of their names. */
export const peersOnDisk = (store: Store): Promise<Bytes[]> =>
  sum(
    store,
    `SELECT splitByChar('_', table)[1] AS what, sum(bytes_on_disk) AS bytes FROM system.parts WHERE active AND database = currentDatabase() AND match(table, '^(ph|op|pl|ry|um)_') GROUP BY what`,
  );
