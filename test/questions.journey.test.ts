import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, type Journey, runCli, startJourney, welcomeMaya } from './browser.ts';

let journey: Journey;
let page: Page;
let features: { roundTrip: string; changed: string };
beforeAll(async () => {
  journey = await startJourney();
  page = await journey.open();
  await welcomeMaya(page, journey);
  await page.getByRole('button', { name: /example/i }).click();
  await page.getByText('Smart Handoff').first().waitFor({ timeout: 180_000 });
  features = await makeFeatures();
}, 240_000);
afterAll(() => journey.close());

/** One that is made of several events, and one of single events that has changed. */
const makeFeatures = async () => {
  const landfall = async (...words: string[]) => {
    const { stdout, stderr } = await runCli(journey, ['features', ...words, '--workspace', 'Weftwork (example)', '--output', 'json']);
    expect(stderr).toBe('');
    return (JSON.parse(stdout) as { id: string }).id;
  };
  const steps = JSON.stringify([{ event: 'task_created' }, { event: 'handoff_sent' }]);
  const roundTrip = await landfall(
    'create',
    '--name',
    'Round trip',
    '--rule.kind',
    'sequence',
    '--rule.within-days',
    '3',
    '--rule.steps',
    steps,
  );
  const changed = await landfall('create', '--name', 'Planning', '--rule.event-name', 'task_created');
  await landfall('update', changed, '--rule.event-name', 'task_created', '--rule.times', '3');
  return { roundTrip, changed };
};

const range = { kind: 'between', from: '2026-08-01', to: '2026-10-31' };
const asking = (path: string, question: object) => `${path}?q=${encodeURIComponent(JSON.stringify({ range, ...question }))}`;
const open = async (path: string, on = page) => {
  await on.goto(journey.server.url + path);
  await on.getByRole('heading', { level: 1 }).first().waitFor();
  await on.waitForLoadState('networkidle');
};
const task = { event: 'task_created', filters: [] };
const handoff = { event: 'handoff_accepted', filters: [] };

test('a retention opens from a figure to who came back', async () => {
  await open(asking('/retentions', { by: 'month' }));
  await page.getByRole('table').first().getByRole('button').first().click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('row').nth(2).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
});

test('paths get an end, and open to who came to it', async () => {
  await open(asking('/paths', { from: task, gap: 720 }));
  await page.getByRole('button', { name: 'Add a step' }).click();
  await page.getByRole('button', { name: 'Choose an event' }).click();
  await page.getByRole('option', { name: /handoff_accepted/ }).click();
  const ways = page.getByRole('table', { name: /handoff_accepted/ });
  await ways.getByRole('button').first().click();
  await page.getByRole('dialog').getByRole('row').nth(2).waitFor();
  await page.keyboard.press('Escape');
});

test('recurring revenue opens to the accounts behind a month and behind what is kept', async () => {
  await open(asking('/subscriptions', { breakdown: { by: 'account_property', name: 'plan' } }));
  await page.getByRole('heading', { level: 1 }).filter({ hasText: /MRR/ }).first().waitFor();
  await page.getByRole('button', { name: 'Show the accounts' }).click();
  await page.getByRole('dialog').getByRole('row').nth(2).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
});

test('early behaviour that goes with staying opens to who did it, and becomes a PQL rule', async () => {
  await open(asking('/activations', { staying: { from: 8, to: 21 } }));
  await page
    .getByRole('heading', { level: 1 })
    .filter({ hasText: /staying/ })
    .first()
    .waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.locator('.bars').getByRole('button').first().click();
  await page.getByRole('dialog').getByRole('row').nth(2).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'PQL rule' }).first().click();
  await page.getByRole('dialog').getByLabel('Name').fill('Did it early');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL('**/pqls/*');
  await page.getByText('Did it early').first().waitFor();
});

