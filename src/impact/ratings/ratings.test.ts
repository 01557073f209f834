import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { type GivenEvent, storeEvents } from '../../collect/events/settle.ts';
import { refreshIdentities } from '../../collect/identities/refresh.ts';
import { seededRandom } from '../../methods/numeric/random.ts';

let app: TestApplication;
let opened: Awaited<ReturnType<TestApplication['workspace']>>;
type Answer = { user: string; day: number; minute: number; rating: string; plan: string };
const answers: Answer[] = [];
const invited = new Map<string, number>();
const minuteOf = ({ day, minute }: Pick<Answer, 'day' | 'minute'>) => day * 1440 + minute;
const instant = (minutes: number) => new Date(Date.UTC(2026, 4, 1) + minutes * 60_000).toISOString().replace('T', ' ').replace('Z', '');

beforeAll(async () => {
  app = await openTestApplication();
  opened = await app.workspace();
  const { context } = opened;
  const random = seededRandom(5);
  const among = (count: number) => Math.floor(random() * count);
  // Six plans with means apart, of unequal sizes; some answer again, some say nonsense, some on a browser before they sign in.
  const given: GivenEvent[] = [];
  for (let n = 0; n < 240; n++) {
    const user = `u${among(150)}`;
    const plan = `plan ${Math.min(5, among(12))}`;
    const centre = 1 + (Number(plan.at(-1)) % 5);
    const rating = random() < 0.05 ? ['6', 'good', '3.5', ''][among(4)]! : String(Math.max(1, Math.min(5, centre + among(3) - 1)));
    const answer = { user, day: among(40), minute: n, rating, plan };
    answers.push(answer);
    const asBrowser = random() < 0.2;
    given.push({
      message: `r${n}`,
      name: 'Rated',
      at: instant(minuteOf(answer)),
      ...(asBrowser ? { anonymous: `a-${user}` } : { user }),
      properties: { stars: rating, plan },
    });
  }
  for (let n = 0; n < 150; n++) {
    given.push({ message: `i${n}`, kind: 'identify', name: '$identify', at: instant(60_000 + n), user: `u${n}`, anonymous: `a-u${n}` });
    if (n % 2 === 0) {
      invited.set(`u${n}`, among(20) * 1440);
      given.push({ message: `q${n}`, name: 'Asked', at: instant(invited.get(`u${n}`)!), user: `u${n}` });
    }
  }
  given.push({ message: 'nobody', name: 'Rated', at: instant(2000), properties: { stars: '4' } });
  await storeEvents(context.events, given, { timeZone: 'UTC', receivedAt: context.now() });
  await refreshIdentities(context);
});
afterAll(() => app.close());

const asked = {
  answer: { event: 'Rated', filters: [] },
  property: 'stars',
  range: { kind: 'between' as const, from: '2026-05-01', to: '2026-05-31' },
  by: 'month' as const,
};
const inMay = () => answers.filter(({ day }) => day < 31);
const isOne = ({ rating }: Answer) => /^[1-5]$/.test(rating);
const newest = (some: Answer[]): Answer[] => {
  const held = new Map<string, Answer>();
  for (const answer of some.filter(isOne)) {
    const other = held.get(answer.user);
    if (!other || minuteOf(other) < minuteOf(answer)) held.set(answer.user, answer);
  }
  return [...held.values()];
};
const mean = (some: Answer[]) => some.reduce((sum, { rating }) => sum + Number(rating), 0) / some.length;

test('of each person, also on a browser before signing in, the newest answer counts; what is none is told', async () => {
  const found = await opened.client.ratings.get(asked);
  const counted = newest(inMay());
  expect(found.answers).toBe(counted.length);
  expect(found.mean!.mean).toBeCloseTo(mean(counted), 10);
  expect(found.mean!.low).toBeLessThan(found.mean!.mean);
  expect(found.mean!.high).toBeGreaterThan(found.mean!.mean);
  expect(found.stars.map(({ star, count }) => [star, count])).toEqual(
    [1, 2, 3, 4, 5].map((star) => [star, counted.filter(({ rating }) => Number(rating) === star).length]),
  );
  expect(found.outside).toBe(inMay().filter((one) => !isOne(one)).length);
  expect(found.repeated).toBe(inMay().filter(isOne).length - counted.length);
  expect(found).toMatchObject({ withoutPerson: 1, isFew: false, response: null, ranking: null, groups: [] });
  expect(found.periods.map(({ at, answers: n }) => [at, n])).toEqual([['2026-05-01', counted.length]]);
});

test('groups are ranked by means that few answers move less, and each says how many it has', async () => {
  const { groups, ranking } = await opened.client.ratings.get({ ...asked, breakdown: { by: 'property', name: 'plan' } });
  expect(ranking).toBe('ranked');
  const counted = newest(inMay());
  for (const { name, answers: n, mean: estimate, isFew } of groups) {
    const own = counted.filter(({ plan }) => plan === name);
    expect([n, isFew]).toEqual([own.length, own.length < 20]);
    expect(estimate!.mean).toBeCloseTo(mean(own), 10);
  }
  const order = groups.map(({ forRanking }) => forRanking!);
  expect(order).toEqual([...order].toSorted((a, b) => b - a));
  expect(groups.reduce((sum, { answers: n }) => sum + n, 0)).toBe(counted.length);
});

test('the share of answers is of those who were asked, and answered then or later', async () => {
  const { response } = await opened.client.ratings.get({ ...asked, invitation: { event: 'Asked', filters: [] } });
  const last = new Map<string, number>();
  for (const answer of inMay().filter(isOne)) last.set(answer.user, Math.max(last.get(answer.user) ?? 0, minuteOf(answer)));
  const answered = [...invited].filter(([user, at]) => (last.get(user) ?? -1) >= at).length;
  expect(response).toMatchObject({ asked: invited.size, answered, share: answered / invited.size });
});

test('a scale from 0 to 10, few answers, and none at all', async () => {
  const ten = await opened.client.ratings.get({ ...asked, scale: { from: 0, to: 10 } });
  expect(ten.stars.map(({ star }) => star)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const few = await opened.client.ratings.get({ ...asked, range: { kind: 'between', from: '2026-05-03', to: '2026-05-03' } });
  expect(few.isFew).toBe(true);
  const none = await opened.client.ratings.get({
    ...asked,
    answer: { event: 'Never', filters: [] },
    breakdown: { by: 'property', name: 'plan' },
  });
  expect(none).toMatchObject({ answers: 0, mean: null, isFew: true, stars: [], ranking: 'too_few_groups' });
  await expect(opened.client.ratings.get({ ...asked, scale: { from: 1, to: 1 } })).rejects.toMatchObject({ code: 'invalid' });
});

test('behind a rating stand the people who gave it; another workspace has none of them', async () => {
  const five = newest(inMay()).filter(({ rating }) => rating === '5');
  const { total, rows } = await opened.client.ratings.rows({ ...asked, star: 5 });
  expect(total).toBe(five.length);
  expect(new Set(rows.map(({ source_id }) => source_id))).toEqual(new Set(five.map(({ user }) => user)));
  const other = await app.workspace('Other');
  expect(await other.client.ratings.rows(asked)).toMatchObject({ total: 0, rows: [] });
  const { csv } = await opened.client.ratings.export(asked);
  expect(csv.split('\n')[1]).toMatch(/^all,,\d+,/);
});
