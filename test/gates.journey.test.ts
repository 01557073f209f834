import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, type Journey, startJourney, welcomeMaya } from './browser.ts';

let journey: Journey;
let page: Page;
beforeAll(async () => {
  journey = await startJourney();
  page = await journey.open();
  await welcomeMaya(page, journey);
  await page.getByRole('button', { name: /example/i }).waitFor();
  await call('POST', '/launches', { name: 'Smart Handoff', tier: 3, marketDate: '2099-03-03', stage: 'beta' });
}, 180_000);
afterAll(() => journey.close());

/** What somebody else does meanwhile, through the same door. */
const call = <Answer>(method: string, path: string, body?: object): Promise<Answer> =>
  page.evaluate(
    async ([verb, address, text]) => {
      const answer = await fetch(`/api${address}`, { method: verb, headers: { 'Content-Type': 'application/json' }, body: text });
      return (await answer.json()) as never;
    },
    [method, path, body && JSON.stringify(body)] as const,
  );
const go = async (tab: string) => page.goto(`${journey.server.url}/launches/smart-handoff/${tab}`);
const open = async (criterion: string) => {
  await page.getByRole('link', { name: criterion }).click();
  return page.getByRole('dialog');
};
const close = async () => {
  // On a machine under load a key can come before the page listens; a person presses it again.
  await expect
    .poll(
      async () => {
        await page.keyboard.press('Escape');
        return page.getByRole('dialog').count();
      },
      { timeout: 10_000, interval: 1000 },
    )
    .toBe(0);
};
const saved = () => page.getByText('Saved.').last().waitFor();

test('a launch without gates is offered the usual ones of its tier, and is not clear', async () => {
  await go('gates');
  await page.getByRole('button', { name: 'Add the usual gates of tier 3' }).click();
  await page.getByRole('heading', { level: 1, name: 'Not clear to launch: 1 gate fails.' }).waitFor();
  await page.getByText('No positioning is saved: nobody has said what only we have').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('“go” is refused for want of a differentiator', async () => {
  await page.getByRole('button', { name: 'Decide', exact: true }).click();
  await page.getByRole('button', { name: 'Decide: Go', exact: true }).click();
  await page.getByText(/^Not clear to launch: 5 criteria are not ready/).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await close();
});

test('the positioning names what only we have, with evidence', async () => {
  await go('positioning');
  await page.getByRole('heading', { level: 1, name: 'Nobody has said yet what only we have.' }).waitFor();
  await page.keyboard.press('e');
  await page.getByLabel('For whom').fill('Operations leads');
  await page.getByLabel('What only we have').fill('Packs decisions and files into a brief');
  await page.getByRole('button', { name: 'Add evidence' }).click();
  await page.getByLabel('Evidence 1: what was found').fill('34 of 40 teams lost work at a handoff');
  await page.getByLabel('Source').fill('Interviews');
  await page.getByRole('button', { name: 'Save as version 1' }).click();
  await page.getByRole('heading', { level: 1, name: 'What only we have is named and proven, in version 1.' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('what somebody else saves meanwhile is shown beside a text that stays, and both can be compared afterwards', async () => {
  await page.keyboard.press('e');
  await page.getByLabel('So what').fill('Nobody waits');
  const { versions } = await call<{ versions: { evidence: object[] }[] }>('GET', '/launches/smart-handoff/positioning');
  const theirs = { differentiator: 'Packs decisions into a brief', soWhat: 'Work waits less', evidence: versions[0]!.evidence };
  await call('POST', '/launches/smart-handoff/positioning', { basedOn: 1, ...theirs });
  await page.getByRole('heading', { name: 'Version 2 was saved meanwhile' }).waitFor();
  expect(await page.getByLabel('So what').inputValue()).toBe('Nobody waits');
  await page.getByRole('button', { name: 'Go on from version 2' }).click();
  await page.getByRole('button', { name: 'Save as version 3' }).click();
  await page.getByRole('heading', { name: 'From version 2 to version 3' }).waitFor();
  expect((await page.locator('ins').allInnerTexts()).join(' ')).toContain('Nobody');
  expect((await page.locator('del').allInnerTexts()).join(' ')).toContain('less');
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('criteria become ready, waived, or ready by somebody else while one looks', async () => {
  await go('gates');
  await page.getByText('What only we have is named, evidence: 1').waitFor();
  const proofread = await open('Proofread, interface tested');
  await proofread.getByLabel('At risk').check();
  await proofread.getByRole('button', { name: 'Save' }).first().click();
  await saved();
  expect(await accessibilityFaults(page)).toEqual([]);
  await close();
  // Escape answers the question that stands over a drawer, and only that.
  const beneath = await open('Goals registered');
  await beneath.getByRole('button', { name: 'Waive' }).click();
  const question = page.getByRole('dialog', { name: 'Waive: Goals registered' });
  await question.waitFor();
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  await beneath.getByRole('button', { name: 'Waive' }).waitFor();
  await close();
  for (const name of ['Goals registered', 'Required deliverables signed']) {
    await (await open(name)).getByRole('button', { name: 'Waive' }).click();
    const waive = page.getByRole('dialog', { name: `Waive: ${name}` });
    await waive.getByLabel('Reason').fill('A small change without a goal of its own');
    await waive.getByRole('button', { name: 'Waive' }).click();
    await waive.waitFor({ state: 'detached' });
    await close();
  }
  type Listed = { gates: { criteria: { id: string; kind: string; version: number }[] }[] };
  const { gates } = await call<Listed>('GET', '/launches/smart-handoff/gates');
  const { id, version } = gates[0]!.criteria.find(({ kind }) => kind === 'support_briefed')!;
  await call('PUT', `/gate-criteria/${id}/state`, { version, state: 'ready' });
  await page.getByText('Ready; no evidence is named').waitFor();
  await page.getByRole('heading', { level: 1, name: 'Not clear to launch: 1 gate waits.' }).waitFor();
});

test('“go with follow-ups” moves the launch on, stays to be read, and what is left is ticked off', async () => {
  await page.getByRole('button', { name: 'Decide', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Go with follow-ups').check();
  await dialog.getByLabel('What').fill('Read the Chinese pages');
  await dialog.getByLabel('Owner').click();
  await page.getByRole('option', { name: 'Maya Lindqvist' }).click();
  await dialog.getByLabel('By').fill('1 Mar 2099');
  await dialog.getByRole('button', { name: 'Decide: Go with follow-ups' }).click();
  await page.getByText('Decided: Go with follow-ups. Smart Handoff is in GA.').waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByText('All that was left is done').waitFor();
  await page.getByRole('link', { name: 'Go with follow-ups' }).click();
  await page.getByRole('dialog').getByText('from Beta to GA').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(journey.complaints.filter((line) => !line.includes('409'))).toEqual([]);
});
