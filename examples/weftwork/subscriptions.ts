import { atWork, type Account, type Plan } from './accounts.ts';
import { renewals } from './adoption.ts';
import { instant, type Day } from './calendar.ts';
import { chance } from './chance.ts';
import { isWon, type Opportunity } from './pipeline.ts';
import { otherMovesAtRenewal } from './planted.ts';

/** One movement of an account's monthly subscription, always a positive amount; its kind says the direction. */
export type Movement = { id: string; account: Account; kind: 'new' | 'expansion' | 'contraction' | 'churn'; monthly: number; at: number };

export const pricePerSeat: Record<Plan, number> = { team: 9, business: 15, enterprise: 24 };

export function movements(seed: number, account: Account, opportunities: readonly Opportunity[]): Movement[] {
  if (account.customerFrom === null || account.plan === null) return [];
  const from = chance(seed, `subscription/${account.id}`);
  const steps = planned(account, opportunities, () => from.happens(otherMovesAtRenewal.contraction));
  let running = 0;
  const made: Movement[] = [];
  for (const step of steps.toSorted((one, other) => one.at - other.at)) {
    const monthly =
      step.kind === 'churn' ? running : step.kind === 'contraction' ? Math.round(running * otherMovesAtRenewal.share) : step.monthly;
    running += step.kind === 'new' || step.kind === 'expansion' ? monthly : -monthly;
    if (monthly > 0) made.push({ id: `movement-${account.id.slice(8)}-${made.length + 1}`, account, ...step, monthly });
  }
  return made;
}

function planned(account: Account, opportunities: readonly Opportunity[], contracts: () => boolean) {
  const steps: { kind: Movement['kind']; monthly: number; at: number }[] = [];
  steps.push({ kind: 'new', monthly: account.people.length * pricePerSeat[account.plan!], at: account.createdAt });
  for (const opportunity of opportunities) {
    if (opportunity.type === 'expansion' && isWon(opportunity)) {
      steps.push({ kind: 'expansion', monthly: Math.round(opportunity.amount / 12), at: opportunity.closesAt });
    }
  }
  for (const on of renewals(account)) {
    const contracting = contracts();
    if (atWork(account, on) && contracting) steps.push({ kind: 'contraction', monthly: 0, at: renewalInstant(on) });
    if (account.leftOn === on) steps.push({ kind: 'churn', monthly: 0, at: renewalInstant(on) });
  }
  return steps;
}

/** A subscription ends with the first minute of the renewal day. */
export function renewalInstant(on: Day): number {
  return instant(on);
}
