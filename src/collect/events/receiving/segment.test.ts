import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { zh } from '../../failed-events/messages.ts';
import { one, segment, track } from './receiving.fixture.ts';

test('each kind of call becomes one event of its kind', () => {
  const { arrivals, failed } = segment({
    batch: [
      track({ messageId: 'm1', anonymousId: 'a1', context: { groupId: 'g1' } }),
      {
        type: 'identify',
        messageId: 'm2',
        userId: 'u1',
        anonymousId: 'a1',
        traits: { email: 'ada@example.com', address: { country: 'DE' } },
      },
      { type: 'group', messageId: 'm3', userId: 'u1', groupId: 'g1', traits: { name: 'Acme' } },
      { type: 'page', messageId: 'm4', anonymousId: 'a1', name: 'Pricing', properties: { url: 'https://weftwork.example/pricing' } },
      { type: 'screen', messageId: 'm5', anonymousId: 'a1', name: 'Home' },
      { type: 'alias', messageId: 'm6', userId: 'u1', previousId: 'a2' },
    ],
  });
  expect(failed).toEqual([]);
  expect(arrivals).toMatchObject([
    { kind: 'track', name: 'Exported', user: 'u1', anonymous: 'a1', account: 'g1', workspace: 'w', key: 'k', message: 'm1' },
    { kind: 'identify', name: '$identify', user: 'u1', anonymous: 'a1', traits: { email: 'ada@example.com', 'address.country': 'DE' } },
    { kind: 'group', name: '$group', user: 'u1', account: 'g1', traits: { name: 'Acme' } },
    { kind: 'page', name: '$page', anonymous: 'a1', properties: { name: 'Pricing', url: 'https://weftwork.example/pricing' } },
    { kind: 'screen', name: '$screen', anonymous: 'a1', properties: { name: 'Home' } },
    { kind: 'alias', name: '$alias', user: 'u1', previous: 'a2' },
  ]);
  expect(arrivals[5]).not.toHaveProperty('anonymous');
});

test('the call in the address counts before the one in the body', () => {
  expect(one({ type: 'track', userId: 'u1', traits: { plan: 'Pro' } }, 'identify')).toMatchObject({
    kind: 'identify',
    traits: { plan: 'Pro' },
  });
});

test('properties are flat texts; lists stay JSON, nulls are left out', () => {
  const properties = { plan: { name: 'Pro', seats: 5 }, tags: ['a', { b: 1 }], paid: true, none: null, empty: {}, zero: 0, text: '' };
  expect(one(track({ properties })).properties).toEqual({
    'plan.name': 'Pro',
    'plan.seats': '5',
    tags: '["a",{"b":1}]',
    paid: 'true',
    zero: '0',
    text: '',
  });
  expect(one(track({ properties: [] }))).not.toHaveProperty('properties');
});

test('what surrounds a call has the same names for all clients, gives way to its properties, and never has the address of the caller', () => {
  const context = {
    ip: '203.0.113.9',
    page: { url: 'https://w.example/a', path: '/a', referrer: 'https://search.example/', title: 'A', search: '?q' },
    campaign: { name: 'spring', source: 'mail', gclid: 'x' },
    library: { name: 'analytics.js', version: '2' },
    device: { id: 'secret', type: 'phone', ip: '203.0.113.9' },
    locale: 'de-DE',
    timezone: 'Europe/Berlin',
    userAgent: 'Mozilla/5.0',
    userAgentData: { mobile: false },
    traits: { email: 'ada@example.com' },
    sessionId: 7,
  };
  const { properties } = one(track({ context, properties: { title: 'mine' } }));
  expect(properties).toEqual({
    url: 'https://w.example/a',
    path: '/a',
    referrer: 'https://search.example/',
    title: 'mine',
    search: '?q',
    utm_campaign: 'spring',
    utm_source: 'mail',
    utm_gclid: 'x',
    library: 'analytics.js',
    library_version: '2',
    device_type: 'phone',
    locale: 'de-DE',
    timezone: 'Europe/Berlin',
    user_agent: 'Mozilla/5.0',
    'context.sessionId': '7',
  });
});

