import { folded } from '../landing-reports/folded.ts';
import type { Values } from '../questions/filters.ts';
import { type Frame, grouped } from './groups.ts';
import type { PipelineAsked } from './schema.ts';

/**
 * One row per deal and stage: the whole days that it stood there, and how that ended: `moved` on to another stage or won, `lost`, or
 * still `waiting`. `touched` is the first day of the stay before which the deal had been touched (0: before it came there), -1 without.
 * Only touches after the deal was created count here, as what brought it in cannot have hurried it.
 * `counted` are the touches that do, in the order of time. A deal without any dated change of stage is left out; before its first known stage it stands in ''.
 */
export const spells = (asked: PipelineAsked, frame: Frame, values: Values, counted = 'd.during'): string => {
  const now = `fromUnixTimestamp64Milli(${values.bind(frame.now.getTime(), 'Int64')}, 'UTC')`;
  const history = `(SELECT opportunity_id AS deal, arrayCompact(x -> (x.2, x.3), arraySort(groupArray((assumeNotNull(at), trimBoth(ifNull(stage, '')), ifNull(state, ''))))) AS changes
    FROM ${folded('stage_change', ['opportunity_id', 'stage', 'state', 'at'])} WHERE at <= ${now} AND opportunity_id IS NOT NULL GROUP BY deal)`;
  const days = (from: string, to: string) => `toInt32(floor(dateDiff('second', ${from}, ${to}) / 86400))`;
  const begun = `if(ifNull(d.created_at < h.changes[1].1, 0), arrayConcat([(assumeNotNull(d.created_at), '', 'open')], h.changes), h.changes)`;
  return `(SELECT id, stage, ${days('entered', 'left_at')} AS day, end,
      if(touched_at IS NULL OR touched_at > left_at, -1, if(touched_at <= entered, 0, ${days('entered', 'assumeNotNull(touched_at)')} + 1)) AS touched
    FROM (SELECT id, touched_at, steps[k].1 AS entered, steps[k].2 AS stage, if(k < length(steps), steps[k + 1].1, greatest(entered, followed_to)) AS left_at,
        multiIf(k = length(steps), 'waiting', steps[k + 1].3 = 'lost', 'lost', 'moved') AS end
      FROM (SELECT d.id AS id, ${counted} AS counted, if(empty(counted), NULL, counted[1].1) AS touched_at, assumeNotNull(least(ifNull(d.followed_to, h.changes[-1].1), ${now})) AS followed_to, ${begun} AS steps, arrayJoin(range(1, length(steps) + 1)) AS k
        FROM ${grouped(asked, frame, values)} AS d INNER JOIN ${history} AS h ON h.deal = d.id WHERE d.is_created OR d.is_counted)
      WHERE steps[k].3 NOT IN ('won', 'lost')))`;
};

/** How many of them there are of each kind; and, in one more row at the end (`whole`), how many deals moved on after a touch. */
export const countedSpells = (source: string): string =>
  `SELECT toUInt8(grouping(stage)) AS whole, stage, day, touched, end, toUInt32(if(whole, uniqExactIf(id, touched >= 0 AND end = 'moved'), count())) AS deals
    FROM ${source} GROUP BY GROUPING SETS ((stage, day, touched, end), ()) ORDER BY whole, stage, day, touched, end`;
