import { expect, test } from 'vitest';
import { onePosthog, posthog } from './receiving.fixture.ts';

test('one event, a list of events, and a list with something around it are all taken', () => {
  const event = { event: 'Exported', properties: { distinct_id: 'u1', token: 'lw_x' }, uuid: 'm1' };
  for (const sent of [event, [event], { api_key: 'lw_x', batch: [event] }])
    expect(posthog(sent).arrivals).toMatchObject([{ kind: 'track', name: 'Exported', user: 'u1', message: 'm1' }]);
  expect(() => posthog({ batch: [] })).toThrow('no event');
});

test.each([
  ['the id of the browser', { $device_id: 'u1' }],
  ['somebody who has not signed in', { $is_identified: false }],
  ['somebody who is called anonymous', { $user_state: 'anonymous' }],
])('%s is anonymous', (_, properties) => {
  expect(onePosthog({ properties })).toMatchObject({ anonymous: 'u1' });
  expect(onePosthog({ properties })).not.toHaveProperty('user');
});

test('everybody else is a person, whatever browser they use', () => {
  const arrival = onePosthog({ properties: { $device_id: 'd1', $is_identified: true } });
  expect(arrival).toMatchObject({ user: 'u1' });
  expect(arrival).not.toHaveProperty('anonymous');
});

test('identify names the person and the browser that they were, with what is known of them', () => {
  const properties = {
    $anon_distinct_id: 'a1',
    $set: { email: 'ada@example.com' },
    $set_once: { plan: 'Free', $initial_referrer: 'x' },
    $device_id: 'd1',
  };
  expect(onePosthog({ event: '$identify', properties })).toMatchObject({
    kind: 'identify',
    name: '$identify',
    user: 'u1',
    anonymous: 'a1',
    traits: { email: 'ada@example.com', '$set_once.plan': 'Free' },
  });
  expect(onePosthog({ event: '$set', $set: { plan: 'Pro' } })).toMatchObject({ kind: 'identify', user: 'u1', traits: { plan: 'Pro' } });
  expect(onePosthog({ properties: { $set: { plan: 'Pro' } } })).toMatchObject({ kind: 'track', name: 'Exported', traits: { plan: 'Pro' } });
});

test('an alias joins the older id to the lasting one', () => {
  const alias = (properties: object) => onePosthog({ event: '$create_alias', properties });
  expect(alias({ alias: 'a1' })).toMatchObject({ kind: 'alias', name: '$alias', user: 'u1', previous: 'a1' });
  expect(alias({ alias: 'ada', $is_identified: false })).toMatchObject({ kind: 'alias', user: 'ada', previous: 'u1' });
  expect(alias({ alias: 'u1' })).not.toHaveProperty('previous');
  expect(posthog({ event: '$create_alias', distinct_id: 'u1' }).failed).toEqual([{ index: 0, code: 'missing_previous' }]);
});

test('of the groups that somebody belongs to, the company is the account, or else the first', () => {
  expect(onePosthog({ properties: { $groups: { project: 'p1', Company: 'g1' } } }).account).toBe('g1');
  expect(onePosthog({ properties: { $groups: { team: 't1', project: 'p1' } } }).account).toBe('t1');
});

test('a group is described as an account, without a person where the client made one up', () => {
  const properties = { $group_type: 'company', $group_key: 'g1', $group_set: { name: 'Acme' } };
  const arrival = onePosthog({ event: '$groupidentify', distinct_id: '$company_g1', properties });
  expect(arrival).toMatchObject({ kind: 'group', name: '$group', account: 'g1', traits: { name: 'Acme' } });
  expect(arrival).not.toHaveProperty('user');
  expect(onePosthog({ event: '$groupidentify', properties })).toMatchObject({ user: 'u1', account: 'g1' });
  const project = { $group_type: 'project', $group_key: 'p1', $groups: { project: 'p1', company: 'g1' } };
  expect(onePosthog({ event: '$groupidentify', properties: project })).toMatchObject({
    kind: 'track',
    name: '$groupidentify',
    account: 'g1',
  });
});

test('pages and screens have the names that they have for all clients', () => {
  const properties = {
    $current_url: 'https://w.example/a',
    $pathname: '/a',
    utm_source: 'mail',
    $lib: 'web',
    $ip: '203.0.113.9',
    token: 'lw_x',
    custom: 1,
  };
  expect(onePosthog({ event: '$pageview', properties })).toMatchObject({
    kind: 'page',
    name: '$page',
    properties: { url: 'https://w.example/a', path: '/a', utm_source: 'mail', library: 'web', custom: '1' },
  });
  expect(JSON.stringify(onePosthog({ event: '$pageview', properties }))).not.toMatch(/203\.0|lw_x/);
  expect(onePosthog({ event: '$screen', properties: { $screen_name: 'Home' } })).toMatchObject({
    kind: 'screen',
    properties: { name: 'Home' },
  });
});

test('the time is corrected by when it was sent, or by how long it waited; old events that are moved over keep theirs', () => {
  const event = { event: 'e', distinct_id: 'u1', timestamp: '2026-06-01T15:00:00Z' };
  const at = (sent: object, sentAt?: unknown) => posthog(sent, sentAt).arrivals[0]!.at;
  expect(at({ batch: [event], sent_at: '2026-06-01T15:00:05Z' })).toBe('2026-06-01 11:59:55.000');
  expect(at({ ...event, sent_at: '2026-06-01T15:00:05Z' })).toBe('2026-06-01 11:59:55.000');
  expect(at([event], Date.UTC(2026, 5, 1, 15, 0, 5))).toBe('2026-06-01 11:59:55.000');
  expect(at([{ event: 'e', distinct_id: 'u1', offset: 3000 }])).toBe('2026-06-01 11:59:57.000');
  expect(
    at({ batch: [{ ...event, timestamp: '2025-01-01T00:00:00Z' }], sent_at: '2026-06-01T15:00:05Z', historical_migration: true }),
  ).toBe('2025-01-01 00:00:00.000');
});

test.each([
  [null, 'not_an_object'],
  [{ distinct_id: 'u' }, 'missing_event'],
  [{ event: 'e' }, 'missing_identity'],
  [{ event: '$groupidentify', distinct_id: 'u' }, 'missing_group'],
  [{ event: 'e', distinct_id: 'u', properties: { text: 'x'.repeat(2 * 1024 ** 2) } }, 'too_large'],
])('an event that cannot be counted is kept apart, and the others go on: %.60o', (poison, code) => {
  const { failed, arrivals } = posthog({ batch: [{ event: 'e', distinct_id: 'u' }, poison] });
  expect(failed).toEqual([{ index: 1, code }]);
  expect(arrivals).toMatchObject([{ kind: 'track' }, { kind: 'failed', reason: code, raw: JSON.stringify(poison) }]);
});
