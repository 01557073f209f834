import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { importFile } from '../../collect/imports/importing.fixture.ts';
import { bassCurve, type BassFit } from '../../methods/lift/bass-fit.ts';
import { bassOutlook } from '../../methods/lift/bass-diffusion.ts';
import { seededRandom } from '../../methods/numeric/random.ts';
import { dayValues, metrics, reach, subjects } from './queries.ts';

let app: TestApplication;
let opened: Awaited<ReturnType<TestApplication['workspace']>>;
const monthAt = (place: number) => new Date(Date.UTC(2020, place, 1)).toISOString().slice(0, 10);
const random = seededRandom(20);
const launched = bassCurve({ innovation: 0.02, imitation: 0.4, market: 1000 } as BassFit, 30).map((each) =>
  Math.max(0, Math.round(each + 6 * (random() - 0.5))),
);
let total = 0;
const inUse = launched.map((each) => (total += each));
const series: Record<string, [place: number, value: number][]> = {
  // There when the first figure was taken; then one that begins in the fourth month, one with a hole, and one that is replaced.
  old: Array.from({ length: 33 }, (_, place) => [place, 500 + place]),
  launched: inUse.map((value, place) => [place + 3, value]),
  holed: inUse.flatMap((value, place): [number, number][] => (place === 6 ? [] : [[place + 3, value]])),
  'long hole': inUse.flatMap((value, place): [number, number][] => (place > 5 && place < 9 ? [] : [[place + 3, value]])),
  replaced: [...inUse.slice(0, 20), 600, 500].map((value, place) => [place + 3, value]),
  young: [
    [30, 4],
    [31, 9],
    [32, 20],
  ],
};

beforeAll(async () => {
  app = await openTestApplication();
  opened = await app.workspace();
  const lines = Object.entries(series).flatMap(([subject, values]) =>
    values.map(([place, value]) => `${subject},${monthAt(place)},${value}`),
  );
  await importFile(opened.context, { name: 'installs.csv', bytes: ['plugin,month,installs', ...lines].join('\n') });
  const whole = Array.from({ length: 33 }, (_, place) => `${monthAt(place)},${2000 + 10 * place}`);
  await importFile(opened.context, { name: 'everything.csv', bytes: ['month,everything', ...whole].join('\n') });
  const sold = launched.map((value, place) => `recorder,${monthAt(place)},${value}`);
  await importFile(opened.context, { name: 'sold.csv', bytes: ['what,month,sold', ...sold].join('\n') });
  await importFile(opened.context, {
    name: 'uneven.csv',
    bytes: ['thing,day,uneven', 'it,2020-01-01,1', 'it,2020-01-02,2', 'it,2020-03-01,3', 'it,2020-03-20,4', 'it,2021-03-20,4'].join('\n'),
  });
});
afterAll(() => app.close());

const ask = (asked: object) => opened.client.measurements.get({ metric: 'installs', subjects: ['launched'], ...asked });

test('metrics and their subjects are listed with how far they reach, and can be searched', async () => {
  const { metrics: found } = await opened.client.measurements.list({});
  expect(found.map(({ metric, subjects: count, values }) => [metric, count, values])).toEqual([
    ['installs', 6, Object.values(series).flat().length],
    ['everything', 1, 33],
    ['sold', 1, 30],
    ['uneven', 1, 5],
  ]);
  expect(found[0]).toMatchObject({ first: '2020-01-01', last: '2022-09-01' });
  const { subjects: largest } = await opened.client.measurements.subjects({ metric: 'installs' });
  expect(largest.map(({ subject }) => subject)).toEqual(['holed', 'launched', 'long hole', 'old', 'replaced', 'young']);
  expect(largest[1]).toEqual({ subject: 'launched', values: 30, first: '2020-04-01', last: '2022-09-01', latest: inUse.at(-1) });
  const searched = await opened.client.measurements.subjects({ metric: 'installs', search: 'HOLE' });
  expect(searched.subjects.map(({ subject }) => subject).toSorted()).toEqual(['holed', 'long hole']);
});

test('a curve is its figures by date and by age, as shares of what there was in the same month', async () => {
  const answer = await ask({ ceiling: { metric: 'everything' } });
  const [curve] = answer.curves;
  expect(answer).toMatchObject({ interval: 'month', isRegular: true, missing: [] });
  expect(curve).toMatchObject({ subject: 'launched', first: '2020-04-01', beginning: 'seen', gaps: [] });
  expect(curve!.points.map(({ at, age, count, of, value }) => [at, age, count, of, value])).toEqual(
    inUse.map((value, place) => [monthAt(place + 3), place, value, 2030 + 10 * place, value / (2030 + 10 * place)]),
  );
});

test('the outlook is that of the method, the next months named; without a horizon none is asked for', async () => {
  const { curves } = await ask({ horizon: 3 });
  const changes = inUse.map((value, place) => value - (inUse[place - 1] ?? 0));
  const plain = bassOutlook(changes, { horizon: 3, draws: 200, inUse: true });
  if ('refused' in plain) throw new Error(plain.refused);
  expect(curves[0]!.outlook).toMatchObject({ state: 'told', periods: 30, curve: { market: plain.market, imitation: plain.imitation } });
  expect(curves[0]!.outlook!.ahead).toEqual(
    plain.outlook.map(({ period, adopters, low, high }, place) => ({
      period,
      value: adopters,
      low,
      high,
      at: monthAt(33 + place),
      age: 30 + place,
    })),
  );
  expect(curves[0]!.outlook!.fitted).toHaveLength(30);
  expect((await ask({ horizon: 0 })).curves[0]!.outlook).toBeNull();
});

