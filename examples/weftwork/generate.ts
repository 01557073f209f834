import { accountId, installedBase, type Account, type Person } from './accounts.ts';
import { adoptAndRenew, type Adoption } from './adoption.ts';
import { chance } from './chance.ts';
import { expansions, type Invitation } from './expansion.ts';
import { featureUses, type Use } from './features.ts';
import { companyFirst, companySecond } from './names.ts';
import { newBusiness, type Lead, type Opportunity } from './pipeline.ts';
import { launches, seed as plantedSeed } from './planted.ts';
import { movements, type Movement } from './subscriptions.ts';
import { plantTraps, trapUses, type Traps } from './traps.ts';
import { everydayUses } from './usage.ts';

export type Company = {
  seed: number;
  /** Every account; the traps' own accounts are the last four. */
  accounts: Account[];
  /** The accounts that the planted chances describe: all but those of the traps. */
  drawn: Account[];
  people: Person[];
  leads: Lead[];
  opportunities: Opportunity[];
  invitations: Invitation[];
  movements: Movement[];
  adoptions: Adoption[];
  traps: Traps;
};

/** The whole company from one seed: pure, the same on every machine. Its events are drawn when `uses` is walked. */
export function weftwork(seed = plantedSeed): Company {
  const names = companyNames(seed);
  const base = installedBase(seed, names);
  const business = newBusiness(seed, names.slice(base.length + 1), base.length + 1);
  const drawn = [...base, ...business.accounts];
  const customers = drawn.filter((account) => account.customerFrom !== null);
  const adoptions = customers.flatMap((account) => adoptAndRenew(seed, account));
  const more = expansions(seed, customers);
  const opportunities = [...business.leads.flatMap((lead) => lead.opportunity ?? []), ...more.opportunities];
  let number = drawn.length;
  const { traps, added } = plantTraps(seed, { accounts: drawn, opportunities, adoptions }, () => accountId((number += 1)));
  const accounts = [...drawn, ...added];
  return {
    seed,
    accounts,
    drawn,
    people: [...accounts.flatMap((account) => account.people), ...business.leads.map((lead) => lead.person)],
    leads: business.leads,
    opportunities,
    invitations: more.invitations,
    movements: customers.flatMap((account) => movements(seed, account, opportunitiesOf(more.opportunities, account))),
    adoptions,
    traps,
  };
}

function opportunitiesOf(opportunities: readonly Opportunity[], account: Account): Opportunity[] {
  return opportunities.filter((one) => one.account === account);
}

function companyNames(seed: number): string[] {
  const all = companyFirst.flatMap((first) => companySecond.map((second) => `${first} ${second}`));
  return chance(seed, 'company names')
    .shuffled(all)
    .filter((name) => name !== 'Oakfield Insurance' && name !== 'Halden Freight');
}

/** All that happened in the product, account by account. */
export function* uses(company: Company): Generator<{ account: Account; use: Use }> {
  const adoptions = new Map(company.adoptions.map((one) => [`${one.launch.key}/${one.account.id}`, one]));
  for (const account of company.accounts) {
    if (account.customerFrom === null) continue;
    const copy = account.id === company.traps.duplicate.copy;
    const smart = adoptions.get(`smart-handoff/${account.id}`);
    if (!copy) for (const use of everydayUses(company.seed, account, smart)) yield { account, use };
    if (account.segment !== 'internal' && !copy) {
      for (const launch of launches) {
        const adoption = adoptions.get(`${launch.key}/${account.id}`);
        for (const use of featureUses(company.seed, account, launch, adoption)) yield { account, use };
      }
    }
    for (const use of trapUses(company.seed, account, company.traps)) yield { account, use };
  }
}
