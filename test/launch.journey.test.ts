import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, type Journey, settled, startJourney } from './browser.ts';

/** The day on which it happens; both the server and the browser go by it. */
let today = new Date('2026-06-01T14:00:00Z');
let journey: Journey;
let page: Page;

const goTo = async (path: string, on = page) => {
  await on.clock.setFixedTime(today);
  await on.goto(`${journey.server.url}${path}`);
};

/** Calls an operation as whoever is signed in: for what is many times the same. */
const call = <Answer>(operation: string, input: object, on = page): Promise<Answer> =>
  on.evaluate(
    async ([path, json]) => {
      const headers = { 'Content-Type': 'application/json', 'x-landfall-workspace': localStorage.getItem('landfall.workspace') ?? '' };
      const answer = await fetch(`/api/rpc/${path}`, { method: 'POST', headers, body: JSON.stringify({ json }) });
      const body = (await answer.json()) as { json: unknown };
      if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(body.json)}`);
      return body.json as never;
    },
    [operation.replace('.', '/'), input] as const,
  );

const faultsIn = async (path: string) => {
  const found: string[] = [];
  for (const view of [{}, { dark: true }, { locale: 'zh-CN' as const }, { width: 390, height: 844 }]) {
    const other = await journey.open({ ...view, cookies: page });
    await goTo(path, other);
    await other.getByRole('heading', { level: 1 }).first().waitFor();
    await settled(other);
    found.push(...(await accessibilityFaults(other)).map((fault) => `${path} ${JSON.stringify(view)}: ${fault}`));
    await other.context().close();
  }
  return found;
};

/** Signs in without the browser, which by its own clock would throw the cookie of another year away. */
const enter = async (on: Page, path: string, input: object) => {
  const answer = await fetch(`${journey.server.url}/api${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(input),
  });
  expect(answer.status, await answer.text()).toBe(200);
  const cookies = answer.headers.getSetCookie().map((line) => line.split(';')[0]!.split('='));
  await on.context().addCookies(cookies.map(([name, value]) => ({ name: name!, value: value!, url: journey.server.url })));
};

const maya = { email: 'maya@weftwork.example', password: 'correct horse battery staple' };

beforeAll(async () => {
  journey = await startJourney(() => today);
  page = await journey.open();
  await enter(page, '/welcome', {
    name: 'Maya Lindqvist',
    ...maya,
    workspace: { name: 'Weftwork', timeZone: 'America/New_York', currency: 'USD' },
  });
  await goTo('/');
  await page.getByRole('button', { name: /example/i }).click();
  await page.getByText('Smart Handoff').first().waitFor({ timeout: 180_000 });
}, 240_000);
afterAll(() => journey.close());

test('a tier 1 launch for enterprise is made in the browser', async () => {
  await goTo('/launches');
  await page.getByRole('link', { name: 'New launch' }).first().click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Relay');
  await page.getByRole('combobox', { name: 'Tier' }).click();
  await page.getByRole('option', { name: 'Tier 1' }).click();
  await page.getByRole('textbox', { name: 'Market date', exact: true }).fill('30 Jun 2026');
  await page.keyboard.press('Tab');
  await page.getByRole('combobox', { name: /Feature behind it/ }).click();
  await page.getByRole('option', { name: 'Smart Handoff' }).click();
  await page
    .getByLabel(/^enterprise \(/)
    .last()
    .check();
  await page
    .getByLabel(/^Personas/)
    .first()
    .fill('Operations lead');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: /Brief/ }).fill('**Hand work over once**, without the meeting.');
  await page.getByRole('button', { name: 'Create launch' }).click();
  await page.waitForURL('**/launches/relay');
  await page.getByText('29 days to launch').waitFor();
  expect(await page.getByText('Hand work over once', { exact: true }).evaluate((node) => node.tagName)).toBe('STRONG');
});

test('its template warns about the audience, names the difference, and fills the bill of materials', async () => {
  await goTo('/launches/relay');
  const template = await call<{ version: number; name: string; content: object }>('templates.get', { template: 'tier-1' });
  const audience = { segments: ['small'], personas: [], note: '' };
  await call('templates.save', { template: 'tier-1', ...template, content: { ...template.content, audience } });
  await goTo('/launches/relay/deliverables');
  await page.getByRole('button', { name: 'Apply a template' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/small/).first().waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: /^Apply/ }).click();
  await page.getByText(/of 23 are open/).waitFor();
  expect(await page.getByRole('row').filter({ hasText: 'Sales deck' }).innerText()).toContain('16 Jun');
});

