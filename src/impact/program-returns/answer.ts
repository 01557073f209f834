import { setImmediate as nextTurn } from 'node:timers/promises';
import type { z } from 'zod';
import { accountsReached, countMembers, type ReachedAccount } from '../../launch/programs/members/queries.ts';
import { readFamily, readOwnNames, readProgram } from '../../launch/programs/queries.ts';
import { type MemberCounts, memberStatuses, type MemberStatus, type Program } from '../../launch/programs/schema.ts';
import { byKey } from '../../platform/by-key.ts';
import type { Context } from '../../platform/context.ts';
import { dayIn } from '../../platform/days.ts';
import { answerHoldouts } from '../credits/beside.ts';
import { evidenceOf, readSurveys } from '../recall-surveys/records.ts';
import type { RecallEvidence } from '../recall-surveys/schema.ts';
import { classify } from '../self-reports/classifying.ts';
import { type AnswerCount, countAnswers, readSetting } from '../self-reports/queries.ts';
import { closingsOf, meetingsOf, newDealsOf, returnedDeals, sumOf } from './counting.ts';
import { type Begun, compare, daySeconds, hasNewDeal, hasWon, mostCompared, othersOf } from './matching.ts';
import { type AccountRow, accountRows, type DealRow, dealRows, type Meeting, meetings, newestDeal, type NewestRow } from './queries.ts';
import { type Horizon, type HorizonReturns, horizons, type ProgramReturns, type ReturnedDeal, type returnsAsked } from './schema.ts';

export type Asked = z.output<typeof returnsAsked>;

const fewestForStep = 20;
const fewestForCost = 5;

/** The furthest step that enough accounts came to; else the furthest that any did. */
const usualStep = (reached: readonly ReachedAccount[]): MemberStatus => {
  const count = (step: MemberStatus) => (step === 'invited' ? reached.length : reached.filter((one) => one[step] !== null).length);
  const furthest = memberStatuses.toReversed();
  return furthest.find((step) => count(step) >= fewestForStep) ?? furthest.find((step) => count(step) > 0) ?? 'attended';
};

type Facts = {
  program: Program;
  names: string[];
  from: MemberStatus;
  begun: Begun[];
  others: AccountRow[];
  all: DealRow[];
  deals: Map<string, DealRow[]>;
  met: Meeting[];
  dataTo: number | null;
};

/** Nothing after the newest deal or touch on record has been looked at yet. */
const newestOf = (deal: number | null, reached: readonly ReachedAccount[], now: number): number | null => {
  let newest = deal;
  const look = (at: number | null) => {
    if (at !== null && at <= now && (newest === null || at > newest)) newest = at;
  };
  for (const { listed, attended } of reached) for (const at of [listed, attended]) look(at);
  return newest;
};

export const readFacts = async (context: Context, asked: Asked): Promise<Facts> => {
  const { program, names } = await context.read(async (transaction) => ({
    program: await readProgram(transaction, asked.program),
    names: await readOwnNames(transaction, asked.program),
  }));
  const rule = { lookbackDays: asked.lookbackDays, invitedCounts: false };
  const [reached, [newest]] = await Promise.all([
    context.events.ask<ReachedAccount>(accountsReached(names)),
    context.events.ask<NewestRow>(newestDeal(context.now())),
  ]);
  const from = asked.from ?? usualStep(reached);
  const listed = reached.map(({ account }) => account);
  const [accounts, met] = await Promise.all([
    context.events.ask<AccountRow>(accountRows(listed, mostCompared)),
    context.events.ask<Meeting>(meetings(listed)),
  ]);
  const known = new Map(accounts.map((account) => [account.id, account]));
  const begun = reached.flatMap((one) => {
    const at = from === 'invited' ? one.listed : one[from];
    return at === null ? [] : [{ account: known.get(one.account) ?? { id: one.account, created: null, employees: 0 }, at }];
  });
  const isListed = new Set(listed);
  const others = accounts.filter(({ id }) => !isListed.has(id));
  // Of all others on record nothing is compared, so that their deals stay where they are.
  const compared = [...listed, ...others.map(({ id }) => id)];
  const all = await context.events.ask<DealRow>(dealRows(rule, context.now(), { names, accounts: compared }));
  const dataTo = newestOf(newest?.at ?? null, reached, context.now().getTime() / 1000);
  return { program, names, from, begun, others, all, deals: byKey(all, ({ account }) => account), met, dataTo };
};

export const followedTo = ({ begun, dataTo }: Pick<Facts, 'begun' | 'dataTo'>, days: number): Begun[] =>
  begun.filter(({ at }) => dataTo !== null && at + days * daySeconds <= dataTo);

