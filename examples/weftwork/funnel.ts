import { dataEndInstant } from './calendar.ts';
import type { Company } from './generate.ts';
import type { Lead } from './pipeline.ts';
import { origins, spreadOfDays, type PlantedOrigin } from './planted.ts';
import { normalQuantile } from '../../src/methods/numeric/normal.ts';

export type FunnelCounts = { firstContact: number; opportunity: number; won: number; firstRevenue: number };

/** The funnel as it can be seen at the end of the data, counted from what was drawn. */
export function funnel(leads: readonly Lead[]): FunnelCounts {
  return {
    firstContact: leads.length,
    opportunity: leads.filter((lead) => lead.opportunity !== null).length,
    won: leads.filter((lead) => lead.opportunity?.won && lead.opportunity.closesAt < dataEndInstant).length,
    firstRevenue: leads.filter((lead) => lead.firstRevenueAt !== null).length,
  };
}

export function funnelByOrigin(company: Company): { origin: string | null; counts: FunnelCounts; planted: PlantedOrigin }[] {
  return origins.map((planted) => ({
    origin: planted.origin,
    counts: funnel(company.leads.filter((lead) => lead.origin === planted)),
    planted,
  }));
}

/** Median days of those that got there: true (planted, all of them in the end) and as seen (the slow ones are still out). */
export function seenMedians(leads: readonly Lead[]) {
  const dayLength = 86_400_000;
  const opened = leads.flatMap((lead) => (lead.opportunity ? [(lead.opportunity.createdAt - lead.contactAt) / dayLength] : []));
  const closed = leads.flatMap(({ opportunity }) =>
    opportunity?.won && opportunity.closesAt < dataEndInstant ? [(opportunity.closesAt - opportunity.createdAt) / dayLength] : [],
  );
  return { opportunity: median(opened), won: median(closed) };
}

/**
 * The day by which half of all that ever become opportunities have: from the planted lognormal times of the origins, each with
 * the weight of its first contacts. The slow ones that the data end too early for would be late by this clock, too.
 */
export function trueMedianDaysToOpportunity(company: Company): number {
  const steps = 4000;
  const points = funnelByOrigin(company).flatMap(({ counts, planted }) =>
    Array.from({ length: steps }, (_, step) => ({
      days: planted.medianDays.opportunity * Math.exp(spreadOfDays.opportunity * normalQuantile((step + 0.5) / steps)),
      weight: counts.firstContact * planted.opportunity,
    })),
  );
  points.sort((one, other) => one.days - other.days);
  let left = points.reduce((sum, { weight }) => sum + weight, 0) / 2;
  return points.find(({ weight }) => (left -= weight) <= 0)!.days;
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return null;
  return sorted.length % 2 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Won of the expansion opportunities that are closed, by what the lot said: the honest comparison for a program. */
export function byInvitation(company: Company, program: string) {
  const group = (invited: boolean) => {
    const closed = company.invitations.filter(
      (one) => one.program.key === program && one.invited === invited && one.opportunity.closesAt < dataEndInstant,
    );
    return { closed: closed.length, won: closed.filter((one) => one.opportunity.won).length };
  };
  return { invited: group(true), heldOut: group(false) };
}
