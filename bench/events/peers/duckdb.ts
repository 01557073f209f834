import { DuckDBInstance } from '@duckdb/node-api';
import { afterWeeks, brokenDownName, countedName, firstWeek, funnels, lastFourWeeks, lastMonth, quarter, touchDays } from '../questions.ts';
import type { Row } from '../store.ts';
import { conversion, launchedAt, measuredFeature, systemNames, touched } from '../world.ts';

const mine = 'ws = 1';
const doing = `${mine} AND name NOT IN ${systemNames}`;
const launch = `TIMESTAMP '${launchedAt}'`;

/** The latest start of a chain never moves back, so the latest step before is enough: one ASOF join a step. */
const funnel = (steps: readonly string[], only = 'true'): string => {
  const slice = (step: string) => `SELECT p, moment FROM events WHERE ${mine} AND name = '${step}' AND ${only}`;
  const parts = steps.map((step, index) =>
    index === 0
      ? `s1 AS MATERIALIZED (SELECT p, moment, moment AS start FROM (${slice(step)}))`
      : `s${index + 1} AS MATERIALIZED (SELECT e.p, e.moment, b.start FROM (${slice(step)}) e ASOF JOIN s${index} b ON e.p = b.p AND e.moment > b.moment WHERE e.moment - b.start <= INTERVAL 7 DAY)`,
  );
  return `WITH ${parts.join(', ')} SELECT * FROM (${steps.map((_, index) => `SELECT ${index + 1} AS step, count(DISTINCT p) AS people FROM s${index + 1}`).join(' UNION ALL ')}) ORDER BY step`;
};

const weeks = `weeks AS MATERIALIZED (SELECT DISTINCT p, date_trunc('week', day)::DATE AS week FROM events WHERE ${doing} AND day >= ${firstWeek} AND day < ${afterWeeks})`;
const cohorts = (first: string) =>
  `WITH ${weeks} SELECT f.week::VARCHAR AS cohort, (w.week - f.week) // 7 AS after, count(*) AS people FROM ${first} f JOIN weeks w ON w.p = f.p WHERE w.week >= f.week AND f.week >= ${firstWeek} GROUP BY ALL ORDER BY ALL`;
const used = (unit: string) =>
  `(SELECT ${unit}, min(moment) AS used FROM events WHERE ${mine} AND name = '${measuredFeature}' AND moment >= ${launch} GROUP BY ${unit})`;
const marks = (
  unit: string,
) => `SELECT count(*) AS eligible, ${[30, 60, 90].map((days) => `count(*) FILTER (used < ${launch} + INTERVAL ${days} DAY) AS by${days}`).join(', ')}
  FROM (SELECT ${unit} FROM events WHERE ${mine} GROUP BY ${unit} HAVING min(moment) < ${launch}) e LEFT JOIN ${used(unit)} u USING (${unit})`;

export const duckdbQueries: Readonly<Record<string, string>> = {
  people_a_day: `SELECT day::VARCHAR AS day, count(DISTINCT p) AS people FROM events WHERE ${doing} GROUP BY day ORDER BY day`,
  people_of_event: `SELECT count(DISTINCT p) AS people FROM events WHERE ${mine} AND name = '${countedName}' AND day >= ${lastMonth}`,
  funnel_3: funnel(funnels.three),
  funnel_5: funnel(funnels.five),
  funnel_heavy: funnel(funnels.heavy),
  funnel_quarter: funnel(funnels.three, `day >= ${quarter}`),
  retention_recurring: cohorts('weeks'),
  retention_window: cohorts('(SELECT p, min(week) AS week FROM weeks GROUP BY p)'),
  retention_first: cohorts(`(SELECT p, date_trunc('week', min(moment))::DATE AS week FROM events WHERE ${mine} GROUP BY p)`),
  adoption_curve: `SELECT used::DATE::VARCHAR AS day, count(*) AS people FROM ${used('p')} GROUP BY day ORDER BY day`,
  adopted_people: marks('p'),
  adopted_accounts: marks('a'),
  time_to_adopt: `SELECT (epoch_ms(used) - greatest(epoch_ms(${launch}), epoch_ms(first))) // 86400000 AS days, count(*) AS people FROM ${used('p')} u JOIN (SELECT p, min(moment) AS first FROM events WHERE ${mine} GROUP BY p) f USING (p) GROUP BY ALL ORDER BY ALL`,
  breakdown: `SELECT plan AS value, count(*) AS events, count(DISTINCT p) AS people FROM events WHERE ${mine} AND name = '${brokenDownName}' AND day >= ${lastMonth} GROUP BY value ORDER BY value`,
  paths: `SELECT path, count(*) AS conversions FROM (SELECT c.i, list(t.channel ORDER BY t.moment, t.channel) AS path FROM (SELECT i, p, moment FROM events WHERE ${mine} AND name = '${conversion}') c
    JOIN (SELECT p, moment, channel FROM events WHERE ${mine} AND name = '${touched}') t ON t.p = c.p AND t.moment <= c.moment AND t.moment > c.moment - INTERVAL ${touchDays} DAY GROUP BY c.i) GROUP BY path ORDER BY conversions DESC, path LIMIT 20`,
  active_accounts: `SELECT 'acc' || a AS account, count(*) AS events, count(DISTINCT p) AS people, count(DISTINCT name) AS names FROM events WHERE ${doing} AND day >= ${lastFourWeeks} GROUP BY a ORDER BY events DESC, account LIMIT 20`,
};

/** DuckDB with the clean events already put right, sorted as its questions read them, on two threads. */
export const openDuckdb = async (parquet: string, file: string) => {
  const instance = await DuckDBInstance.create(file, { threads: '2' });
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE events AS SELECT ws, i, p, a, name::VARCHAR AS name, "at"::TIMESTAMP AS moment, day::DATE AS day, plan::VARCHAR AS plan, button::VARCHAR AS button, url::VARCHAR AS url, amount, channel::VARCHAR AS channel
    FROM read_parquet('${parquet}') ORDER BY ws, name, p, moment`);
  await connection.run('CHECKPOINT');
  return {
    ask: async (sql: string): Promise<Row[]> => (await connection.runAndReadAll(sql)).getRowObjectsJson(),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
};
