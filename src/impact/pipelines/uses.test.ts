import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { insertEvents } from '../landing-reports/store.fixture.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const batch = { import: '00000000-0000-4000-8000-0000000000aa', version: 1, properties: {} };
const on = (day: string | null) => day && `${day} 12:00:00.000`;
const event = (id: string, account: string, day: string, name: string, properties: Record<string, string> = {}) => ({
  ...batch,
  id,
  name,
  at: on(day),
  person_id: '',
  account_id: account,
  properties,
});
const deal = (id: string, account: string | null, state: string, created: string | null, closed: string | null = null) => ({
  ...batch,
  id,
  name: id,
  account_id: account,
  state,
  amount: 100,
  currency: 'USD',
  created_at: on(created),
  closed_at: on(closed),
});

/**
 * a used Handoff before its deal was created; b on the day on which it was, and after it was closed; c too long before; d never, e in the newest
 * version only; the deal g names no account. a came by the short link to the page, b by one whose words lead elsewhere, too.
 */
const used = async () => {
  const opened = await app.workspace('Used');
  const { client, context } = opened;
  const { events } = context;
  await events.insert(
    'account',
    ['a', 'b', 'c', 'd', 'e'].map((id) => ({ ...batch, id, name: id.toUpperCase() })),
  );
  const arrived = (campaign: string, content: string) => ({
    utm_campaign: campaign,
    utm_source: 'LinkedIn',
    utm_medium: 'social',
    utm_content: content,
  });
  const { key: launch } = await client.launches.create({ name: 'Relay', marketDate: '2026-03-03' });
  const { utmCampaign } = await client.programs.create({ name: 'Spring', launch });
  const link = (target: string, content: string) =>
    client.trackedLinks.create({ program: 'spring', target, source: 'linkedin', medium: 'social', content });
  await link('https://www.weftwork.example/relay', 'page');
  await link('https://www.weftwork.example/sheet', 'twice');
  await link('https://www.weftwork.example/elsewhere', 'twice');
  const add = (name: string, url: string) => client.deliverables.create({ launch, name, links: [{ url }] });
  await add('Page', 'https://www.weftwork.example/relay');
  await add('Sheet', 'https://www.weftwork.example/sheet');
  await add('Talk', 'https://talks.example/relay');
  await insertEvents(events, [
    event('e1', 'a', '2026-01-20', 'Handoff accepted'),
    event('e2', 'b', '2026-02-01', 'Handoff accepted'),
    event('e3', 'b', '2026-04-01', 'Handoff accepted'),
    event('e4', 'c', '2025-01-01', 'Handoff accepted'),
    event('e5', 'e', '2026-01-20', 'Handoff shared'),
    event('e6', 'a', '2026-01-25', 'Page viewed', arrived(utmCampaign, 'page')),
    event('e7', 'b', '2026-01-25', 'Page viewed', arrived(utmCampaign, 'twice')),
  ]);
  await events.insert('opportunity', [
    deal('a', 'a', 'won', '2026-02-01', '2026-03-01'),
    deal('b', 'b', 'lost', '2026-02-01', '2026-03-01'),
    deal('c', 'c', 'open', '2026-02-01'),
    deal('d', 'd', 'won', '2026-02-01', '2026-03-01'),
    deal('e', 'e', 'open', '2026-02-01'),
    deal('g', null, 'won', '2026-02-01', '2026-03-01'),
  ]);
  return opened;
};

test('deals by the features and deliverables that their accounts used, counted by hand; what cannot be measured is named', async () => {
  const { client } = await used();
  const feature = await client.features.create({ name: 'Handoff', rule: { eventName: 'Handoff accepted' } });
  const said = (groups: { kind: string; name: string; created: number; won: number; sourced: number; influenced: number }[]) =>
    groups.map(({ kind, name, created, won, sourced, influenced }) => [name || kind, created, won, sourced, influenced]);
  const byFeature = await client.pipelines.get({ breakdown: { by: 'feature' } });
  expect(said(byFeature.groups)).toEqual([
    ['Handoff', 2, 1, 1, 2],
    ['not_set', 4, 2, 0, 0],
  ]);
  expect(byFeature).toMatchObject({
    groupsOverlap: true,
    uses: { cannotTell: 1, notMeasured: [] },
    all: { created: 6, sourced: 0, influenced: 0 },
    facts: { features: [{ id: feature.id, name: 'Handoff', version: 1, newestVersion: 1 }] },
  });
  const behind = await client.pipelines.rows({ breakdown: { by: 'feature' }, group: { kind: 'usual', name: 'Handoff' } });
  expect(behind.rows.map(({ name }) => name)).toEqual(['a', 'b']);
  const byDeliverable = await client.pipelines.get({ breakdown: { by: 'deliverable' } });
  expect(said(byDeliverable.groups)).toEqual([
    ['Page (Relay)', 1, 1, 1, 1],
    ['not_set', 5, 2, 0, 0],
  ]);
  expect(byDeliverable.uses!.notMeasured).toEqual([
    { name: 'Sheet (Relay)', why: 'shared_words' },
    { name: 'Talk (Relay)', why: 'no_link' },
  ]);
});

test('a feature that no launch is judged by counts in its newest version', async () => {
  const { client } = await used();
  const feature = await client.features.create({ name: 'Handoff', rule: { eventName: 'Handoff accepted' } });
  await client.features.update({ feature: feature.id, rule: { kind: 'any', steps: [{ event: 'Handoff shared', filters: [] }] } });
  const { groups, facts } = await client.pipelines.get({ breakdown: { by: 'feature' } });
  expect(groups.find(({ name }) => name === 'Handoff')).toMatchObject({ created: 1, sourced: 1 });
  expect(facts.features).toMatchObject([{ version: 2 }]);
});
