import { readUsed } from '../../launch/features/queries.ts';
import { everybody, type UsedFeature } from '../../launch/features/schema.ts';
import { readLaunch, readLaunches } from '../../launch/launches/queries.ts';
import type { Launch } from '../../launch/launches/schema.ts';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Query } from '../../platform/events/store.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { asking, lastDayOf } from '../questions/asking.ts';
import type { Sums } from '../questions/clusters.ts';
import { assembleBreadth, assembleDepth, assembleGroup, assembleReturns, assembleTime, assembleUnit } from './assemble.ts';
import { type AdoptionFacts, factsOfLaunch, groupDayOf, marketOf, type Since } from './facts.ts';
import * as queries from './queries.ts';
import { type Adoption, type AdoptionAsked, groupBys, type Overlay } from './schema.ts';

type Ask = <Row>(query: Query) => Promise<Row[]>;
export type Meant = {
  facts: AdoptionFacts;
  launch: Launch | null;
  feature: UsedFeature | null;
  earlier: Launch[];
};

const usualEarlier = 3;

/** `ofBase` is the property by which the base of the feature says who has access. */
const sinceOf = ({ since }: AdoptionAsked, launch: Launch | null, ofBase: string | null): Since => {
  if (since?.kind === 'day') return { kind: 'day', day: since.day };
  if (since?.kind === 'access')
    return { kind: 'access', property: since.property ?? ofBase, notBefore: since.notBefore ?? launch?.marketDate ?? null };
  if (launch) return { kind: 'day', day: launch.marketDate };
  if (since?.kind === 'launch')
    throw new Failure('invalid', {
      en: 'Say which launch: its market date is day 1. Or choose a day, or the day of access.',
      zh: '请说明是哪个发布：其上市日为第 1 天。也可选择某一天，或获得权限之日。',
    });
  return { kind: 'access', property: ofBase, notBefore: null };
};

const earlierOf = (asked: AdoptionAsked, launch: Launch | null, all: Launch[]): Launch[] => {
  const able = all.filter(({ key, feature }) => feature !== null && key !== launch?.key);
  if (asked.earlier) return able.filter(({ key }) => asked.earlier!.includes(key));
  return launch ? able.filter(({ marketDate }) => marketDate < launch.marketDate).slice(0, usualEarlier) : [];
};

/** The feature that is asked about: the named one, else that of the launch in the version that its goal was registered with. */
const featureOf = async (transaction: Transaction, asked: AdoptionAsked, launch: Launch | null): Promise<UsedFeature | null> => {
  if (asked.rule) return null;
  const id = asked.feature ?? launch?.feature?.id;
  if (!id) return null;
  const ofLaunch = launch?.feature?.id === id ? launch.feature.version : null;
  return readUsed(transaction, id, asked.version ?? ofLaunch);
};

/** What is asked, made whole from the launch and the feature that it names. */
export const meantBy = async (context: Context, asked: AdoptionAsked): Promise<Meant> => {
  const { launch, feature, all } = await context.read(async (transaction) => {
    const named = asked.launch ? await readLaunch(transaction, asked.launch) : null;
    return { launch: named, feature: await featureOf(transaction, asked, named), all: await readLaunches(transaction) };
  });
  const rule = asked.rule ?? feature?.rule;
  if (!rule)
    throw new Failure('invalid', {
      en: 'Say what is adopted: name a launch that has a feature, a feature, or a rule.',
      zh: '请说明采用的是什么：指定一个有功能的发布、一个功能或一条规则。',
    });
  const base = feature?.base ?? everybody;
  const facts: AdoptionFacts = {
    rule,
    base,
    plans: asked.plans ?? launch?.eligibility.plans ?? [],
    segments: asked.segments ?? launch?.eligibility.segments ?? [],
    createdBefore: asked.createdBefore ?? launch?.eligibility.createdBeforeMarketDate ?? false,
    since: sinceOf(asked, launch, base.accessProperty),
    horizonDays: asked.horizonDays,
    lastDay: await lastDayOf(context),
    timeZone: context.workspace.timeZone,
    now: context.now(),
  };
  return {
    facts,
    launch,
    feature,
    earlier: earlierOf(asked, launch, all),
  };
};

const layOver = async (ask: Ask, launch: Launch, given: AdoptionFacts, unit: AdoptionAsked['unit']): Promise<Overlay> => {
  const days = await ask<queries.DaySums>(queries.curveSums(unit, factsOfLaunch(launch, given)));
  const { eligible, curve } = assembleUnit(days, unit, given.horizonDays);
  const { key, name, marketDate, feature } = launch;
  return { key, name, marketDate, version: feature?.version ?? null, eligible, curve };
};

const figures = async (ask: Ask, { facts, earlier }: Meant, unit: AdoptionAsked['unit']) => {
  const [base, accounts, people, spans, depth, breadth, [returns], groups, overlays] = await Promise.all([
    ask<queries.BaseCount>(queries.baseCounts(facts)),
    ask<queries.DaySums>(queries.curveSums('accounts', facts)),
    ask<queries.DaySums>(queries.curveSums('people', facts)),
    ask<queries.Span>(queries.spans('accounts', facts)),
    ask<queries.Depth>(queries.depthCounts(unit, facts)),
    ask<queries.Breadth>(queries.breadthCounts(facts)),
    ask<Sums>(queries.returnSums(unit, facts)),
    ask<queries.GroupSums>(queries.groupSums(unit, facts)),
    Promise.all(earlier.map((launch) => layOver(ask, launch, facts, unit))),
  ]);
  return {
    base,
    accounts: assembleUnit(accounts, 'accounts', facts.horizonDays),
    people: assembleUnit(people, 'people', facts.horizonDays),
    timeToAdopt: assembleTime(spans, 'adopted'),
    timeToFirstUse: assembleTime(spans, 'used'),
    groups: groupBys.map((by) =>
      assembleGroup(
        by,
        groups.filter((group) => group.by === by),
        unit,
        groupDayOf(facts),
      ),
    ),
    depth: assembleDepth(depth),
    breadth: assembleBreadth(breadth),
    returns: assembleReturns(returns, unit),
    earlier: overlays,
  };
};

export const answerAdoption = async (context: Context, asked: AdoptionAsked): Promise<Adoption> => {
  const meant = await meantBy(context, asked);
  const { facts, launch, feature } = meant;
  const from = marketOf(facts.since);
  const answered = await asking(context, { from, to: facts.lastDay ?? from }, (ask) => figures(ask, meant, asked.unit));
  const { since } = facts;
  return {
    ...answered,
    launch: launch && { key: launch.key, name: launch.name, marketDate: launch.marketDate },
    feature: feature && {
      id: feature.id,
      name: feature.name,
      version: feature.version,
      newestVersion: feature.newest?.version ?? feature.version,
    },
    rule: facts.rule,
    eligible: facts.base,
    since: {
      kind: since.kind,
      day: since.kind === 'day' ? since.day : since.notBefore,
      property: since.kind === 'access' ? since.property : null,
    },
    horizonDays: facts.horizonDays,
    lastDay: facts.lastDay,
    unit: asked.unit,
  };
};
