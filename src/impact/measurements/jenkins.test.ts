import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { dataFile, hasData, importFile } from '../../collect/imports/importing.fixture.ts';
import type { Curve } from './schema.ts';

const published = {
  'workflow-aggregator': ['2014-11-01', 249195, 88.28],
  blueocean: ['2016-09-01', 60832, 21.55],
  kubernetes: ['2015-04-01', 37684, 13.35],
  'configuration-as-code': ['2018-06-01', 39945, 14.15],
  git: ['2008-12-01', 269003, 95.29],
  subversion: ['2009-06-01', 83373, 29.53],
  'warnings-ng': ['2018-10-01', 22750, 8.06],
} as const;
const names = [...Object.keys(published), 'warnings'];

let app: TestApplication;
afterAll(() => app?.close());

/** Installations of Jenkins plugins by month, 2008 to 2024, as published; a plugin is a feature with a launch month. */
describe.skipIf(!hasData('jenkins_usage/plugin_monthly.csv.gz'))('launches of real plugins', () => {
  let opened: Awaited<ReturnType<TestApplication['workspace']>>;
  beforeAll(async () => {
    app = await openTestApplication();
    opened = await app.workspace();
    const lines = gunzipSync(readFileSync(dataFile('jenkins_usage/plugin_monthly.csv.gz')))
      .toString()
      .split('\n');
    const ours = lines.filter((line, place) => place === 0 || names.includes(line.split(',')[0]!));
    await importFile(opened.context, { name: 'plugin_monthly.csv', bytes: ours.join('\n') });
    await importFile(opened.context, { path: 'jenkins_usage/total-jenkins.csv' });
  }, 240_000);
  const ceiling = { metric: 'total-jenkins' };
  const curvesOf = async (subjects: string[], asked: object = {}): Promise<Curve[]> =>
    (await opened.client.measurements.get({ metric: 'installations', subjects, ceiling, ...asked })).curves;

  test('the plugins are there, the most installed first', { timeout: 60_000 }, async () => {
    const { metrics } = await opened.client.measurements.list({});
    expect(metrics.map(({ metric, subjects }) => [metric, subjects])).toEqual([
      ['installations', 8],
      ['installations_pct', 8],
      ['total-jenkins', 1],
    ]);
    const { subjects } = await opened.client.measurements.subjects({ metric: 'installations' });
    expect(subjects.slice(0, 2).map(({ subject }) => subject)).toEqual(['git', 'workflow-aggregator']);
    expect(subjects[1]).toMatchObject({ subject: 'workflow-aggregator', first: '2014-11-01', last: '2024-06-01', latest: 249195 });
  });

  test('their first month, their highest and latest figures are those that were published', { timeout: 60_000 }, async () => {
    const curves = await curvesOf(names, { horizon: 0 });
    for (const [name, [first, count, percent]] of Object.entries(published)) {
      const curve = curves.find(({ subject }) => subject === name)!;
      const last = curve.points.at(-1)!;
      expect([name, curve.first, last.count, Number((last.value! * 100).toFixed(2))]).toEqual([name, first, count, percent]);
    }
    const counts = (name: string) => curves.find(({ subject }) => subject === name)!.points.map(({ count }) => count);
    expect([counts('workflow-aggregator')[0], Math.max(...counts('workflow-aggregator'))]).toEqual([57, 279234]);
    expect([counts('blueocean')[0], Math.max(...counts('blueocean'))]).toEqual([1025, 70404]);
    expect(Math.max(...counts('subversion'))).toBe(225591);
    expect([Math.max(...counts('warnings')), counts('warnings').at(-1)]).toEqual([18452, 3008]);
  });

  test('the curve of the Kubernetes plugin is that of scipy 1.17.1 (least_squares), with an outlook', { timeout: 60_000 }, async () => {
    const [curve] = await curvesOf(['kubernetes']);
    const { innovation, imitation, market } = curve!.outlook!.curve!;
    expect(innovation / 0.00162567).toBeCloseTo(1, 3);
    expect(imitation / 0.04994302).toBeCloseTo(1, 4);
    expect(market / 0.146684195).toBeCloseTo(1, 4);
    const { at, low, value, high } = curve!.outlook!.ahead.at(-1)!;
    expect(at).toBe('2025-06-01');
    expect(0.12 < low && low < value && value < high && high < 0.16).toBe(true);
  });

  test('where the curve is not the right one the outlook is refused, with the reason', { timeout: 60_000 }, async () => {
    const states = async (names: string[], asked: object = {}) =>
      Object.fromEntries((await curvesOf(names, asked)).map(({ subject, outlook }) => [subject, outlook!.state]));
    expect(await states(['git', 'subversion', 'warnings', 'workflow-aggregator'])).toEqual({
      git: 'beginning_not_seen',
      subversion: 'falling',
      warnings: 'beginning_not_seen',
      'workflow-aggregator': 'not_s_shaped',
    });
  });
});
