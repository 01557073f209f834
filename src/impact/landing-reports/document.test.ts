import { writeFileSync } from 'node:fs';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { documentStyle } from './document-style.ts';
import { getLandingReport, renderLandingReport } from './operations.ts';
import { reportStyle } from './style.ts';
import { plantWeftwork } from './weftwork.fixture.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()), 60_000);
afterAll(() => app.close());

const open = async (name: string, planted: boolean) => {
  const opened = await app.workspace(name);
  const feature = await opened.client.features.create({
    name: 'Smart Handoff',
    rule: { eventName: 'Handoff accepted', times: 3, days: 2 },
  });
  await opened.client.launches.create({
    name: 'Smart <b>Handoff',
    tier: 1,
    stage: 'ga',
    marketDate: '2026-03-03',
    featureId: feature.id,
    eligibility: { plans: ['business'] },
    goal: { target: 0.25, marks: { day30: 0.2, day60: 0.25 } },
  });
  if (planted) await plantWeftwork(opened.context.events);
  const landing = createRouterClient({ get: getLandingReport, document: renderLandingReport }, { context: opened.context });
  const keep = async (file: string, locale: 'en' | 'zh') => {
    const { html } = await landing.document({ launch: 'smart-b-handoff', locale });
    if (process.env['LANDFALL_KEEP_DOCUMENTS']) writeFileSync(`${process.env['LANDFALL_KEEP_DOCUMENTS']}/${file}.html`, html);
    if (process.env['LANDFALL_KEEP_DOCUMENTS'])
      writeFileSync(
        `${process.env['LANDFALL_KEEP_DOCUMENTS']}/${file}.json`,
        JSON.stringify(await landing.get({ launch: 'smart-b-handoff' })),
      );
    return html;
  };
  return { landing, keep };
};

describe('the document of a landing report', () => {
  it('holds everything in one file: no script, no outside address, the sentence, the chart and the tables', async () => {
    const { keep } = await open('Document', true);
    const html = await keep('full', 'en');
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)|@import|\bon\w+=/);
    expect(html).toContain(
      'Smart &lt;b&gt;Handoff landed: <b>38%</b> of 100 eligible accounts adopted it by day 90 (95% interval 29% to 48%), against a target of 25%.',
    );
    expect(html).toContain('Landfall, day 45');
    expect(html).not.toMatch(/NaN|undefined|Infinity|\[object/);
    expect(html).not.toContain('<button');
  });

  it('is in Chinese when asked, with nothing left in English but names', async () => {
    const { keep } = await open('Chinese', true);
    const html = await keep('zh', 'zh');
    expect(html).toContain('lang="zh-Hans"');
    expect(html).toContain('已落地');
    const text = html.replaceAll(/<style[^]*?<\/style>|<[^>]+>/g, ' ');
    expect(text).not.toMatch(/\b(adopted|eligible|target|accounts|people|won|first contact|before)\b/i);
  });

  it('stands without data and says what to import', async () => {
    const { keep } = await open('Bare', false);
    const html = await keep('bare', 'en');
    expect(html).toContain('<b>no events</b> have arrived yet');
    expect(html).toContain('Import a file with the product’s events');
    expect(html).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('has a rule for every class that it uses', async () => {
    const { keep } = await open('Classes', true);
    const html = await keep('classes', 'en');
    const used = new Set([...html.matchAll(/class="([^"]+)"/g)].flatMap(([, names]) => names!.split(/\s+/)));
    const silent = ['nowrap', 'num', 'figure', 'stacks', 'say', 'quiet'];
    const missing = [...used].filter(
      (name) =>
        !silent.includes(name) && !name.startsWith('plot-') && !new RegExp(`\\.${name}(?![\\w-])`).test(documentStyle + reportStyle),
    );
    expect(missing).toEqual([]);
  });
});
