import { dataEnd, dataStart, dayText, timeZone } from './calendar.ts';
import { accountFigures, measuredDays, personFigures, type LaunchFigures } from './expected.ts';
import { byInvitation, funnel, funnelByOrigin, seenMedians, trueMedianDaysToOpportunity } from './funnel.ts';
import { uses, type Company } from './generate.ts';
import {
  expansion,
  launches,
  leavingAtRenewal,
  otherMovesAtRenewal,
  programs,
  recall,
  useOfKeenAccounts,
  type LaunchKey,
} from './planted.ts';
import { recallWaves } from './recall.ts';
import { namedTraps } from './trap-names.ts';

/** What an honest report says of each launch, and why. */
export const verdicts: Record<LaunchKey, { verdict: 'met' | 'missed' | 'cannot_tell'; because: string }> = {
  'smart-handoff': { verdict: 'met', because: 'the whole interval of adoption at day 90 lies above the target of 30%' },
  'guest-lanes': { verdict: 'missed', because: 'the whole interval of adoption at day 90 lies below the target of 25%' },
  'audit-export': { verdict: 'cannot_tell', because: '11 accounts are eligible where 20 are needed, and day 90 has not come' },
};

const rounded = (figures: LaunchFigures) => ({ ...figures, trueChance: Math.round(figures.trueChance * 1e6) / 1e6 });

function launchTruths(company: Company) {
  return launches.map((launch) => ({
    key: launch.key,
    marketDate: launch.marketDate,
    rule: launch.rule,
    target: launch.goal.target,
    ...verdicts[launch.key],
    marks: measuredDays[launch.key].map((day) => ({
      day,
      accounts: rounded(accountFigures(company, launch, day)),
      people: rounded(personFigures(company, launch, day)),
    })),
    bySegmentOnTheLastDay: launch.eligibility.segments.map((segment) => {
      const day = measuredDays[launch.key].at(-1)!;
      return { segment, day, ...rounded(accountFigures(company, launch, day, (account) => account.segment === segment)) };
    }),
    lift: launch.lift,
  }));
}

function funnelTruths(company: Company) {
  return {
    seenAtTheEnd: funnel(company.leads),
    byOrigin: funnelByOrigin(company).map(({ origin, planted, counts }) => ({
      origin,
      trueChance: { opportunity: planted.opportunity, wonOfOpportunities: planted.won },
      trueMedianDays: planted.medianDays,
      seenAtTheEnd: counts,
    })),
    trueMedianDaysToOpportunity: Math.round(100 * trueMedianDaysToOpportunity(company)) / 100,
    seenMedianDays: seenMedians(company.leads),
  };
}

/** Everything that is true of the company, as the file truths.json holds it. */
export function truths(company: Company) {
  let events = 0;
  for (const _ of uses(company)) events += 1;
  return {
    company: 'Weftwork',
    seed: company.seed,
    timeZone,
    dataFrom: dayText(dataStart),
    dataTo: dayText(dataEnd),
    counts: {
      accounts: company.accounts.length,
      people: company.people.length,
      events,
      opportunities: company.opportunities.length,
      movements: company.movements.length,
    },
    launches: launchTruths(company),
    retention: { leavingAtRenewal, otherMovesAtRenewal, ofAdopters: launches[0]!.lift.leavingAtRenewal },
    confounding: { useOfKeenAccounts, adoptionOfKeenAccounts: launches[0]!.keenness },
    funnel: funnelTruths(company),
    programs: programs.map((program) => ({
      ...program,
      effectOfInvitation: ['keen', 'others'].map((kind) => ({
        kind,
        effect: Math.round(1e6 * program.attends[kind as 'keen' | 'others'] * program.effect) / 1e6,
      })),
      winsOfExpansionWithout: expansion.won,
      seenAtTheEnd: byInvitation(company, program.key),
    })),
    recall: { ...recall, seenAtTheEnd: recallWaves(company.seed) },
    traps: namedTraps(company),
  };
}
