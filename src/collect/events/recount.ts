import type { Application } from '../../platform/context.ts';
import { everyRow } from '../../platform/events/sources.ts';
import { noteZoneCounted, readZonesToCount } from '../../workspace/workspaces/queries.ts';
import { contextOf, whileSettling } from './settle.ts';

/** Puts the events of each workspace on the days of its time zone, where that was changed; their sums by day follow with them. */
export const recountDays = async (application: Application): Promise<void> => {
  for (const { id, timeZone } of await readZonesToCount(application.records)) {
    await whileSettling(application, async () => {
      const { events } = await contextOf(application, id);
      // toDate wants a constant zone: the name is one of the list that the workspace was checked against.
      const zone = timeZone.replaceAll(/[^\w/+-]/g, '');
      const moved = `SELECT 1 AS moved FROM ${everyRow('event')} WHERE day != toDate(at, '${zone}') LIMIT 1`;
      if ((await events.ask({ sql: moved })).length === 0) return noteZoneCounted(application.records, id, timeZone);
      // The day is part of the order of the table: the workspace's events are written anew beside it, and take their place at once.
      for (const sql of [
        'DROP TABLE IF EXISTS replaced_days SYNC',
        'CREATE TABLE replaced_days AS event',
        `INSERT INTO replaced_days SELECT * REPLACE (toDate(at, '${zone}') AS day) FROM ${everyRow('event')}`,
        `ALTER TABLE event REPLACE PARTITION '${id}' FROM replaced_days`,
        'DROP TABLE IF EXISTS replaced_days SYNC',
      ])
        await events.command({ sql });
      await noteZoneCounted(application.records, id, timeZone);
    });
  }
};