const costOf = ({ costs }: Program): { cost: number | null; costWhy: ProgramReturns['costWhy'] } => {
  const paid = costs.filter(({ actualCost }) => actualCost !== null && actualCost > 0);
  if (paid.length === 0) return { cost: null, costWhy: 'none' };
  if (paid.length > 1) return { cost: null, costWhy: 'several_currencies' };
  return costs.some(({ withoutCost }) => withoutCost > 0)
    ? { cost: null, costWhy: 'incomplete' }
    : { cost: paid[0]!.actualCost, costWhy: null };
};

const perDeal = (cost: number | null, deals: number): number | null =>
  cost === null || deals < fewestForCost ? null : Math.round((cost / deals) * 100) / 100;

const horizonOf = (facts: Facts, cost: number | null, days: Horizon): HorizonReturns => {
  const { begun, others, all, deals, met, dataTo } = facts;
  const followed = followedTo(facts, days);
  const moments = followed.map(({ at }) => at);
  const beside = moments.length > 0 ? othersOf(others, moments) : [];
  const returned = returnedDeals(followed, deals, days);
  const [sourced, influenced] = [sumOf(returned, 'sourced'), sumOf(returned, 'influenced')];
  return {
    days,
    followed: followed.length,
    notYet: begun.length - followed.length,
    meetings: meetingsOf(followed, met, days),
    ...newDealsOf(followed, deals, days),
    matchedNew: compare(followed, beside, deals, hasNewDeal(days)),
    matchedWon: compare(followed, beside, deals, hasWon(days)),
    sourced,
    influenced,
    accelerated: closingsOf(all, days, dataTo ?? 0),
    costPerSourced: perDeal(cost, sourced.deals),
    costPerTouched: perDeal(cost, sourced.deals + influenced.deals),
  };
};

/** How many said themselves that they came through the program. */
const saidSo = async (context: Context, program: Program): Promise<number> => {
  const setting = await context.read(readSetting);
  if (setting.sources.length === 0 || !setting.rules.some((rule) => rule.program === program.id)) return 0;
  const { id, key, name } = program;
  const { channels } = classify(
    await context.events.ask<AnswerCount>(countAnswers(setting.sources)),
    setting.rules,
    new Map([[id, { id, key, name }]]),
  );
  return channels.filter((one) => one.program?.id === id).reduce((sum, { answers }) => sum + answers, 0);
};

/** Who knows the brand: of the program and of its parts, each for itself. */
const recallOf = (context: Context, { id }: Program): Promise<RecallEvidence[]> =>
  context.read(async (transaction) => {
    const family = (await readFamily(transaction, id)).map((one) => one.id);
    return evidenceOf(await readSurveys(context, transaction, family));
  });

const nobody: MemberCounts = { members: 0, accounts: 0, invited: 0, responded: 0, registered: 0, attended: 0, other: 0 };

/** What a program cost, whom it reached, and what came of that so many days later. */
export const answerReturns = async (context: Context, asked: Asked): Promise<ProgramReturns> => {
  const facts = await readFacts(context, asked);
  const { program, names, from, begun, dataTo } = facts;
  const [[counted], said, lots, recall] = await Promise.all([
    context.events.ask<MemberCounts>(countMembers({ names, programs: names.map(() => program.id) })),
    saidSo(context, program),
    answerHoldouts(context, 'campaign', (name) => names.includes(name.toLowerCase())),
    recallOf(context, program),
  ]);
  const { cost, costWhy } = costOf(program);
  const returned: HorizonReturns[] = [];
  for (const days of horizons) {
    returned.push(horizonOf(facts, cost, days));
    await nextTurn();
  }
  return {
    members: counted ?? nobody,
    costs: program.costs,
    costWhy,
    from,
    accounts: begun.length,
    lookbackDays: asked.lookbackDays,
    dataTo: dataTo === null ? null : dayIn(new Date(dataTo * 1000), context.workspace.timeZone),
    horizons: returned,
    lots,
    recall,
    saidSo: said,
  };
};

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

/** The deals behind the figures of one horizon. */
export const listReturnedDeals = async (context: Context, asked: Asked, days: Horizon): Promise<ReturnedDeal[]> => {
  const facts = await readFacts(context, asked);
  return returnedDeals(followedTo(facts, days), facts.deals, days).map(
    ({ deal: { id, name, account, state, amount, currency, ...deal }, role }) => ({
      id,
      name,
      account,
      role,
      state,
      amount,
      currency,
      createdAt: iso(deal.created),
      closedAt: deal.closed === null ? null : iso(deal.closed),
    }),
  );
};
