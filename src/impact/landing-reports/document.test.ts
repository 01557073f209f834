import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { documentStyle } from './document-style.ts';
import { reportStyle } from './style.ts';
import { plantWeftwork } from './weftwork.fixture.ts';

let app: TestApplication;
let full: string;
let chinese: string;
let bare: string;

const goal = { target: 0.25, marks: { day30: 0.2, day60: 0.25 } };
const launched = async (name: string, planted: boolean) => {
  const opened = await app.workspace(name);
  const feature = await opened.client.features.create({
    name: 'Smart Handoff',
    rule: { eventName: 'Handoff accepted', times: 3, days: 2 },
  });
  const fields = {
    tier: 1,
    stage: 'ga' as const,
    marketDate: '2026-03-03',
    featureId: feature.id,
    eligibility: { plans: ['business'] },
    goal,
  };
  await opened.client.launches.create({ name: 'Smart <b>Handoff', ...fields });
  if (planted) await plantWeftwork(opened.context.events);
  return async (locale: 'en' | 'zh') => (await opened.client.landingReports.document({ launch: 'smart-b-handoff', locale })).html;
};

beforeAll(async () => {
  app = await openTestApplication();
  const [planted, empty] = [await launched('Planted', true), await launched('Bare', false)];
  full = await planted('en');
  chinese = await planted('zh');
  bare = await empty('en');
});
afterAll(() => app?.close());

describe('the document of a landing report', () => {
  it('holds everything in one file: no script, no outside address, the sentence, the chart and the tables', () => {
    const html = full;
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)|@import|\bon\w+=/);
    expect(html).toContain(
      'Smart &lt;b&gt;Handoff landed: <b>38%</b> of 100 eligible accounts adopted it by day 90 (95% interval 29% to 48%), against a target of 25%.',
    );
    expect(html).toContain('Landfall, day 45');
    expect(html).not.toMatch(/NaN|undefined|Infinity|\[object/);
    expect(html).not.toContain('<button');
  });

  it('is in Chinese when asked, with nothing left in English but names', () => {
    const html = chinese;
    expect(html).toContain('lang="zh-Hans"');
    expect(html).toContain('已落地');
    const text = html.replaceAll(/<style[^]*?<\/style>|<[^>]+>/g, ' ');
    expect(text).not.toMatch(/\b(adopted|eligible|target|accounts|people|won|first contact|before)\b/i);
  });

  it('stands without data and says what to import', () => {
    const html = bare;
    expect(html).toContain('<b>no events</b> have arrived yet');
    expect(html).toContain('Import a file with the product’s events');
    expect(html).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('has a rule for every class that it uses', () => {
    const html = full;
    const used = new Set([...html.matchAll(/class="([^"]+)"/g)].flatMap(([, names]) => names!.split(/\s+/)));
    const silent = ['nowrap', 'num', 'figure', 'stacks', 'say', 'quiet', 'link'];
    const missing = [...used].filter(
      (name) =>
        !silent.includes(name) && !name.startsWith('plot-') && !new RegExp(`\\.${name}(?![\\w-])`).test(documentStyle + reportStyle),
    );
    expect(missing).toEqual([]);
  });
});