test('what stands around a batch is for each of its events, unless the event says otherwise', () => {
  const { arrivals } = segment({
    context: { locale: 'de-DE', groupId: 'g1' },
    sentAt: '2026-06-01T15:00:05Z',
    batch: [
      track({ timestamp: '2026-06-01T15:00:00Z' }),
      track({ context: { locale: 'en-GB' }, originalTimestamp: '2026-06-01T15:00:03Z', timestamp: 'x' }),
    ],
  });
  expect(arrivals).toMatchObject([
    { properties: { locale: 'de-DE' }, account: 'g1', at: '2026-06-01 11:59:55.000', clock: 'corrected' },
    { properties: { locale: 'en-GB' }, account: 'g1', at: '2026-06-01 11:59:58.000' },
  ]);
});

test.each([
  '',
  'null',
  'undefined',
  '0',
  'NaN',
  'anonymous',
  'Guest',
  '[object Object]',
  'none',
  'nil',
  '-1',
  'TRUE',
  'false',
  ' ',
  'x'.repeat(256),
  0,
  {},
  [],
])('an id that names nobody (%s) is set aside, and the event says so', (userId) => {
  const arrival = one(track({ userId, anonymousId: 'a1' }));
  expect(arrival).not.toHaveProperty('user');
  expect(arrival).toMatchObject({ kind: 'track', anonymous: 'a1', properties: { $ignored_user: expect.any(String) } });
});

test('ids are texts without space around them, as imports read them', () => {
  expect(one(track({ userId: ' u1 ' })).user).toBe('u1');
  expect(one(track({ userId: 4711 })).user).toBe('4711');
  expect(one(track({ userId: 'x'.repeat(255) })).user).toHaveLength(255);
});

test('a number of 64 bits stays the id that it was', () => {
  const { arrivals } = segment(
    '{"batch":[{"type":"track","event":"say \\"1\\": 12345678901234567890","userId":9007199254740993,"properties":{"a":[-9007199254740995],"b":0.1234567890123456789}}]}',
  );
  expect(arrivals[0]).toMatchObject({
    user: '9007199254740993',
    name: 'say "1": 12345678901234567890',
    properties: { a: '["-9007199254740995"]', b: '0.12345678901234568' },
  });
});

test('an alias of somebody to themselves says nothing', () => {
  const arrival = one({ userId: 'u1', previousId: 'u1' }, 'alias');
  expect(arrival).not.toHaveProperty('previous');
  expect(arrival.properties).toMatchObject({ $ignored_previous: 'u1' });
});

test('a message without an id gets one, a long one is hashed', () => {
  expect(one(track()).message).toMatch(/^[\da-f-]{36}$/);
  expect(one(track({ messageId: 'm'.repeat(255) })).message).toBe('m'.repeat(255));
  expect(one(track({ messageId: 'm'.repeat(256) })).message).toBe(createHash('sha256').update('m'.repeat(256)).digest('hex'));
});

const padded = (bytes: number) => {
  const empty = JSON.stringify(track({ properties: { filler: '' } }));
  return JSON.stringify(
    track({ properties: { filler: 'é'.repeat((bytes - empty.length) >> 1) + 'x'.repeat((bytes - empty.length) & 1) } }),
  );
};

test('an event has at most 32,768 bytes', () => {
  const [fits, over] = [padded(32_768), padded(32_769)];
  expect(Buffer.byteLength(fits)).toBe(32_768);
  expect(segment(`{"batch":[${fits},${over}, ${JSON.stringify(track())}]}`).failed).toEqual([{ index: 1, code: 'too_large' }]);
  expect(segment(fits, 'track').failed).toEqual([]);
  const { failed, arrivals } = segment(over, 'track');
  expect(failed).toEqual([{ index: 0, code: 'too_large' }]);
  expect(arrivals[0]!.raw).toBe(over);
});

test('a batch has at most 2,500 events', () => {
  const batch = (length: number) => ({ batch: Array.from({ length }, () => track()) });
  expect(segment(batch(2500)).arrivals).toHaveLength(2500);
  expect(() => segment(batch(2501))).toThrow('at most 2500 events');
});

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const many = JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [n.toString(36), 1]))).replaceAll('"', '"');