test('a trend is kept, put on a dashboard, shared with somebody who does not sign in, and the link is taken back', async () => {
  await open(asking('/trends', { series: [{ ...task, measure: 'people', property: '' }], by: 'week' }));
  await page.keyboard.press('s');
  await page.getByLabel('Name').fill('People who plan');
  await page.getByRole('button', { name: 'Keep the question' }).click();
  await page.getByText('People who plan is kept.').waitFor();

  await open('/dashboards');
  await page.keyboard.press('c');
  await page.getByLabel('Name').fill('Weekly');
  await page.getByRole('button', { name: 'Make the dashboard' }).click();
  await page
    .getByRole('button', { name: /Add a question/ })
    .first()
    .click();
  await page.getByText('People who plan').first().click();
  await page.getByRole('heading', { name: /People who plan/ }).waitFor();
  await page.getByRole('listbox').waitFor({ state: 'hidden' });
  await page.waitForLoadState('networkidle');
  expect(await accessibilityFaults(page)).toEqual([]);

  await open('/questions');
  await page.getByRole('row').filter({ hasText: 'People who plan' }).getByRole('button', { name: /Share/ }).click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = page.getByRole('dialog').locator('input[readonly]');
  await link.waitFor();
  const address = await link.inputValue();
  const stranger = await journey.open();
  await stranger.goto(address);
  await stranger.getByText('People who plan').first().waitFor();
  expect(await stranger.getByText('Weftwork').count()).toBe(0);
  expect(await accessibilityFaults(stranger)).toEqual([]);
  await page
    .getByRole('button', { name: /Revoke/ })
    .first()
    .click();
  await page.waitForLoadState('networkidle');
  await stranger.reload();
  await stranger.getByRole('heading', { level: 1 }).filter({ hasText: 'does not work' }).waitFor();
  await stranger.context().close();
});

test('a PQL is defined, tried on the past, and its leads are listed', async () => {
  await open('/pqls');
  await page.keyboard.press('c');
  await page.getByLabel('Name').fill('Ready to buy');
  await page.getByRole('dialog').getByRole('button', { name: 'Choose an event' }).click();
  await page.getByRole('option', { name: /task_created/ }).click();
  await page.getByRole('textbox', { name: 'Criterion 1: At least times' }).fill('10');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL('**/pqls/*');
  await page
    .getByRole('heading', { level: 1 })
    .filter({ hasText: /converted|cannot/i })
    .first()
    .waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: /Show the/ }).click();
  await page.getByRole('dialog').getByRole('row').nth(2).waitFor();
  await page.keyboard.press('Escape');
});

