import { dayIn } from '../../platform/days.ts';
import type { Context } from '../../platform/context.ts';
import type { WorkspaceEvents } from '../../platform/events/store.ts';
import type { UsedFeature } from '../../launch/features/schema.ts';
import type { AdoptionGoal, Launch } from '../../launch/launches/schema.ts';
import { type AdoptionFacts, factsOfLaunch, reachedOf } from '../adoptions/facts.ts';
import { type BaseCount, baseCounts } from '../adoptions/queries.ts';
import { lastDayBy, newestDayOf } from '../questions/asking.ts';
import { assembleAdoption, assembleGoals, clustersOn, ofAllSegments, outsideOf } from './adoption/assemble.ts';
import { adoptionBySegment, type PeopleCounts, peopleCounts, type SegmentAdoption } from './adoption/queries.ts';
import { assembleComparison, assembleFunnel, assembleOrigins, assembleSegments, ranksFor, windowDays } from './funnel/assemble.ts';
import {
  beforeAfter,
  type BeforeAfterCounts,
  dealsBySegment,
  type FunnelCounts,
  funnelCounts,
  type FunnelTimes,
  funnelTimes,
  lastDeal,
  type LastDeal,
  moneyByOrigin,
  type MoneyByOrigin,
  type SegmentDeals,
} from './funnel/queries.ts';
import { type Basis, judgedLaunch, leadingOf } from './basis.ts';
import { judgeGoals } from './goals/judge.ts';
import { readLifts } from './lift/read.ts';
import { readPipeline } from './pipeline/read.ts';
import { readRests } from './rests/read.ts';
import type { LandingReport } from './schema.ts';
import { saidSince } from './said/since.ts';
import { leftBehind } from './work/left.ts';

/** `until`: the last day that counts, where it is not the newest; as a snapshot is made again. */
export type Asked = { context: Context; basis: Basis; now: Date; until?: string };
type Timed = Omit<Asked, 'context'> & { timeZone: string };
type Reading = { events: WorkspaceEvents; launch: Launch; goal: AdoptionGoal | null };

const usualHorizon = 90;

/** The last day that is over, that events cover and that counts. */
const lastDayOf = ({ timeZone, now, until }: Omit<Timed, 'basis'>, newestDay: string | null): string | null => {
  const last = lastDayBy(newestDay, dayIn(now, timeZone));
  return last !== null && until !== undefined && until < last ? until : last;
};

export const factsOf = (asked: Timed, newestDay: string | null): AdoptionFacts => {
  const { basis, timeZone, now } = asked;
  return factsOfLaunch(judgedLaunch(basis), {
    horizonDays: leadingOf(basis)?.registered?.text.horizonDays ?? usualHorizon,
    lastDay: lastDayOf(asked, newestDay),
    timeZone,
    now,
  });
};

const one = async <Row>(rows: Promise<Row[]>): Promise<Row> => (await rows)[0]!;

const readAdoption = async ({ events, launch, goal }: Reading, facts: AdoptionFacts) => {
  const [person, accounts, found] = await Promise.all([
    one(events.ask<PeopleCounts>(peopleCounts(facts))),
    events.ask<BaseCount & Pick<LandingReport['base']['accounts'][number], 'standing'>>(baseCounts(facts)),
    events.ask<SegmentAdoption>(adoptionBySegment(facts)),
  ]);
  const outside = outsideOf(found);
  const segments = found.filter(({ accounts }) => accounts > 0);
  const { horizonDays } = facts;
  const account = ofAllSegments(segments, horizonDays);
  const reached = launch.feature ? reachedOf(facts) : 0;
  const goalOf = (unit: 'account' | 'person') => (goal?.unit === unit ? goal : null);
  const adoption = {
    account: assembleAdoption({ counts: account, reached, horizonDays, goal: goalOf('account') }),
    person: assembleAdoption({ counts: person, reached, horizonDays, goal: goalOf('person') }),
  };
  const known = {
    hasFeature: launch.feature !== null,
    hasEvents: facts.lastDay !== null,
    hasUses: account.users + person.users + outside.uses > 0,
  };
  return {
    reached,
    segments,
    adoption,
    leadingLines: goal
      ? assembleGoals({
          goal,
          adoption: adoption[goal.unit],
          ...known,
          clustersOn: (day) => (goal.unit === 'person' ? clustersOn(day, person) : undefined),
        })
      : [],
    base: {
      accounts: accounts.map(({ standing, accounts: count }) => ({ standing, accounts: count })),
      undated: accounts.find(({ standing }) => standing === 'eligible')?.undated ?? 0,
      outside,
    },
  };
};