test('moving it by two weeks says first what moves, and then moves it', async () => {
  await page.getByRole('button', { name: 'Move market date' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('New market date').fill('14 Jul 2026');
  await page.keyboard.press('Tab');
  await dialog.getByText('23 due days move.').waitFor();
  await dialog.getByLabel('Why').fill('The beta needs two weeks more');
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Move to this day' }).click();
  await page.getByText('The market date is 14 Jul').waitFor();
  await expect.poll(() => page.getByRole('row').filter({ hasText: 'Sales deck' }).innerText()).toContain('30 Jun');
});

test('another member sees the board move without loading it again, and the keyboard moves a card as well', async () => {
  const { link } = await call<{ link: string }>('invitations.create', { email: 'nico@weftwork.test', role: 'contributor' });
  const other = await journey.open();
  await enter(other, '/invitations/accept', {
    token: link.split('/').at(-1),
    name: 'Nico Petit',
    password: 'another horse battery staple',
  });
  await goTo('/launches/relay/deliverables?view=board', other);
  const drafting = other.locator('[data-status="drafting"]');
  await drafting.waitFor();
  await goTo('/launches/relay/deliverables?view=board');
  const card = page.locator('[data-card]').filter({ hasText: 'Message house' });
  await card.dragTo(page.locator('[data-status="drafting"]'), { targetPosition: { x: 60, y: 30 } });
  await page.locator('[data-status="drafting"]').getByText('Message house').waitFor();
  await drafting.getByText('Message house').waitFor({ timeout: 10_000 });
  await page.locator('[data-card]').filter({ hasText: 'Sales deck' }).focus();
  await page.keyboard.press('Shift+ArrowRight');
  await drafting.getByText('Sales deck').waitFor({ timeout: 10_000 });
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await other.locator('[data-status="planned"]').getByText('Sales deck').waitFor({ timeout: 10_000 });
  await other.context().close();
});

type Charter = { version: number; parts: object; functions: { function: string; members: { id: string; approves: boolean }[] }[] };

/** In a small company one person may sign for every function. */
const signForAll = async () => {
  const { version, parts, functions } = await call<Charter>('charters.get', {});
  const { member } = await call<{ member: { id: string } }>('sessions.get', {});
  const members = functions.flatMap(({ function: each, members: there }) => [
    ...there.map(({ id, approves }) => ({ function: each, memberId: id, approves })),
    { function: each, memberId: member.id, approves: true },
  ]);
  await call('charters.update', { version, parts, members });
};

type Gate = {
  id: string;
  stage: string;
  version: number;
  criteria: { id: string; kind: string; version: number; checksItself: boolean }[];
};
const gateOf = async (stage: string) => {
  const { gates } = await call<{ gates: Gate[] }>('gates.list', { launch: 'relay' });
  return gates.find((gate) => gate.stage === stage)!;
};
const gateSection = (name: string) => page.getByRole('region', { name: new RegExp(name) });
const decideGo = async (gate: string) => {
  await gateSection(gate).getByRole('button', { name: 'Decide' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Decide: Go' }).click();
};

const choose = async (inside: Locator, label: string, option: string | RegExp) => {
  await inside.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
};

const addStatement = async (stage: string) => {
  await page.getByRole('button', { name: 'Add what a tester said' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('In their words').fill('I would not miss the meeting.');
  await dialog.getByLabel('Who').fill('Head of operations');
  await choose(dialog, 'Stage', stage);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
};

const addGoal = async (name: string, fill: (form: Locator) => Promise<void>) => {
  await page.getByRole('button', { name: 'New goal' }).first().click();
  const form = page.getByRole('dialog');
  await form.getByLabel('The goal in words').fill(name);
  await fill(form);
  await form.getByRole('button', { name: 'Save draft' }).click();
  await page.getByText(`“${name}” is a draft.`).waitFor();
  await page.keyboard.press('Escape');
  await form.waitFor({ state: 'hidden' });
};

const openGoal = async (name: string) => {
  await page.getByRole('table').getByRole('button', { name }).click();
  return page.getByRole('dialog');
};

const measureBaseline = async (name: string) => {
  const drawer = await openGoal(name);
  await drawer.getByRole('button', { name: 'Measure the baseline' }).click();
  await page.getByText('The baseline is measured').first().waitFor();
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });
};

const enterBaseline = async (name: string, count: number, of: number) => {
  await openGoal(name);
  await page.getByRole('button', { name: 'Enter the baseline' }).click();
  const dialog = page.getByRole('dialog', { name: `What was measured: ${name}` });
  await dialog.getByLabel('How many said so').fill(String(count));
  await dialog.getByLabel('Of how many asked').fill(String(of));
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('It is entered.').waitFor();
};

const approveTier = async () => {
  await goTo('/launches/relay');
  const approve = page.getByRole('button', { name: /^Approve/ });
  for (let left = 2; left > 0; left -= 1) {
    await approve.first().click();
    await expect.poll(() => approve.count()).toBe(left - 1);
  }
};

const signEverything = async () => {
  const { deliverables } = await call<{ deliverables: { id: string; signOffs: unknown[] }[] }>('deliverables.list', { launch: 'relay' });
  for (const { id, signOffs } of deliverables.filter((each) => each.signOffs.length > 0)) {
    await goTo(`/launches/relay/deliverables?open=${id}`);
    const sign = page.getByRole('button', { name: /^Sign for/ });
    for (let left = signOffs.length; left > 0; left -= 1) {
      await sign.first().click();
      await expect.poll(() => sign.count(), { timeout: 10_000 }).toBe(left - 1);
    }
  }
};

const setCriteria = async () => {
  for (const { id, kind, checksItself } of (await gateOf('beta')).criteria) {
    if (checksItself) continue;
    await goTo(`/launches/relay/gates?criterion=${id}`);
    const drawer = page.getByRole('dialog');
    if (kind === 'field_readiness') {
      await drawer.getByLabel('Certified', { exact: true }).fill('40');
      await drawer.getByLabel('Of', { exact: true }).fill('42');
    } else await drawer.getByLabel('Ready', { exact: true }).check();
    await drawer.getByRole('button', { name: 'Save' }).first().click();
    await page.getByText('Saved.').waitFor();
  }
};

test('without a differentiator the gate stays closed, evidence opens it', async () => {
  await goTo('/launches/relay/gates');
  await decideGo('Gate of Concept');
  await page.getByText('Relay is in Alpha').waitFor();
  await decideGo('Gate of Alpha');
  await page
    .getByRole('dialog')
    .getByText(/Not clear to launch/)
    .waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await goTo('/launches/relay/positioning');
  await page.getByRole('button', { name: 'Write the positioning' }).first().click();
  await page.getByRole('textbox', { name: 'For whom' }).fill('Operations leads whose work crosses teams');
  await page.getByRole('textbox', { name: 'What only we have' }).fill('The receiving team accepts with one click, with the whole context');
  await page.getByRole('button', { name: 'Add evidence' }).click();
  await page
    .getByRole('textbox', { name: 'Evidence 1: what was found' })
    .fill('34 of 40 interviews name the meeting as what they want gone');
  await page.getByRole('textbox', { name: 'Source' }).fill('Interviews, spring');
  await page.getByRole('textbox', { name: 'Day' }).fill('20 May 2026');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Save as version 1' }).click();
  await page.getByText('Version 1 is saved.').waitFor();
  for (const stage of ['Alpha', 'Beta']) await addStatement(stage);
  await page.getByRole('button', { name: 'Mark 2 statements as taken in' }).click();
  await page.getByText('Marked as taken in.').waitFor();
  await goTo('/launches/relay/gates');
  await decideGo('Gate of Alpha');
  await page.getByText('Relay is in Beta').waitFor();
});

test('goals are registered with their baseline, and go at the market gate freezes them', async () => {
  await goTo('/launches/relay/goals');
  await page
    .getByRole('button', { name: /New goal|Add goal/ })
    .first()
    .click();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await addGoal('A fifth hand over with Relay', async (form) => {
    await choose(form, 'Measured by', 'Adoption of a feature');
    await form.getByLabel('Target, %').fill('20');
  });
  await addGoal('Nearly all hand over with Relay', async (form) => {
    await choose(form, 'Measured by', 'Adoption of a feature');
    await form.getByLabel('Target, %').fill('97');
  });
  for (const name of ['A fifth hand over with Relay', 'Nearly all hand over with Relay']) await measureBaseline(name);
  await addGoal('Known without being asked', async (form) => {
    await choose(form, 'What it is for', 'Awareness');
    await choose(form, 'Measured by', /recall survey/);
    await form.getByLabel('The question, word for word').fill('Which product comes to mind?');
    await form.getByLabel('Where it is measured').fill('Recall survey');
    await form.getByLabel('Target, %').fill('30');
  });
  await enterBaseline('Known without being asked', 12, 200);
  await signForAll();
  await approveTier();
  await signEverything();
  await setCriteria();
  await goTo('/launches/relay/gates');
  await decideGo('Gate of Beta');
  await page.getByText('Relay is in GA').waitFor();
  await goTo('/launches/relay/goals');
  await page
    .getByText(/Registered/)
    .first()
    .waitFor();
}, 240_000);

test('on the day the run sheet is checked and the changelog goes out to everybody', async () => {
  today = new Date('2026-07-14T13:00:00Z');
  await enter(page, '/session', maya);
  await goTo('/launches/relay/day');
  await page.getByRole('button', { name: 'Add the usual steps' }).click();
  await page.getByRole('button', { name: 'Done', exact: true }).nth(6).waitFor();
  await page.getByRole('button', { name: 'Done', exact: true }).first().click();
  await page.getByText('1 of 7 steps are done.').waitFor();
  await call('changelogs.update', {
    version: 0,
    isPublic: true,
    name: 'weftwork',
    title: 'What is new at Weftwork',
    locale: 'en',
    origins: [],
  });
  await goTo('/launches/relay/announcements');
  await page.getByRole('link', { name: 'New announcement' }).first().click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Relay: hand work over once');
  await page.getByRole('textbox', { name: /^Text/ }).fill('Accept work with **its whole context**. <script>alert(1)</script>');
  await page.getByRole('button', { name: 'Save the draft' }).click();
  await page.getByText('is saved').waitFor();
  await page.getByRole('button', { name: 'Publish' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Relay: hand work over once is published.').waitFor();
  const visitor = await journey.open();
  await visitor.goto(`${journey.server.url}/changelog/weftwork`);
  await visitor.getByRole('heading', { name: 'Relay: hand work over once' }).waitFor();
  expect(await visitor.getByText('its whole context').evaluate((node) => node.tagName)).toBe('STRONG');
  expect(await accessibilityFaults(visitor)).toEqual([]);
  await visitor.context().close();
});

test('after 90 days the landing report judges: one goal met, one missed, one that cannot be told', async () => {
  today = new Date('2026-11-01T13:00:00Z');
  await enter(page, '/session', maya);
  await goTo('/launches/relay/report');
  await page.getByRole('heading', { level: 1 }).filter({ hasText: /\d/ }).waitFor({ timeout: 30_000 });
  const { goals } = await call<{ goals: { name: string; kind: string; verdict: string }[] }>('landingReports.get', { launch: 'relay' });
  const verdicts = Object.fromEntries(goals.filter(({ kind }) => kind === 'horizon').map(({ name, verdict }) => [name, verdict]));
  expect(verdicts).toEqual({
    'A fifth hand over with Relay': 'met',
    'Nearly all hand over with Relay': 'missed',
    'Known without being asked': 'cannot_tell',
  });
  for (const name of Object.keys(verdicts)) await page.getByText(name).first().waitFor();
});

test('every page of the launch passes the accessibility checks, light and dark, in Chinese and on a phone', async () => {
  const pages = [
    '',
    '/positioning',
    '/goals',
    '/deliverables',
    '/deliverables?view=board',
    '/deliverables?view=timeline',
    '/gates',
    '/day',
    '/announcements',
  ];
  const faults: string[] = [];
  for (const each of pages) faults.push(...(await faultsIn(`/launches/relay${each}`)));
  faults.push(...(await faultsIn('/assignments')), ...(await faultsIn('/calendar')));
  expect(faults).toEqual([]);
}, 480_000);

test('300 deliverables are shown and filtered at once', async () => {
  await call('deliverables.import', {
    launch: 'guest-lanes',
    dryRun: false,
    csv: `Name,Due Date,Status\n${Array.from({ length: 300 }, (_, index) => `Item ${index},2026-11-${String((index % 28) + 1).padStart(2, '0')},To do`).join('\n')}\n`,
  });
  await goTo('/launches/guest-lanes/deliverables');
  await page.getByText(/^200 of 3\d\d/).waitFor();
  await page.getByRole('searchbox').fill('Item 17');
  await expect.poll(() => page.getByRole('row').count()).toBe(12);
  // What is refused on purpose, the browser writes down as well.
  expect(journey.complaints.filter((line) => !line.includes('409'))).toEqual([]);
});
