import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../src/methods/numeric/random.ts';
import { accessibilityFaults, type Journey, settled, startJourney } from './browser.ts';

// Two published sets, brought in as their owner would and asked on the lift page: an experiment by lot, and one state among others.
// The data may not be shipped with Landfall; without it these tests are skipped, and say so.
const data = resolve(process.env.LANDFALL_TEST_DATA ?? '../shared/data');
const files = { hillstrom: join(data, 'hillstrom/hillstrom.csv'), smoking: join(data, 'synthetic_control/smoking.csv') };
const pictures = process.env.LANDFALL_TEST_PICTURES;

/** A line for each figure, as an import of measurements wants them. */
const longSmoking = (): string => {
  const [head, ...lines] = readFileSync(files.smoking, 'utf8').trim().replaceAll('"', '').split('\n');
  const names = head!.split(',').slice(3);
  const rows = lines.flatMap((line) => {
    const [, state, year, ...cells] = line.split(',');
    return cells.flatMap((cell, place) => (cell === 'NA' ? [] : [`${names[place]},${state},${year}-01-01,${cell}`]));
  });
  return ['metric,subject,at,value', ...rows].join('\n');
};

/** Every fourth of 176 accounts got it early, and calls six times more for it. */
const accountsFile = (): string => {
  const plans = ['team', 'business', 'scale'];
  const lines = Array.from({ length: 176 }, (_, n) => {
    const employees = 20 + ((n * 37) % 400);
    const calls = 10 + Math.floor(employees / 50) + (n % 4 === 1 ? 6 : 0) + ((n * 7) % 3);
    return `acc-${n},Account ${n},${plans[Math.floor(n / 5) % 3]},${employees},Country ${String.fromCodePoint(65 + (n % 22))},${n % 4 === 1 ? 'yes' : 'no'},${calls}`;
  });
  return ['account_id,account_name,plan,employees,country,got_early,calls_after', ...lines].join('\n');
};

/** Twenty weeks of calls from 22 countries; from the fifteenth on the fourth country calls more. */
const callsFile = (): string => {
  const random = seededRandom(11);
  const lines: string[] = [];
  for (let week = 0; week < 20; week += 1)
    for (let country = 0; country < 22; country += 1) {
      const calls = 16 + Math.floor(8 * random()) + 3 * (week % 4) + (country === 3 && week >= 14 ? 24 : 0);
      for (let call = 0; call < calls; call += 1) {
        const account = country + 22 * (call % 8);
        const at = new Date(Date.UTC(2026, 0, 5 + 7 * week + (call % 5), 9, call % 60)).toISOString();
        lines.push(`m${lines.length},Called,${at},user-${account},acc-${account}`);
      }
    }
  return ['message_id,event,timestamp,user_id,account_id', ...lines].join('\n');
};