test('those who came are added up, and give the same curve as all who have it', async () => {
  const sold = await opened.client.measurements.get({ metric: 'sold', subjects: ['recorder'], counts: 'new', horizon: 3 });
  expect(sold.curves[0]!.points.map(({ count }) => count)).toEqual(inUse);
  expect(sold.curves[0]!.outlook!.curve!.market).toBeCloseTo((await ask({ horizon: 3 })).curves[0]!.outlook!.curve!.market, 6);
});

test('each refusal says why: there before, a hole, falling, too young, uneven', async () => {
  const states = async (asked: object, metric = 'installs') =>
    (await opened.client.measurements.get({ metric, subjects: ['it'], ...asked })).curves.map(({ subject, outlook }) => [
      subject,
      outlook!.state,
    ]);
  expect(await states({ subjects: ['old', 'holed', 'long hole', 'replaced', 'young'] })).toEqual([
    ['old', 'beginning_not_seen'],
    ['holed', 'told'],
    ['long hole', 'gaps'],
    ['replaced', 'falling'],
    ['young', 'too_few_periods'],
  ]);
  expect(await states({}, 'uneven')).toEqual([['it', 'irregular']]);
  const [holed] = (await ask({ subjects: ['long hole'] })).curves;
  expect(holed!.gaps).toEqual([{ from: '2020-10-01', to: '2020-12-01', periods: 3 }]);
});

test('what is not there is said: a subject, a metric, a ceiling; and what cannot be asked is refused', async () => {
  expect(await ask({ subjects: ['launched', 'nobody'] })).toMatchObject({ missing: ['nobody'], curves: [{ subject: 'launched' }] });
  await expect(ask({ metric: 'nothing' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(ask({ ceiling: { metric: 'nothing' } })).rejects.toMatchObject({ code: 'not_found' });
  await expect(ask({ subjects: [] })).rejects.toMatchObject({ code: 'invalid' });
  await expect(ask({ horizon: 61 })).rejects.toMatchObject({ code: 'invalid' });
});

test('the export holds what was measured and what is foretold', async () => {
  const { csv, fileName } = await opened.client.measurements.export({ metric: 'installs', subjects: ['launched'], horizon: 2 });
  const lines = csv.trim().split('\n');
  expect(fileName).toBe('measurements-installs.csv');
  expect(lines[0]!.trim()).toBe('subject,what,at,months_since_beginning,count,ceiling,value,low,high');
  expect(lines).toHaveLength(1 + 30 + 2);
  expect(lines[1]).toMatch(/^launched,measured,2020-04-01,0,\d+,,\d+,,/);
  expect(lines.at(-1)).toMatch(/^launched,outlook,2022-11-01,31,,,[\d.]+,[\d.]+,[\d.]+/);
});

test('where each stands leaves as CSV, with the outlook or why there is none', async () => {
  const asked = { metric: 'installs', subjects: ['launched', 'old', 'long hole'], horizon: 2 };
  const [{ curves }, { csv, fileName }] = await Promise.all([
    opened.client.measurements.get(asked),
    opened.client.measurements.exportStandings(asked),
  ]);
  const [head, ...rows] = csv
    .replace('\uFEFF', '')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  expect(fileName).toBe('measurements-installs-standings.csv');
  expect(head).toHaveLength(19);
  const at = (name: string) => rows.map((row) => row[head!.indexOf(name)]);
  expect(at('subject')).toEqual(curves.map(({ subject }) => subject));
  expect(at('outlook')).toEqual(['told', 'beginning_not_seen', 'gaps']);
  expect(at('missing_periods')).toEqual(['0', '0', '3']);
  expect(at('latest').map(Number)).toEqual(curves.map(({ points }) => points.at(-1)!.value));
  expect(Number(at('outlook_value')[0])).toBe(curves[0]!.outlook!.ahead.at(-1)!.value);
  expect(at('market')).toEqual([`${curves[0]!.outlook!.curve!.market}`, '', '']);
});

test('another workspace has no figures, and an import that is undone takes its own with it', { timeout: 180_000 }, async () => {
  const other = await app.workspace('Other');
  expect(await other.client.measurements.list({})).toEqual({ metrics: [] });
  await expect(other.client.measurements.get({ metric: 'installs', subjects: ['launched'] })).rejects.toMatchObject({ code: 'not_found' });
  const view = await importFile(other.context, { name: 'mine.csv', bytes: 'who,month,mine\na,2020-01-01,1\na,2020-02-01,2' });
  expect((await other.client.measurements.list({})).metrics).toHaveLength(1);
  await other.client.imports.undo({ import: view.id });
  expect((await other.client.measurements.list({})).metrics).toEqual([]);
});

test('days are those of the workspace, and every statement is understood by the engine', { timeout: 120_000 }, async () => {
  const east = await app.workspace('East');
  await importFile(east.context, { name: 'east.csv', bytes: 'who,month,east\na,2020-01-01,1\na,2020-02-01,2\na,2020-03-01,4' });
  const { curves } = await east.client.measurements.get({ metric: 'east', subjects: ['a'] });
  expect(curves[0]!.points.map(({ at }) => at)).toEqual(['2020-01-01', '2020-02-01', '2020-03-01']);
  const zone = 'UTC';
  const page = { search: '', limit: 10, zone };
  for (const query of [
    metrics(page),
    subjects({ ...page, metric: 'a' }),
    reach({ metric: 'a', zone }),
    dayValues({ metric: 'a', subjects: [''], zone }),
  ]) {
    const plan = await east.context.events.ask({ ...query, sql: `EXPLAIN ${query.sql}` });
    expect(plan.length).toBeGreaterThan(0);
  }
});
