import { takingEvents } from './store.fixture.ts';
import type { WorkspaceEvents } from '../../platform/events/store.ts';

const stamp = { import: '00000000-0000-4000-8000-0000000000aa', version: 1, properties: {} };
const pad = (number: number) => String(number).padStart(3, '0');
const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 2, 2 + day, hour)).toISOString().replace('T', ' ').replace('Z', '');

/** Day on which account number n adopts, or null. 38 of 100 adopt: 10 by day 30, 26 by day 60, 38 by day 90. */
const adoptionDay = (number: number): number | null =>
  number <= 10 ? number * 3 : number <= 26 ? 30 + (number - 10) : number <= 38 ? 62 + (number - 26) * 2 : null;
const use = (number: number, day: number, hour: number) => ({
  ...stamp,
  id: `use-${number}-${day}-${hour}`,
  name: 'Handoff accepted',
  at: at(day, hour),
  person_id: `person-${pad(number)}`,
  account_id: `account-${pad(number)}`,
});

const origins = ['search', 'email', 'unknown', ''];
const every = <Row>(count: number, make: (number: number) => Row): Row[] => Array.from({ length: count }, (_, index) => make(index + 1));

/** The invented company Weftwork, small: 110 accounts (100 eligible), one person each, uses from 3 March to 31 May 2026. */
export const plantWeftwork = async (opened: WorkspaceEvents): Promise<void> => {
  const store = takingEvents(opened);
  await store.insert(
    'account',
    every(110, (n) => ({
      ...stamp,
      id: `account-${pad(n)}`,
      name: `Account ${pad(n)}`,
      segment: n % 5 === 0 ? null : n % 2 ? 'Mid-market' : 'Enterprise',
      plan: n > 106 ? 'free' : 'business',
      created_at: n > 100 && n <= 106 ? at(20) : '2025-06-01 00:00:00',
    })),
  );
  await store.insert(
    'person',
    every(110, (n) => ({ ...stamp, id: `person-${pad(n)}`, name: `Person ${pad(n)}`, account_id: `account-${pad(n)}` })),
  );
  const uses = every(110, (n) => n).flatMap((n) => {
    const day = adoptionDay(n);
    if (n === 108) return [use(n, 40, 9)];
    if (day === null) return n % 3 === 0 && n <= 100 ? [use(n, 10, 9)] : [];
    return [use(n, Math.max(1, day - 1), 9), use(n, Math.max(1, day - 1), 10), use(n, day, 11)];
  });
  await store.insert('event', [
    ...uses,
    { ...stamp, id: 'last', name: 'Signed in', at: at(90, 12), person_id: 'person-100', account_id: 'account-100' },
  ]);
  await store.insert(
    'touch',
    every(100, (n) => ({
      ...stamp,
      id: `touch-${n}`,
      person_id: `person-${pad(n)}`,
      kind: 'first_contact',
      channel: origins[n % 4],
      at: at(n <= 40 ? -39 + n - 1 : n - 40),
    })),
  );
  const deal = (n: number, index: number) => ({
    ...stamp,
    id: `deal-${n}`,
    person_id: `person-${pad(n)}`,
    account_id: `account-${pad(n)}`,
    state: index % 3 === 2 ? 'lost' : 'won',
    amount: '1000',
    currency: n % 2 ? 'EUR' : 'USD',
    created_at: at((n <= 40 ? -39 + n - 1 : n - 40) + 4),
    closed_at: at((n <= 40 ? -39 + n - 1 : n - 40) + (n === 7 ? -1 : 9 + (n % 11))),
  });
  const dealers = every(100, (n) => n).filter((n) => n % 2 === 1);
  const deals = dealers.map(deal);
  await store.insert('opportunity', deals);
  await store.insert(
    'revenue',
    deals
      .filter(({ state }, index) => state === 'won' && index % 2 === 0)
      .map((row, index) => ({
        ...stamp,
        id: `pay-${row.id}`,
        account_id: row.account_id,
        kind: 'order',
        amount: String(900 + index),
        currency: index % 4 ? 'EUR' : 'USD',
        at: index % 5 ? row.closed_at : null,
      })),
  );
};