const readFunnel = async ({ events, launch }: Reading, facts: AdoptionFacts) => {
  const [counted, money, deals, last] = await Promise.all([
    events.ask<FunnelCounts>(funnelCounts(facts)),
    events.ask<MoneyByOrigin>(moneyByOrigin(facts)),
    events.ask<SegmentDeals>(dealsBySegment(facts)),
    one(events.ask<LastDeal>(lastDeal(facts))),
  ]);
  const ranks = ranksFor(counted);
  const window = windowDays({ marketDate: launch.marketDate, dealsTo: last.day, horizonDays: facts.horizonDays });
  const [times, compared] = await Promise.all([
    events.ask<FunnelTimes>(funnelTimes(ranks, facts)),
    one(events.ask<BeforeAfterCounts>(beforeAfter(window, facts))),
  ]);
  return {
    dealsTo: last.day,
    deals,
    funnel: { ...assembleFunnel(counted, times), hasRevenue: last.hasRevenue === 1 },
    ...assembleOrigins(counted, times, money),
    beforeAfter: assembleComparison(window, compared),
  };
};

const reportedFeature = ({ id, name, version, rule, base, newest }: UsedFeature): LandingReport['feature'] => ({
  id,
  name,
  version,
  rule,
  base,
  newest: newest && { version: newest.version, changed: newest.changed, createdBy: newest.createdBy, createdAt: newest.createdAt },
});

const heading = (launch: Launch, { basis, timeZone, now }: Timed) => ({
  launch: {
    key: launch.key,
    name: launch.name,
    tier: launch.tier,
    stage: launch.stage,
    readyDate: launch.readyDate,
    marketDate: launch.marketDate,
  },
  feature: launch.feature && reportedFeature(launch.feature),
  eligibility: launch.eligibility,
  definition: { launch: launch.version, feature: launch.feature?.version ?? null },
  goalRegisteredAt: leadingOf(basis)?.registered?.at ?? null,
  goalRegisteredLate: leadingOf(basis)?.registered?.late ?? false,
  madeAt: now.toISOString(),
  timeZone,
});

/** Asks the stores and puts the landing report together. Every figure comes from SQL or from a method. */
export const makeLandingReport = async (asked: Asked): Promise<LandingReport> => {
  const { context, basis, now } = asked;
  const { events } = context;
  const { timeZone } = context.workspace;
  const timed = { ...asked, timeZone };
  const launch = judgedLaunch(basis);
  const eventsTo = await newestDayOf(events, dayIn(now, timeZone));
  const facts = factsOf(timed, eventsTo);
  const reading = { events, launch, goal: leadingOf(basis) ? launch.goal : null };
  const [use, deal, lifts, pipeline, restsOn] = await Promise.all([
    readAdoption(reading, facts),
    readFunnel(reading, facts),
    readLifts(asked),
    readPipeline(asked),
    readRests(context, basis),
  ]);
  const { segments, reached, leadingLines, ...adopted } = use;
  const { deals, dealsTo, ...sold } = deal;
  const { lastDay, horizonDays } = facts;
  const judged = await judgeGoals({ events, basis, launch, leadingLines, lastDay, dealsTo, timeZone, now });
  return {
    ...heading(launch, timed),
    dataTo: { events: eventsTo, deals: dealsTo },
    dayReached: reached,
    horizonDays,
    ...adopted,
    ...judged,
    ...leftBehind(basis, { now, timeZone, until: asked.until }),
    said: saidSince(basis, { now, timeZone, until: asked.until }),
    ...sold,
    bySegment: assembleSegments(segments, deals, reached > 0),
    lifts,
    pipeline,
    restsOn,
  };
};
