import { dataEnd, day, instant, type Day } from './calendar.ts';
import { chance, type Chance } from './chance.ts';
import { familyNames, givenNames, titles } from './names.ts';
import { keenShare } from './planted.ts';

export type Segment = 'small' | 'mid-market' | 'enterprise' | 'regulated' | 'internal';
export type Plan = 'team' | 'business' | 'enterprise';

export type Person = { id: string; accountId: string | null; name: string; email: string; title: string; joined: Day; createdAt: number };

export type Account = {
  id: string;
  name: string;
  domain: string;
  segment: Segment;
  /** Null while the account has never paid. */
  plan: Plan | null;
  country: string;
  industry: string;
  employees: number;
  createdAt: number;
  keen: boolean;
  customerFrom: Day | null;
  leftOn: Day | null;
  people: Person[];
};

const countries = [
  { name: 'US', weight: 62, opens: 8 * 60, closes: 18 * 60 },
  { name: 'GB', weight: 10, opens: 4 * 60, closes: 13 * 60 },
  { name: 'DE', weight: 10, opens: 3 * 60, closes: 12 * 60 },
  { name: 'FR', weight: 6, opens: 3 * 60, closes: 12 * 60 },
  { name: 'AU', weight: 7, opens: 18 * 60, closes: 24 * 60 },
  { name: 'JP', weight: 5, opens: 19 * 60, closes: 24 * 60 },
];

/** A minute of the account's working hours, to the second, on a New York clock. */
export function workingMinute(account: Account, from: Chance): number {
  const hours = countries.find((country) => country.name === account.country) ?? countries[0]!;
  return hours.opens + from.below((hours.closes - hours.opens) * 60) / 60;
}

const sizes: Record<Segment, readonly [number, number]> = {
  small: [6, 16],
  'mid-market': [14, 42],
  enterprise: [40, 100],
  regulated: [20, 70],
  internal: [5, 8],
};
const plans: Record<Segment, Plan> = {
  small: 'team',
  'mid-market': 'business',
  enterprise: 'enterprise',
  regulated: 'business',
  internal: 'enterprise',
};

export type Founding = { id: string; name: string; segment: Segment; plan?: Plan; customerFrom: Day; createdAt?: number; size?: number };

/** A customer with its people. What it adopts and when it leaves is drawn elsewhere. */
export function customer(seed: number, founding: Founding): Account {
  const from = chance(seed, `account/${founding.id}`);
  const [smallest, largest] = sizes[founding.segment];
  const size = founding.size ?? from.between(smallest, largest);
  const account: Account = {
    ...prospect(seed, founding.id, founding.name, founding.createdAt ?? instant(founding.customerFrom, 9 * 60)),
    segment: founding.segment,
    plan: founding.plan ?? plans[founding.segment],
    employees: size * from.between(4, 9),
    customerFrom: founding.customerFrom,
  };
  account.people = Array.from({ length: size }, (_, index) => member(account, index, size, from));
  return account;
}

/** A company that sales knows and that pays nothing yet. */
export function prospect(seed: number, id: string, name: string, createdAt: number): Account {
  const from = chance(seed, `prospect/${id}`);
  return {
    id,
    name,
    domain: `${name.toLowerCase().replaceAll(' ', '-')}.example`,
    segment: from.weighted(segmentsOfNewBusiness).name,
    plan: null,
    country: from.weighted(countries).name,
    industry: name.split(' ')[1] ?? '',
    employees: from.between(20, 900),
    createdAt,
    keen: from.happens(keenShare),
    customerFrom: null,
    leftOn: null,
    people: [],
  };
}

const segmentsOfNewBusiness: readonly { name: Segment; weight: number }[] = [
  { name: 'small', weight: 45 },
  { name: 'mid-market', weight: 35 },
  { name: 'enterprise', weight: 8 },
  { name: 'regulated', weight: 12 },
];

/** The first four join on the first day, half of the rest in the first three weeks, the others at any time until the end. */
function member(account: Account, index: number, size: number, from: Chance): Person {
  const start = account.customerFrom ?? 0;
  const early = index < Math.max(4, size * 0.55);
  const span = early ? 20 : Math.max(1, dataEnd - start);
  const joined = index < 4 ? start : Math.min(dataEnd, start + from.below(span + 1));
  const name = `${from.pick(givenNames)} ${from.pick(familyNames)}`;
  return {
    id: `${account.id.replace('account', 'person')}-${String(index + 1).padStart(4, '0')}`,
    accountId: account.id,
    name,
    email: address(name, index, account.domain, from.happens(0.03) ? account.id.slice(8) : null),
    title: from.pick(titles),
    joined,
    createdAt:
      index < 4
        ? Math.max(account.createdAt, instant(joined, 0))
        : Math.max(account.createdAt, instant(joined, workingMinute(account, from))),
  };
}

/** With `free`, at a mail provider whose mailboxes hold no underscore, so that no address here belongs to a living person. */
export function address(name: string, index: number, domain: string, free: string | null): string {
  const local = name.toLowerCase().replace(' ', '.');
  return free ? `${local}_${free}_${index + 1}@gmail.com` : `${local}.${index + 1}@${domain}`;
}

export function atWork(account: Account, on: Day): boolean {
  return account.customerFrom !== null && account.customerFrom <= on && (account.leftOn === null || on < account.leftOn);
}

const installed: readonly { segment: Segment; plan?: Plan; count: number }[] = [
  { segment: 'regulated', plan: 'enterprise', count: 10 },
  { segment: 'regulated', count: 29 },
  { segment: 'enterprise', count: 45 },
  { segment: 'mid-market', count: 85 },
  { segment: 'small', count: 80 },
];

/** The accounts that were customers before the data starts, and one of them that is far larger than all others. */
export function installedBase(seed: number, names: readonly string[]): Account[] {
  const from = chance(seed, 'installed base');
  const first = day('2022-06-01');
  const foundings: Founding[] = [
    { id: accountId(1), name: 'Oakfield Insurance', segment: 'regulated', plan: 'enterprise', customerFrom: day('2022-09-19'), size: 1100 },
  ];
  for (const group of installed) {
    for (let index = 0; index < group.count; index += 1) {
      const number = foundings.length + 1;
      const customerFrom = first + from.below(day('2025-04-15') - first);
      foundings.push({ id: accountId(number), name: names[number]!, segment: group.segment, plan: group.plan, customerFrom });
    }
  }
  return foundings.map((founding) => customer(seed, founding));
}

export function accountId(number: number): string {
  return `account-${String(number).padStart(4, '0')}`;
}
