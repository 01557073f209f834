import { rows } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';

/** The newest day that has events; its name index answers. Clocks ahead of ours do not count. */
export const newestDay = (today: string): Query => ({
  sql: `SELECT if(count() = 0, NULL, toString(max(newest))) AS day
    FROM (SELECT name, max(day) AS newest FROM ${rows('event')} WHERE day <= {today:Date} GROUP BY name)`,
  params: { today },
});