describe.skipIf(!existsSync(files.hillstrom) || !existsSync(files.smoking))('the lift page, by a new user', () => {
  let journey: Journey;
  let page: Page;
  beforeAll(async () => {
    journey = await startJourney();
    page = await journey.open();
  }, 60_000);
  afterAll(() => journey?.close());

  const picture = async (of: Page, name: string) => {
    if (pictures) await of.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  };
  const choose = async (label: string, option: string) => {
    await page.getByRole('combobox', { name: label, exact: true }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };
  const day = async (label: string, text: string) => {
    await page.getByRole('textbox', { name: label, exact: true }).fill(text);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
  };
  const several = async (label: string, option: string) => {
    await choose(label, option);
    await page.keyboard.press('Escape');
  };
  const tag = async (label: string, value: string) => {
    await page.getByRole('combobox', { name: label, exact: true }).fill(value);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
  };
  const bring = async (file: string) => {
    await page.goto(`${journey.server.url}/imports/new`);
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Dry run' }).click({ timeout: 60_000 });
    await page.getByRole('heading', { level: 1, name: /^New: / }).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: /^Imported/ }).waitFor({ timeout: 60_000 });
  };
  const verdict = (text: string | RegExp) => page.getByRole('heading', { level: 1 }).filter({ hasText: text }).waitFor({ timeout: 60_000 });

  /** The question as Abadie, Diamond and Hainmueller asked it, with what the mixture is to share before. */
  const asAbadie = (): string => {
    const over = (metric: string, from: number, to: number) => ({ metric, from: `${from}-01-01`, to: `${to}-12-31` });
    const predictors = [
      over('lnincome', 1980, 1988),
      over('retprice', 1980, 1988),
      over('age15to24', 1980, 1988),
      over('beer', 1984, 1988),
      ...[1975, 1980, 1988].map((year) => over('cigsale', year, year)),
    ];
    const design = { kind: 'synthetic', subject: 'California', on: '1989-01-01', donors: [], predictors };
    const q = { unit: 'subject', outcome: { kind: 'measured', metric: 'cigsale' }, design, wanted: 'less', only: [] };
    return `${journey.server.url}/lifts/new?q=${encodeURIComponent(JSON.stringify(q))}`;
  };

  test('comes for the first time, and brings the e-mails of Hillstrom', async () => {
    await page.goto(journey.server.url);
    await page.getByLabel('Your name').fill('Ana Souza');
    await page.getByLabel('E-mail').fill('ana@lift.example');
    await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery staple');
    await page.getByLabel('Name of the workspace').fill('Lift');
    await page.getByRole('button', { name: 'Create the workspace' }).click();
    await page.getByText('Import my data').waitFor();
    await bring(files.hillstrom);
  }, 120_000);

  test('puts the comparison together and reads the published difference: 18.3% against 10.6% visited, +7.7 points', async () => {
    await page.goto(`${journey.server.url}/lifts/new`);
    await page.getByText('People', { exact: true }).click();
    await choose('Property that says the arm', 'segment');
    await tag('Got it', 'Mens E-Mail');
    await tag('Held out', 'No E-Mail');
    await choose('Outcome', 'A property holds a value');
    await choose('Property of the outcome', 'visit');
    await tag('Values that count', '1');
    await verdict('+7.7 points');
    const text = await page.locator('main').innerText();
    for (const figure of ['18.3%', '10.6%', '+7.0', '+8.3 points', '21,307', '21,306']) expect(text).toContain(figure);
    expect(await accessibilityFaults(page)).toEqual([]);
    await picture(page, 'holdout');
  }, 90_000);

  test('compares two headlines of which only counts are known, and reads what a test of the Upworthy archive says', async () => {
    const file = join(journey.folder, 'headlines.csv');
    writeFileSync(
      file,
      'subject,date,impressions,clicks\n"What happened, and why",2015-02-10,2143,99\n"What she said next",2015-02-10,2020,67\n',
    );
    await bring(file);
    await page.goto(`${journey.server.url}/lifts/new`);
    await page.getByText('Counts', { exact: true }).click();
    await choose('Reached it', 'clicks');
    await choose('Of all', 'impressions');
    await several('Got it', 'What happened, and why');
    await several('Held out', 'What she said next');
    await verdict('+1.3 points');
    const text = await page.locator('main').innerText();
    for (const figure of ['+0.1', '+2.5 points', '2,143', '2,020', 'Nobody is counted twice', '10 Feb 2015'])
      expect(text).toContain(figure);
    expect(await accessibilityFaults(page)).toEqual([]);
    await picture(page, 'counts');
  }, 90_000);

  test('brings the cigarette sales of 39 states', async () => {
    const file = join(journey.folder, 'smoking.csv');
    writeFileSync(file, longSmoking());
    await bring(file);
  }, 90_000);

  test('asks what Proposition 99 did, against a mixture of the other states', async () => {
    await page.goto(`${journey.server.url}/lifts/new`);
    await choose('Comparison', 'Synthetic control');
    await page.getByText('Choose a metric, whom the change touched').waitFor();
    await choose('Figures of a metric', 'cigsale');
    await choose('Changed', 'California');
    await page.getByRole('textbox', { name: 'Since' }).fill('1 Jan 1989');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await page.getByText('Less', { exact: true }).click();
    await page.getByRole('heading', { name: 'What the mixture is made of' }).waitFor({ timeout: 60_000 });
    const text = await page.locator('main').innerText();
    for (const words of ['of 39', 'The same is asked of 38 others', 'cigsale']) expect(text).toContain(words);
    expect(await accessibilityFaults(page)).toEqual([]);
    await picture(page, 'synthetic');
  }, 90_000);

  test('a longer question says what it does; Stop ends it, and it can be asked again', async () => {
    await page.goto(asAbadie());
    await page.getByText('Comparing with what would have happened anyway').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped.').waitFor();
    await picture(page, 'stopped');
    await page.getByRole('button', { name: 'Ask again' }).click();
    await verdict('−18.97 a period');
    const text = await page.locator('main').innerText();
    for (const state of ['Utah', 'Nevada', 'Montana', 'Colorado', 'Connecticut']) expect(text).toContain(state);
    expect(text).toContain('Rank 1 of 39');
  }, 90_000);

  test('a comparison with nobody to compare with is described and refused', async () => {
    await page.goto(`${journey.server.url}/lifts/new`);
    await choose('Comparison', 'Matched accounts');
    await page.getByText('Who got it', { exact: true }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await picture(page, 'matched');
    await choose('Comparison', 'Structural series');
    await choose('Figures of a metric', 'cigsale');
    await choose('Changed', 'California');
    await page.getByRole('textbox', { name: 'Since' }).fill('1 Jan 1989');
    await page.keyboard.press('Tab');
    await verdict(/no others are named that the change did not touch/);
  }, 90_000);

  test('brings accounts and what they did, as files of its own', async () => {
    for (const [name, text] of [
      ['accounts.csv', accountsFile()],
      ['calls.csv', callsFile()],
    ] as const) {
      const file = join(journey.folder, name);
      writeFileSync(file, text);
      await bring(file);
    }
  }, 120_000);

  test('compares accounts that got it with others that were alike, and finds the planted six calls', async () => {
    await page.goto(`${journey.server.url}/lifts/new`);
    await choose('Comparison', 'Matched accounts');
    await choose('Property', 'got_early');
    await tag('Values that mean it', 'yes');
    await day('To be had from', '1 Feb 2026');
    await day('Outcome counts from', '1 Mar 2026');
    await several('Alike in numbers', 'employees');
    await several('The same in', 'plan');
    await choose('Outcome', 'Number in a property');
    await choose('Property of the outcome', 'calls_after');
    await verdict(/It changed the outcome by \+[56]\.\d+ \(95%/);
    const [, low, high] = /95%: \+([\d.]+) to \+([\d.]+)/.exec(await page.getByRole('heading', { level: 1 }).innerText())!;
    expect(Number(low)).toBeLessThan(6);
    expect(Number(high)).toBeGreaterThan(6);
    await page.getByRole('heading', { name: /How alike they are/ }).waitFor();
    await page.getByText('That is a belief: who chose it may differ in what nobody measured.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await picture(page, 'matched answer');
  }, 120_000);

  test('makes series of what accounts did, one for each country, and sees the one that changed', async () => {
    await page.goto(`${journey.server.url}/lifts/new`);
    await choose('Comparison', 'Synthetic control');
    await choose('Outcome', 'What accounts did');
    await choose('A series for each', 'country');
    await choose('Counted', 'Times for each account');
    await page.getByRole('button', { name: /Choose an event/ }).click();
    await page.getByRole('option', { name: /Called/ }).click();
    await day('From', '5 Jan 2026');
    await day('To', '17 May 2026');
    await choose('Changed', 'Country D');
    await day('Since', '13 Apr 2026');
    await verdict(/^It changed the outcome by \+.* a period .*Rank 1 of 22\.$/);
    await page.getByRole('heading', { name: /^Country D: \+.* a period against what would have happened$/ }).waitFor();
    expect(await page.locator('main .cfband').count()).toBe(1);
    await page.getByText('The same is asked of 21 others that did not change.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await picture(page, 'done by');
  }, 120_000);

  test('a goal can be written with a structural series as its comparison, which the form explains', async () => {
    const { url } = journey.server;
    await page.goto(`${url}/launches`);
    await page.evaluate(
      (address) =>
        fetch(address, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ name: 'Quiet hours', marketDate: '2026-12-01' }),
        }).then(({ status }) => status),
      `${url}/api/launches`,
    );
    await page.goto(`${url}/launches/quiet-hours/goals`);
    await page.getByRole('button', { name: 'New goal' }).first().click();
    const form = page.getByRole('dialog');
    await form.getByLabel('The goal in words').fill('Countries call more');
    await form.getByRole('combobox', { name: 'Compared with' }).click();
    await page.getByRole('option', { name: 'Structural series' }).click();
    await form.getByText('One series changed; its own past and a few others say what would have happened.').waitFor();
  }, 60_000);

  test('dark, in Chinese and on a narrow screen it is whole and accessible', async () => {
    for (const [name, view] of [
      ['dark', { dark: true }],
      ['zh', { locale: 'zh-CN' as const }],
      ['narrow', { width: 390, height: 844 }],
    ] as const) {
      const other = await journey.open({ ...view, cookies: page });
      if (name === 'zh') await other.addInitScript(() => localStorage.setItem('landfall.locale', 'zh'));
      await other.goto(asAbadie());
      await other
        .getByRole('heading', { level: 1 })
        .filter({ hasText: name === 'zh' ? '在 39 个中排第 1' : 'Rank 1 of 39' })
        .waitFor({ timeout: 60_000 });
      await settled(other);
      expect(await accessibilityFaults(other)).toEqual([]);
      expect(await other.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      await picture(other, name);
      await other.context().close();
    }
  }, 240_000);

  test('the browser had nothing to complain about', () => {
    expect(journey.complaints).toEqual([]);
  });
});
