import { accountId, address, customer, prospect, type Account, type Person } from './accounts.ts';
import { dataEnd, dataEndInstant, dataStart, day, instant, localDay } from './calendar.ts';
import { chance, type Chance } from './chance.ts';
import { familyNames, givenNames, owners, titles } from './names.ts';
import { firstContacts, launches, origins, spreadOfDays, type PlantedOrigin } from './planted.ts';

export type Opportunity = {
  id: string;
  name: string;
  account: Account;
  person: Person;
  type: 'new business' | 'expansion';
  origin: string | null;
  createdAt: number;
  /** When it closes, which may be after the data ends; the outcome is seen only before. */
  closesAt: number;
  won: boolean;
  amount: number;
  owner: string;
  lossReason: string | null;
  properties: Record<string, string>;
};

/** A person who came through a first contact, and what became of it (null: nothing, or not before the data ended). */
export type Lead = {
  person: Person;
  origin: PlantedOrigin;
  contactAt: number;
  opportunity: Opportunity | null;
  firstRevenueAt: number | null;
};

const dayLength = 86_400_000;
const lossReasons = ['price', 'no decision', 'chose Relaypad', 'missing integration'];

export function isWon(opportunity: Opportunity): boolean {
  return opportunity.won && opportunity.closesAt < dataEndInstant;
}

/** New business: first contacts, the opportunities that grow from them, and the accounts that these bring. */
export function newBusiness(seed: number, names: readonly string[], firstNumber: number): { leads: Lead[]; accounts: Account[] } {
  const from = chance(seed, 'first contacts');
  const weighted = origins.map((origin) => ({ ...origin, origin }));
  const leads: Lead[] = [];
  const accounts: Account[] = [];
  for (let index = 0; index < firstContacts; index += 1) {
    const contactAt = instant(contactDay(from), from.between(7 * 60, 19 * 60));
    const lead = firstContact(index, from.weighted(weighted).origin, contactAt, from);
    leads.push(lead);
    const opportunityAt = later(contactAt, lead.origin.medianDays.opportunity, spreadOfDays.opportunity, from);
    const opens = from.happens(lead.origin.opportunity);
    if (!opens || opportunityAt >= dataEndInstant) continue;
    const number = firstNumber + accounts.length;
    accounts.push(openOpportunity(seed, lead, number, names[accounts.length]!, opportunityAt, from));
  }
  return { leads, accounts };
}

/** More first contacts in the six weeks after Smart Handoff came to market. */
function contactDay(from: Chance): number {
  const market = day(launches[0]!.marketDate);
  for (;;) {
    const drawn = dataStart + from.below(dataEnd - dataStart + 1);
    if ((drawn >= market && drawn < market + 42) || from.happens(0.65)) return drawn;
  }
}

function later(at: number, medianDays: number, spread: number, from: Chance): number {
  return Math.round(at + from.lognormal(medianDays, spread) * dayLength);
}

function firstContact(index: number, origin: PlantedOrigin, contactAt: number, from: Chance): Lead {
  const name = `${from.pick(givenNames)} ${from.pick(familyNames)}`;
  const person: Person = {
    id: `person-lead-${String(index + 1).padStart(4, '0')}`,
    accountId: null,
    name,
    email: address(name, index, `visitor-${index + 1}.example`, from.happens(0.1) ? 'lead' : null),
    title: from.pick(titles),
    joined: localDay(contactAt),
    createdAt: contactAt,
  };
  return { person, origin, contactAt, opportunity: null, firstRevenueAt: null };
}

function openOpportunity(seed: number, lead: Lead, number: number, name: string, createdAt: number, from: Chance): Account {
  const closesAt = later(createdAt, lead.origin.medianDays.won, spreadOfDays.won, from);
  const revenueAt = later(closesAt, lead.origin.medianDays.firstRevenue, spreadOfDays.firstRevenue, from);
  const won = from.happens(lead.origin.won);
  const id = accountId(number);
  let account = prospect(seed, id, name, createdAt);
  if (won && revenueAt < dataEndInstant) {
    lead.firstRevenueAt = revenueAt;
    account = customer(seed, { id, name, segment: account.segment, customerFrom: localDay(revenueAt), createdAt: revenueAt });
  }
  lead.person.accountId = id;
  if (!lead.person.email.endsWith('gmail.com')) lead.person.email = address(lead.person.name, 0, account.domain, null);
  lead.opportunity = {
    id: `opportunity-${String(number).padStart(4, '0')}`,
    name: `${name}: first teams`,
    account,
    person: lead.person,
    type: 'new business',
    origin: lead.origin.origin,
    createdAt,
    closesAt,
    won,
    amount: Math.round(from.lognormal(9_000, 0.9) / 100) * 100,
    owner: from.pick(owners),
    lossReason: won ? null : from.pick(lossReasons),
    properties: { type: 'new business' },
  };
  return account;
}
