import { customer, type Account } from './accounts.ts';
import type { Adoption } from './adoption.ts';
import { day, instant, type Day } from './calendar.ts';
import { chance } from './chance.ts';
import type { Use } from './features.ts';
import type { Opportunity } from './pipeline.ts';
import { launches } from './planted.ts';

/** What real exports do to a careful analyst, planted on purpose. Everything here has a name in truths.json. */
export type Traps = {
  duplicate: { original: string; copy: string; people: number };
  internal: string[];
  sharedDomain: { domain: string; accounts: string[] };
  /** A win that the CRM dates two days before the first contact. */
  negativeDuration: string;
  undatedWins: string[];
  earlyAccess: string[];
  lateBatch: { accounts: string[]; from: Day; until: Day; receivedOn: Day };
};

export const lateBatchDays = { from: day('2026-03-25'), until: day('2026-04-01'), receivedOn: day('2026-04-10') };

/** The same company twice, under two keys of the CRM: its copy carries three of its people again and never does a thing. */
function duplicateOf(seed: number, original: Account, id: string): Account {
  const copy = customer(seed, { id, name: `${original.name} Inc.`, segment: original.segment, customerFrom: day('2025-11-03'), size: 3 });
  copy.domain = original.domain;
  copy.people.forEach((person, index) => {
    person.name = original.people[index]!.name;
    person.email = original.people[index]!.email;
  });
  return copy;
}

function internalAccount(seed: number, id: string, name: string): Account {
  const account = customer(seed, { id, name, segment: 'internal', customerFrom: day('2025-05-01') });
  account.domain = 'weftwork.example';
  for (const person of account.people) person.email = `${person.email.split('@')[0]}@weftwork.example`;
  return account;
}

/** Late: every account that adopted Smart Handoff in those days (without the batch it would not have by day 30), and eight more. */
function lateAccounts(adoptions: readonly Adoption[], others: readonly Account[]): string[] {
  const { from, until } = lateBatchDays;
  const decided = adoptions.filter((one) => one.launch === launches[0] && one.on >= from && one.on <= until).map((one) => one.account);
  return [...new Set([...decided, ...others.slice(0, 8)])].map((account) => account.id);
}

type Plantable = { accounts: readonly Account[]; opportunities: readonly Opportunity[]; adoptions: readonly Adoption[] };

/** Plants the traps into accounts and opportunities; the accounts that it adds stand beside those that the truths describe. */
export function plantTraps(seed: number, { accounts, opportunities, adoptions }: Plantable, nextId: () => string) {
  const from = chance(seed, 'traps');
  const midMarket = accounts.filter(
    (account) => account.segment === 'mid-market' && account.customerFrom !== null && account.leftOn === null,
  );
  const original = midMarket[0]!;
  original.name = 'Halden Freight';
  original.domain = 'halden-freight.example';
  for (const person of original.people) person.email = person.email.replace(/@(?!gmail).*/, '@halden-freight.example');
  const copy = duplicateOf(seed, original, nextId());
  const internal = ['Weftwork QA', 'Weftwork Demo', 'Weftwork Sandbox'].map((name) => internalAccount(seed, nextId(), name));
  const group = midMarket.slice(1, 5);
  for (const account of group) account.domain = 'marlow-group.example';
  const wins = opportunities.filter((one) => one.type === 'new business' && one.won && one.account.customerFrom !== null);
  const marked = from.shuffled(wins);
  const traps: Traps = {
    duplicate: { original: original.id, copy: copy.id, people: copy.people.length },
    internal: internal.map((account) => account.id),
    sharedDomain: { domain: 'marlow-group.example', accounts: group.map((account) => account.id) },
    negativeDuration: marked[0]!.id,
    undatedWins: marked.slice(1, 4).map((one) => one.id),
    earlyAccess: from
      .shuffled(midMarket)
      .slice(0, 5)
      .map((account) => account.id),
    lateBatch: { accounts: lateAccounts(adoptions, from.shuffled(midMarket)), ...lateBatchDays },
  };
  return { traps, added: [copy, ...internal] };
}

/** The vendor's own tests use each feature all the time; design partners used Smart Handoff before the market date only. */
export function trapUses(seed: number, account: Account, traps: Traps): Use[] {
  const from = chance(seed, `trap uses/${account.id}`);
  const uses: Use[] = [];
  const add = (launch: (typeof launches)[number], person: number, on: Day) =>
    uses.push({
      person: account.people[person % account.people.length]!,
      at: instant(on, 600 + from.below(300)),
      eventName: launch.rule.eventName,
      properties: Object.fromEntries(launch.rule.properties.map((filter) => [filter.name, filter.value])),
    });
  if (traps.internal.includes(account.id)) {
    for (const launch of launches) for (let use = 0; use < 40; use += 1) add(launch, use, day(launch.readyDate) + use);
  }
  if (traps.earlyAccess.includes(account.id)) {
    for (let use = 0; use < 4; use += 1) add(launches[0]!, use, day(launches[0]!.marketDate) - 40 + use * 7);
  }
  return uses;
}
