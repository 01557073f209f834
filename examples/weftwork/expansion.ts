import { atWork, type Account } from './accounts.ts';
import { dataEnd, dataStart, instant, localDay } from './calendar.ts';
import { chance, type Chance } from './chance.ts';
import { owners } from './names.ts';
import type { Opportunity } from './pipeline.ts';
import { expansion, programs } from './planted.ts';

const dayLength = 86_400_000;

/** What the lot said for one opportunity and one program, and whether somebody came. */
export type Invitation = {
  opportunity: Opportunity;
  program: (typeof programs)[number];
  invited: boolean;
  invitedAt: number;
  attendedAt: number | null;
};

/** Expansion of existing customers. Each opportunity is invited to each program, or held out, by lot. */
export function expansions(seed: number, accounts: readonly Account[]): { opportunities: Opportunity[]; invitations: Invitation[] } {
  const opportunities: Opportunity[] = [];
  const invitations: Invitation[] = [];
  for (const account of accounts) {
    if (account.customerFrom === null) continue;
    const from = chance(seed, `expansion/${account.id}`);
    let on = Math.max(account.customerFrom + 90, dataStart);
    for (let index = 1; ; index += 1) {
      on += Math.ceil(from.exponential(365 / expansion.perYear));
      if (on > dataEnd) break;
      const drawn = oneExpansion(account, index, instant(on, 600 + from.below(300)), from);
      if (!atWork(account, localDay(drawn.opportunity.closesAt))) continue;
      opportunities.push(drawn.opportunity);
      invitations.push(...drawn.invitations);
    }
  }
  return { opportunities, invitations };
}

function oneExpansion(account: Account, index: number, createdAt: number, from: Chance) {
  const days = from.lognormal(expansion.medianDays, expansion.spread);
  const opportunity: Opportunity = {
    id: `${account.id.replace('account', 'opportunity')}-more-${index}`,
    name: `${account.name}: more teams ${index}`,
    account,
    person: account.people[0]!,
    type: 'expansion',
    origin: 'customer',
    createdAt,
    closesAt: Math.round(createdAt + days * dayLength),
    won: false,
    amount: Math.round(from.lognormal(5_000, 0.8) / 100) * 100,
    owner: from.pick(owners),
    lossReason: null,
    properties: { type: 'expansion' },
  };
  const invitations = programs.map((program) => invite(opportunity, program, days, from));
  const effect = invitations.reduce((sum, one) => sum + (one.attendedAt === null ? 0 : one.program.effect), 0);
  opportunity.won = from.happens((account.keen ? expansion.won.keen : expansion.won.others) + effect);
  if (!opportunity.won) opportunity.lossReason = from.pick(['price', 'no decision', 'project stopped']);
  return { opportunity, invitations };
}

/** The invitation goes out after a tenth of the deal's days and the program is at half of them: always before it closes. */
function invite(opportunity: Opportunity, program: (typeof programs)[number], days: number, from: Chance): Invitation {
  const invited = from.happens(program.invited);
  const comes = from.happens(opportunity.account.keen ? program.attends.keen : program.attends.others);
  opportunity.properties[program.key] = invited ? 'invited' : 'held out';
  return {
    opportunity,
    program,
    invited,
    invitedAt: Math.round(opportunity.createdAt + 0.1 * days * dayLength),
    attendedAt: invited && comes ? Math.round(opportunity.createdAt + 0.5 * days * dayLength) : null,
  };
}
