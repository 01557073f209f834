import type { Account, Person, Plan } from './accounts.ts';
import { dataEndInstant, instant, localDay } from './calendar.ts';
import { uses, type Company } from './generate.ts';
import type { Opportunity } from './pipeline.ts';
import { pricePerSeat } from './subscriptions.ts';
import type { Traps } from './traps.ts';

export const currency = 'USD';
export const stagesOfSale = ['Discovery', 'Evaluation', 'Proposal'] as const;
const planNames: Record<Plan, string> = { team: 'Weftwork Team', business: 'Weftwork Business', enterprise: 'Weftwork Enterprise' };

/** An instant as ClickHouse reads it: UTC, to the millisecond. */
export function stamp(at: number): string {
  const iso = new Date(at).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 23)}`;
}

const accountRow = (account: Account) => ({
  id: account.id,
  name: account.name,
  domain: account.domain,
  segment: account.segment,
  plan: account.plan,
  country: account.country,
  industry: account.industry,
  employees: account.employees,
  created_at: stamp(account.createdAt),
  properties: {},
});

const personRow = (person: Person) => ({
  id: person.id,
  account_id: person.accountId,
  email: person.email,
  name: person.name,
  title: person.title,
  created_at: stamp(person.createdAt),
  properties: {},
});

export type OpportunityState = 'open' | 'won' | 'lost';

export function stateOf(opportunity: Opportunity): OpportunityState {
  if (opportunity.closesAt >= dataEndInstant) return 'open';
  return opportunity.won ? 'won' : 'lost';
}

/** When the CRM says that it closed: with the wrong dates and the missing ones. */
export function closedAt(company: Company, opportunity: Opportunity): number | null {
  const { negativeDuration, undatedWins } = company.traps;
  if (stateOf(opportunity) === 'open' || undatedWins.includes(opportunity.id)) return null;
  if (opportunity.id !== negativeDuration) return opportunity.closesAt;
  return company.leads.find((lead) => lead.opportunity === opportunity)!.contactAt - 2 * 86_400_000;
}

export function stageHistory(company: Company, opportunity: Opportunity) {
  const span = opportunity.closesAt - opportunity.createdAt;
  const reached = stagesOfSale.map((stage, index) => ({
    stage,
    state: 'open',
    at: Math.round(opportunity.createdAt + span * 0.35 * index),
  }));
  const state = stateOf(opportunity);
  const closed = closedAt(company, opportunity);
  const history: { stage: string; state: string; at: number }[] = reached.filter((one) => one.at < dataEndInstant);
  if (closed !== null) history.push({ stage: state === 'won' ? 'Closed Won' : 'Closed Lost', state, at: closed });
  return history;
}

/** The stage it is in now; a win without a date is won all the same. */
export function stageOf(company: Company, opportunity: Opportunity): string {
  const state = stateOf(opportunity);
  if (state === 'open') return stageHistory(company, opportunity).at(-1)!.stage;
  return state === 'won' ? 'Closed Won' : 'Closed Lost';
}

function opportunityRow(company: Company, opportunity: Opportunity) {
  const state = stateOf(opportunity);
  const closed = closedAt(company, opportunity);
  return {
    id: opportunity.id,
    name: opportunity.name,
    account_id: opportunity.account.id,
    person_id: opportunity.person.id,
    stage: stageOf(company, opportunity),
    state,
    amount: opportunity.amount,
    currency,
    origin: opportunity.origin ?? '',
    owner: opportunity.owner,
    loss_reason: state === 'lost' ? opportunity.lossReason : null,
    created_at: stamp(opportunity.createdAt),
    closed_at: closed === null ? null : stamp(closed),
    properties: opportunity.properties,
  };
}

/** First contacts by person; visits of those who became opportunities; programs, whose lists name the company only. */
function touchRows(company: Company) {
  const first = company.leads.map(({ person, origin, contactAt }) => ({
    id: `touch-${person.id}`,
    person_id: person.id as string | null,
    account_id: person.accountId,
    kind: 'first_contact',
    channel: origin.origin ?? '',
    campaign: null as string | null,
    at: stamp(contactAt),
    properties: {},
  }));
  const visits = company.leads.flatMap(({ person, contactAt, opportunity }) =>
    (opportunity ? [0.3, 0.8] : []).map((part) => ({
      id: `visit-${person.id}-${part}`,
      person_id: person.id,
      account_id: person.accountId,
      kind: 'web',
      channel: 'direct',
      campaign: null,
      at: stamp(Math.round(contactAt + part * (opportunity!.createdAt - contactAt))),
      properties: {},
    })),
  );
  const programs = programTouches(company).map(({ at, ...touch }) => ({ ...touch, person_id: null, kind: 'campaign', at: stamp(at) }));
  return [...first, ...visits, ...programs];
}

export function programTouches(company: Company) {
  return company.invitations.flatMap((one) => {
    const touch = { account_id: one.opportunity.account.id, channel: one.program.channel, campaign: one.program.campaign };
    const id = `${one.program.key}-${one.opportunity.id}`;
    const made = one.invited ? [{ ...touch, id: `invited-${id}`, at: one.invitedAt, properties: { status: 'invited' } }] : [];
    if (one.attendedAt !== null) made.push({ ...touch, id: `attended-${id}`, at: one.attendedAt, properties: { status: 'attended' } });
    return made.filter((one) => one.at < dataEndInstant);
  });
}

/** When a late batch was received; undefined for everything that came at once. */
export function receivedLate(traps: Traps, account: Account, at: number): number | undefined {
  const { accounts, from, until, receivedOn } = traps.lateBatch;
  if (!accounts.includes(account.id)) return undefined;
  const on = localDay(at);
  return on >= from && on <= until ? instant(receivedOn, 9 * 60) : undefined;
}

export type EventRow = {
  id: string;
  name: string;
  at: string;
  person_id: string;
  account_id: string;
  properties: Readonly<Record<string, string>>;
};

/** The events in the shape of their table, account by account. */
export function* eventRows(company: Company): Generator<EventRow> {
  let number = 0;
  for (const { account, use } of uses(company)) {
    const late = receivedLate(company.traps, account, use.at);
    yield {
      id: `event-${(number += 1)}`,
      name: use.eventName,
      at: stamp(use.at),
      person_id: use.person.id,
      account_id: account.id,
      properties: late === undefined ? use.properties : { ...use.properties, received_at: stamp(late) },
    };
  }
}

/** Under which keys the objects are known: the example's own, e-mail addresses, and domains that belong to one account. */
function identityRows(company: Company) {
  const copied = company.traps.duplicate.copy;
  const shared = company.accounts.map((account) => account.domain).filter((domain, index, all) => all.indexOf(domain) !== index);
  const domains = company.accounts.filter((account) => !shared.includes(account.domain));
  const own = (kind: string) => (one: { id: string }) => ({ kind, key_type: 'id:example', key_value: one.id, id: one.id });
  return [
    ...company.accounts.map(own('account')),
    ...company.people.map(own('person')),
    ...company.opportunities.map(own('opportunity')),
    ...domains.map((account) => ({ kind: 'account', key_type: 'domain', key_value: account.domain, id: account.id })),
    ...company.people
      .filter((person) => person.accountId !== copied)
      .map((person) => ({ kind: 'person', key_type: 'email', key_value: person.email, id: person.id })),
  ];
}

/** The company in the shape of the event store's tables, without workspace, import and version. */
export function tableRows(company: Company) {
  return {
    account: company.accounts.map(accountRow),
    person: company.people.map(personRow),
    opportunity: company.opportunities.map((one) => opportunityRow(company, one)),
    stage_change: company.opportunities.flatMap((one) =>
      stageHistory(company, one).map((step, index) => ({
        id: `${one.id}-${index + 1}`,
        opportunity_id: one.id,
        ...step,
        at: stamp(step.at),
      })),
    ),
    revenue: company.movements.map(({ id, account, kind, monthly, at }) => ({
      id,
      account_id: account.id,
      product_id: `product-${account.plan}`,
      kind,
      amount: monthly,
      currency,
      interval: 'month',
      at: stamp(at),
      properties: {},
    })),
    touch: touchRows(company),
    product: Object.entries(pricePerSeat).map(([plan, price]) => ({
      id: `product-${plan}`,
      name: planNames[plan as Plan],
      series: 'Weftwork',
      price,
      currency,
      properties: {},
    })),
    identity: identityRows(company),
  };
}
