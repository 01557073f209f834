import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults, type Journey, runCli, settled, startJourney, welcomeMaya } from './browser.ts';

// Published journeys, brought in through the browser and read on the attribution page; then one deal, and a lot, in the example company.
// The data may not be shipped with Landfall; without it these tests are skipped, and say so.
const data = resolve(process.env.LANDFALL_TEST_DATA ?? '../shared/data', 'channel_attribution');

describe.skipIf(!existsSync(data))('attribution, by a new user', () => {
  let journey: Journey;
  let page: Page;
  beforeAll(async () => {
    journey = await startJourney();
    page = await journey.open();
    await welcomeMaya(page, journey);
    await page.getByText('Import my data').waitFor();
  }, 60_000);
  afterAll(() => journey?.close());

  const cellsOf = (channel: string, table = 'All models') =>
    page
      .getByRole('table', { name: table })
      .getByRole('row')
      .filter({ has: page.getByRole('cell', { name: channel, exact: true }) })
      .first()
      .getByRole('cell')
      .allInnerTexts();

  test('the file of journeys is imported by the page', { timeout: 60_000 }, async () => {
    await page.goto(`${journey.server.url}/imports/new`);
    await page.locator('input[type=file]').setInputFiles(join(data, 'PathData.csv'));
    await page.getByRole('button', { name: 'Dry run' }).click();
    await page.getByRole('heading', { level: 1, name: /^New: / }).waitFor();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: /^Imported/ }).waitFor();
  });

  test('the attribution page gives the published figures, and the command line the same', { timeout: 60_000 }, async () => {
    await page.getByRole('link', { name: 'Impact' }).first().click();
    await page.getByRole('link', { name: 'Attribution' }).click();
    await page.getByText('Counted journeys').click();
    await page.getByRole('heading', { level: 1, name: /^alpha has between/ }).waitFor();
    await page.getByText('Conversions', { exact: true }).first().click();
    await page.getByText('Conversions that each model gives').waitFor();
    await settled(page);
    const heads = await page.getByRole('table', { name: 'All models' }).getByRole('columnheader').allInnerTexts();
    const expected = ['Channel', 'First', 'Last', 'Linear', 'U', 'Influence', 'Shapley', 'Markov', 'Removal effect'];
    expect(heads.slice(0, expected.length)).toEqual(expected);
    const [alpha, iota, eta] = [await cellsOf('alpha'), await cellsOf('iota'), await cellsOf('eta')];
    expect(alpha.slice(1, 4)).toEqual(['6,308', '8,447', '7,574.72']);
    expect([alpha[7], alpha[8]]).toEqual(['5,344.95', '55.84%']);
    expect([iota[1], iota[2], iota[8]]).toEqual(['4,606', '3,355', '40.58%']);
    expect([eta[1], eta[2], eta[8]]).toEqual(['3,164', '4,167', '34.90%']);
    const main = await page.locator('main').innerText();
    for (const said of ['Time decay needs the time of each touch', 'W needs recorded stages', 'No holdout stands beside any of them'])
      expect(main).toContain(said);
    // Every model that was worked out is a dot of the chart, for each of the twelve channels.
    expect(await page.locator('main svg circle title').count()).toBe(12 * 7);
    const printed = await runCli(journey, ['credits', 'get', '--source', 'journeys', '--output', 'json']);
    expect(printed.stderr).toBe('');
    const { channels } = JSON.parse(printed.stdout) as {
      channels: { channel: string; removal: number; credits: Record<string, { conversions: number }> }[];
    };
    const read = channels.find(({ channel }) => channel === 'alpha')!;
    expect([read.credits.first!.conversions, read.credits.markov!.conversions.toFixed(2), read.removal.toFixed(4)]).toEqual([
      6308,
      '5344.95',
      '0.5584',
    ]);
  });

  test('one model is agreed on with its settings, and the page opens with them', { timeout: 120_000 }, async () => {
    await page.getByRole('radio', { name: '2', exact: true }).check({ force: true });
    await settled(page);
    await page.getByRole('button', { name: 'Agree on a model' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox').click();
    await page.getByRole('option', { name: 'Markov' }).click();
    await page.getByRole('listbox').waitFor({ state: 'hidden' });
    await dialog.getByLabel('Why this one').fill('It counts the journeys that came to nothing');
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Agree', exact: true }).click();
    await page.getByText('Agreed: Markov, by Maya Lindqvist').waitFor();
    await page.goto(`${journey.server.url}/credits`);
    await page.getByText('Counted journeys').click();
    await page.getByRole('heading', { level: 1, name: /^alpha has between/ }).waitFor();
    const said = await page.locator('main').innerText();
    expect(said).toContain('Markov order 2.');
    expect(said).not.toContain('Not shown as agreed');
    expect(await page.getByRole('radio', { name: '2', exact: true }).isChecked()).toBe(true);
    await page.getByRole('radio', { name: '1', exact: true }).check({ force: true });
    await page.getByText('Not shown as agreed').waitFor();
    await page.getByRole('button', { name: 'Show as agreed' }).click();
    await page.getByText('Not shown as agreed').waitFor({ state: 'detached' });
  });

  test('in the example company a holdout says what the models cannot', { timeout: 120_000 }, async () => {
    // The first visit offered it; here the workspace holds data already.
    await page.evaluate(async () => {
      const answer = await fetch('/api/examples', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
      const { id } = (await answer.json()) as { id: string };
      localStorage.setItem('landfall.workspace', id);
    });
    await page.goto(`${journey.server.url}/credits`);
    await page.getByText('Campaigns', { exact: true }).click();
    await page.getByRole('heading', { level: 1, name: /^Handoff Live has between/ }).waitFor();
    await settled(page);
    const dinner = await cellsOf('Supper Series');
    // The dinners truly do nothing, and yet every model gives them more than a fifth.
    expect(dinner.slice(1, 11).every((said) => Number.parseFloat(said) > 20)).toBe(true);
    const said = async (name: string) => (await cellsOf(name, 'Beside the models')).join(' ');
    expect(await said('Supper Series')).toMatch(/−3\.6 points \(−12\.1 to \+5\.0\)/);
    expect(await said('Handoff Live')).toMatch(/\+14\.3 points \(\+5\.6 to \+22\.6\)/);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test(
    'what was asked is kept, stands on a dashboard with the spread of the models, and is read behind a link',
    { timeout: 120_000 },
    async () => {
      await page.keyboard.press('s');
      await page.getByLabel('Name').fill('Which campaigns had a part');
      await page.getByRole('button', { name: 'Keep the question' }).click();
      await page.getByText('Which campaigns had a part is kept.').waitFor();
      await page.goto(`${journey.server.url}/dashboards`);
      await page.getByRole('button', { name: 'New dashboard' }).click();
      await page.getByLabel('Name').fill('Every Monday');
      await page.getByRole('button', { name: 'Make the dashboard' }).click();
      await page
        .getByRole('button', { name: /Add a question/ })
        .first()
        .click();
      await page.getByText('Which campaigns had a part').first().click();
      const tile = page.getByRole('region', { name: 'Which campaigns had a part' });
      await tile.getByText(/^Handoff Live has between/).waitFor();
      await tile.getByText('Table', { exact: true }).click();
      const row = tile.getByRole('row').filter({ hasText: 'Supper Series' });
      expect((await row.getByRole('cell').allInnerTexts())[2]).toMatch(/^\d+% to \d+%$/);
      expect(await accessibilityFaults(page)).toEqual([]);
      await tile.getByRole('link', { name: 'Which campaigns had a part' }).click();
      await page.getByRole('heading', { level: 1, name: /^Handoff Live has between/ }).waitFor();
      const listed = await runCli(journey, ['questions', 'list', '--workspace', 'Weftwork (example)', '--output', 'json']);
      const { questions } = JSON.parse(listed.stdout) as { questions: { name: string; kind: string }[] };
      expect(questions.find(({ name }) => name === 'Which campaigns had a part')?.kind).toBe('credits');
      await page.goto(`${journey.server.url}/questions`);
      await page.getByRole('row').filter({ hasText: 'Which campaigns had a part' }).getByRole('button', { name: /Share/ }).click();
      await page.getByRole('button', { name: 'Make a link' }).click();
      const link = await page.getByRole('dialog').locator('input[readonly]').inputValue();
      const stranger = await journey.open();
      await stranger.goto(link);
      await stranger.getByText(/^Handoff Live has between/).waitFor();
      expect(await accessibilityFaults(stranger)).toEqual([]);
      await stranger.context().close();
    },
  );

  test(
    'a rule of one’s own stands beside the models; the path of one deal opens and is read touch by touch',
    { timeout: 120_000 },
    async () => {
      await page.goto(`${journey.server.url}/credits`);
      await page.getByText('Campaigns', { exact: true }).click();
      await page.getByRole('heading', { level: 1, name: /^Handoff Live has between/ }).waitFor();
      await page.getByRole('button', { name: 'Make one' }).click();
      const rule = page.getByRole('dialog');
      await rule.getByLabel('First touch').fill('60');
      await rule.getByText('Together 140%; it must be 100%.').waitFor();
      await rule.getByLabel('Last touch').fill('0');
      await rule.getByLabel('All others, in equal parts').fill('0');
      await rule.getByText('Together 100%').waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await rule.getByRole('button', { name: 'Show it' }).click();
      await page.getByRole('columnheader', { name: 'Own rule' }).waitFor();
      await page.getByRole('table', { name: 'All models' }).getByRole('button', { name: 'Handoff Live', exact: true }).click();
      const rows = page.getByRole('dialog');
      await rows.getByRole('table').getByRole('button').first().click();
      await page.getByRole('heading', { name: 'Path of a deal' }).waitFor();
      const path = page.getByRole('dialog').filter({ has: page.getByRole('heading', { name: 'Path of a deal' }) });
      await path.getByRole('table').waitFor();
      expect(await path.innerText()).toContain('Handoff Live');
      expect(page.url()).toContain('deal=');
      expect(await accessibilityFaults(page)).toEqual([]);
    },
  );

  test('a roll-out is drawn, its power read, its list kept as a file, a deviation recorded', { timeout: 60_000 }, async () => {
    await page.goto(`${journey.server.url}/rollouts`);
    await page.getByRole('button', { name: 'Plan a roll-out' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Smart Handoff, second half');
    await dialog.getByRole('button', { name: /Choose an event/ }).click();
    await page.getByRole('option', { name: /handoff_accepted/ }).click();
    await dialog.getByText(/^It can(not)? answer/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Draw the lot' }).click();
    await page.getByRole('heading', { level: 1, name: /^It can(not)? answer/ }).waitFor();
    await page.getByText('Power 80%, two-sided at 5%.').waitFor();
    const list = page.getByRole('table', { name: 'The list' });
    await list.waitFor();
    const [name] = await list.getByRole('row').nth(1).getByRole('cell').allInnerTexts();
    const loading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).click();
    const csv = readFileSync(await (await loading).path(), 'utf8')
      .trim()
      .split(/\r?\n/);
    const line = csv.find((one) => one.includes(name!))!;
    expect(csv.length).toBeGreaterThan(100);
    await page.getByRole('button', { name: 'Record a deviation' }).click();
    await page.getByRole('dialog').getByLabel('Account').fill(line.split(',')[0]!);
    await page.getByRole('dialog').getByLabel('Note').fill('Asked for it');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('table', { name: 'In spite of the lot' }).getByText('Asked for it').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test.each([
    ['dark', { dark: true }],
    ['Chinese', { locale: 'zh-CN' as const }],
    ['narrow', { width: 390, height: 844 }],
  ])('both pages pass the accessibility check: %s', { timeout: 60_000 }, async (_, view) => {
    const other = await journey.open({ ...view, cookies: page });
    for (const path of ['/credits', '/rollouts', new URL(page.url()).pathname]) {
      await other.goto(journey.server.url + path);
      await other.getByRole('heading', { level: 1 }).waitFor();
      await settled(other);
      expect({ path, faults: await accessibilityFaults(other) }).toEqual({ path, faults: [] });
      const overflow = await other.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect({ path, overflow }).toEqual({ path, overflow: 0 });
    }
    await other.context().close();
  });

  test('the browser had nothing to complain about', () => {
    expect(journey.complaints).toEqual([]);
  });
});
