import type { Application } from '../../platform/context.ts';
import { noteZoneCounted, readZonesToCount } from '../../workspace/workspaces/queries.ts';
import { contextOf, whileSettling } from './settle.ts';

/** Puts the events of each workspace on the days of its time zone, where that was changed; their sums by day follow with them. */
export const recountDays = async (application: Application): Promise<void> => {
  for (const { id, timeZone } of await readZonesToCount(application.records)) {
    await whileSettling(application, async () => {
      const { events } = await contextOf(application, id);
      // toDate wants a constant zone, and a mutation keeps no parameters: the name is one of the list that the workspace was checked against.
      const zone = timeZone.replaceAll(/[^\w/+-]/g, '');
      const day = `toDate(at, '${zone}')`;
      await events.command({
        sql: `ALTER TABLE event UPDATE day = ${day} IN PARTITION '${id}' WHERE workspace = '${id}' AND day != ${day} SETTINGS mutations_sync = 1`,
      });
      await noteZoneCounted(application.records, id, timeZone);
    });
  }
};