test('the tracking plan starts from what arrives', async () => {
  await open('/tracking-plan?days=90');
  await page.getByRole('button', { name: 'Start from what arrives' }).first().click();
  await page.getByRole('button', { name: 'task_created' }).first().waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('a person opens to the ids that are theirs', async () => {
  await open('/people');
  await page.getByRole('table').first().getByRole('link').first().click();
  await page.waitForURL('**/people/*');
  await page.waitForLoadState('networkidle');
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('published figures are imported, laid over each other, and told where they may go, or why not', async () => {
  const grown = (month: number) =>
    Math.round((1000 * (1 - Math.exp(-0.4 * month))) / (1 + 20 * Math.exp(-0.4 * month)) + 3 * Math.sin(3 * month));
  const months = Array.from({ length: 30 }, (_, place) => new Date(Date.UTC(2024, place, 1)).toISOString().slice(0, 10));
  const lines = [
    ...months.map((month) => `everything,${month},5000`),
    ...months.slice(1).map((month, place) => `plugin one,${month},${grown(place + 1)}`),
    ...months.slice(26).map((month, place) => `plugin two,${month},${4 + place ** 2}`),
  ];
  await open('/imports/new');
  const buffer = Buffer.from(['plugin,month,installs', ...lines].join('\n'));
  await page.locator('input[type=file]').setInputFiles({ name: 'installs.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Dry run' }).click();
  await page.getByRole('heading', { level: 1, name: /^New: / }).waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: /^Imported/ }).waitFor();

  await open('/measurements');
  await page.getByRole('combobox', { name: 'Metric' }).click();
  await page.getByRole('option', { name: 'installs' }).click();
  await page.getByRole('combobox', { name: 'Subjects' }).click();
  await page.getByRole('option', { name: 'plugin one' }).click();
  await page.getByRole('heading', { level: 1, name: /plugin one stands at .*; about/ }).waitFor();
  await page.getByRole('option', { name: 'plugin two' }).click();
  await page.keyboard.press('Escape');
  await page.getByText('From each beginning').click();
  await page.getByRole('heading', { level: 1, name: /Of 2 at the same age, plugin one/ }).waitFor();
  await page.getByText('Cannot tell yet: 4 months are known, 8 are needed.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('the adoption page says how it may go on, and lays all launches over each other', async () => {
  await open('/adoptions');
  await page.getByRole('heading', { name: 'How adoption may go on' }).waitFor();
  const launches = page.getByRole('table', { name: 'Launches laid over each other' });
  await launches.getByText('Smart Handoff').first().waitFor();
  await page.getByText('The first chart on this page has the curves of all these launches').waitFor();
  await page.getByText('When each account had access', { exact: true }).click();
  await page.getByText(/\(Kaplan-Meier\)\. The band/).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

/** Opens the picker that has the focus, and takes the first that holds the text. */
const typeInPicker = async (text: string) => {
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Find an event or a feature');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
};

test('the use of a feature is chosen where events are, with the keyboard; the answer names its version, and is kept with it', async () => {
  await open(asking('/trends', { series: [{ ...task, measure: 'people', property: '' }], by: 'week' }));
  await page.getByRole('button', { name: 'Step 1: task_created' }).focus();
  await typeInPicker('planning');
  await page.getByRole('heading', { level: 1 }).filter({ hasText: 'people of Planning' }).waitFor();
  await page.getByText('Planning, version 2', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Step 1, version of the feature: newest version (2)' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'version 1' }).click();
  await page.getByText('Planning, version 1 (the feature is at 2)').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);

  await open(asking('/retentions', { by: 'month' }));
  await page.getByRole('button', { name: 'Comes back with: Any event' }).focus();
  await typeInPicker('use of round');
  await page.getByText('Round trip, version 1', { exact: true }).waitFor();
  await page.keyboard.press('s');
  await page.getByLabel('Name').fill('Back on a round trip');
  await page.getByRole('button', { name: 'Keep the question' }).click();
  await page.getByText('Back on a round trip is kept.').waitFor();
  await open('/questions');
  await page.getByRole('link', { name: 'Back on a round trip' }).click();
  await page.waitForURL((url) => url.searchParams.get('q')?.includes('"version":1') ?? false);
  await page.getByText('Round trip, version 1', { exact: true }).waitFor();
});

test('a funnel offers no use that has no moment, and says why one that is asked for is refused', async () => {
  await open(asking('/funnels', { steps: [task, handoff] }));
  await page.getByRole('button', { name: 'Step 2: handoff_accepted' }).click();
  await page.getByRole('option', { name: /Use of Smart Handoff/ }).waitFor();
  expect(await page.getByRole('option', { name: /Round trip/ }).count()).toBe(0);
  await page.getByRole('option', { name: /Use of Smart Handoff/ }).click();
  await page.getByRole('heading', { level: 1 }).filter({ hasText: 'came to Smart Handoff' }).waitFor();
  await open(asking('/funnels', { steps: [task, { kind: 'feature', feature: features.roundTrip }] }));
  await page.getByText('A use of "Round trip" is made of several events').waitFor();
  journey.complaints.splice(0, journey.complaints.length, ...journey.complaints.filter((complaint) => !complaint.includes('/funnels')));
});

test('early behaviour can be the use of a feature, and its table leaves as CSV', async () => {
  const behaviours = [{ kind: 'feature', feature: features.roundTrip }];
  const wide = { kind: 'between', from: '2026-02-01', to: '2026-08-31' };
  await open(asking('/activations', { range: wide, staying: { from: 8, to: 60 }, behaviours, most: 20 }));
  await page.getByText('Round trip, version 1', { exact: true }).waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('section').getByRole('button', { name: 'CSV' }).first().click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^activation-.*\.csv$/);
});

test('adoption is asked of a feature without a launch, in one of its versions, from a day', async () => {
  await open('/adoptions');
  await page.getByRole('combobox', { name: 'Launch' }).focus();
  await page.keyboard.press('Tab');
  await page
    .locator('[role=combobox]:focus')
    .and(page.getByRole('combobox', { name: 'Feature' }))
    .waitFor();
  await page.keyboard.type('Planning');
  await page.getByRole('option', { name: 'Planning', exact: true }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('Planning, version 2', { exact: true }).waitFor();
  await page.getByRole('combobox', { name: 'Version' }).click();
  await page.getByRole('option', { name: /^Version 1,/ }).click();
  await page.getByText('Planning, version 1 (the feature is at 2)').waitFor();
  await open(
    `/adoptions?q=${encodeURIComponent(JSON.stringify({ feature: features.changed, since: { kind: 'day', day: '2026-08-01' } }))}`,
  );
  await page
    .getByRole('heading', { level: 1 })
    .filter({ hasText: /adopted by day/ })
    .waitFor();
  expect(await page.getByRole('combobox', { name: 'Launch' }).inputValue()).toBe('');
  expect(await accessibilityFaults(page)).toEqual([]);
  for (const name of ['How adoption may go on', 'Launches laid over each other']) {
    const section = page.locator('section').filter({ has: page.getByRole('heading', { name }) });
    const [file] = await Promise.all([page.waitForEvent('download'), section.getByRole('button', { name: 'CSV' }).click()]);
    expect(file.suggestedFilename()).toMatch(/^adoption-(outlook|launches)-accounts\.csv$/);
  }
});

const pages = [
  '/dashboards',
  asking('/trends', { series: [{ ...task, measure: 'people', property: '' }], by: 'week' }),
  asking('/funnels', { steps: [task, handoff] }),
  asking('/paths', { from: handoff }),
  '/adoptions',
  `/adoptions?q=${encodeURIComponent(JSON.stringify({ since: { kind: 'day', day: '2026-08-01' }, launch: 'guest-lanes' }))}`,
  asking('/activations', {}),
  asking('/retentions', { by: 'month' }),
  asking('/subscriptions', {}),
  '/pqls',
  '/ratings',
  '/measurements',
  asking('/measurements', { metric: 'installs', subjects: ['plugin one', 'plugin two'], from: 'beginning' }),
  '/questions',
  '/events',
  '/failed-events',
  '/tracking-plan',
  '/identities',
  '/erasures',
];
/** Where a feature stands in place of an event, with its version beside it. */
const withFeatures = (): string[] => {
  const [use, trip] = [features.changed, features.roundTrip].map((feature) => ({ kind: 'feature', feature }));
  return [
    asking('/trends', {
      series: [use, { ...trip, measure: 'events' }].map((one) => ({ measure: 'people', property: '', ...one })),
      by: 'week',
    }),
    asking('/funnels', { steps: [task, { ...use, version: 1 }] }),
    asking('/retentions', { by: 'month', start: use, return: trip }),
    asking('/activations', { staying: { from: 8, to: 21, step: trip }, behaviours: [use] }),
    `/adoptions?q=${encodeURIComponent(JSON.stringify({ feature: features.changed, version: 1 }))}`,
  ];
};

test.each([
  ['light', {}],
  ['dark', { dark: true }],
  ['Chinese and narrow', { locale: 'zh-CN' as const, width: 390, height: 844 }],
])('the pages of questions and of data pass the accessibility check: %s', { timeout: 240_000 }, async (_, view) => {
  const other = await journey.open({ ...view, cookies: page });
  for (const path of [...pages, ...withFeatures()]) {
    await open(path, other);
    expect({ path, faults: await accessibilityFaults(other) }).toEqual({ path, faults: [] });
    const overflow = await other.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect({ path, overflow }).toEqual({ path, overflow: 0 });
  }
  await other.context().close();
});

test('the browser had nothing to complain about, but for the link that was taken back', () => {
  expect(journey.complaints.filter((complaint) => !complaint.includes('/shared/'))).toEqual([]);
});