test.each([
  ['null', 'not_an_object'],
  ['"text"', 'not_an_object'],
  ['[]', 'not_an_object'],
  ['{"type":"dance","userId":"u"}', 'unknown_type'],
  ['{"userId":"u"}', 'unknown_type'],
  ['{"type":"track","userId":"u"}', 'missing_event'],
  ['{"type":"track","userId":"u","event":{}}', 'missing_event'],
  ['{"type":"track","event":"e"}', 'missing_identity'],
  ['{"type":"group","userId":"u"}', 'missing_group'],
  ['{"type":"alias","userId":"u"}', 'missing_previous'],
  ['{"type":"alias","previousId":"u"}', 'missing_identity'],
  [`{"type":"track","userId":"u","event":"${'e'.repeat(513)}"}`, 'bad_text'],
  ['{"type":"track","userId":"u","event":"e","properties":{"n":1e400}}', 'bad_number'],
  ['{"type":"track","userId":"u","event":"e","properties":{"n":[{"m":-1e400}]}}', 'bad_number'],
  [`{"type":"track","userId":"u","event":"e","properties":${nested(5000)}}`, 'too_deep'],
  [`{"type":"track","userId":"u","event":"e","properties":{"l":${'['.repeat(10_000)}${']'.repeat(10_000)}}}`, 'too_deep'],
  [`{"type":"track","userId":"u","event":"e","properties":${many.slice(0, 30_000).replace(/,[^,]*$/, '}')}}`, 'too_many_properties'],
])('an event that cannot be counted is kept as it was sent, and the others go on: %.60s', (poison, code) => {
  const good = (id: string) => JSON.stringify(track({ messageId: id }));
  const { arrivals, failed } = segment(`{"sentAt":"]","batch": [${good('m1')} ,\n${poison}, ${good('m3')}] , "x":"batch"}`);
  expect(failed).toEqual([{ index: 1, code }]);
  expect(arrivals.map(({ message }) => message)).toEqual(['m1', expect.any(String), 'm3']);
  expect(arrivals[1]).toMatchObject({ kind: 'failed', reason: code, raw: poison, detail: expect.stringMatching(/\.$/) });
  expect(zh.details(arrivals[1]!.detail)).toMatch(/\p{Script=Han}.*。$/su);
});

test('half a surrogate pair and NUL are replaced and the event is kept', () => {
  const text = String.raw`{"batch":[{"type":"track","userId":"u\u0000x","event":"e\ud800","properties":{"k\u0000":"a\udfffb","l":["\ud83d\ude00","\ud800"]}}]}`;
  const { arrivals, failed } = segment(text);
  expect(failed).toEqual([]);
  expect(arrivals[0]).toMatchObject({
    user: 'u\uFFFDx',
    name: 'e\uFFFD',
    properties: { 'k\uFFFD': 'a\uFFFDb', l: '["😀","\uFFFD"]', $cleaned: 'text' },
  });
});

test('keys that mean something to JavaScript are keys like others', () => {
  const { arrivals } = segment(
    '{"batch":[{"type":"track","userId":"u","event":"e","properties":{"__proto__":{"polluted":1},"constructor":{"prototype":{"x":1}},"toString":"t"}}]}',
  );
  expect(Object.entries(arrivals[0]!.properties)).toEqual([
    ['__proto__.polluted', '1'],
    ['constructor.prototype.x', '1'],
    ['toString', 't'],
  ]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  const plain = segment('{"batch":[{"type":"identify","userId":"u","traits":{"__proto__":"p"}}]}').arrivals[0]!;
  expect(Object.entries(plain.traits)).toEqual([['__proto__', 'p']]);
});

test.each([['{"batch":{}}'], ['{}'], ['[]'], ['null'], ['{"batch":['], ['']])('a body that is no batch is refused: %s', (body) => {
  expect(() => segment(body)).toThrow(expect.objectContaining({ code: 'invalid' }));
});
