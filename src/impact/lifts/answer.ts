import { readGoal } from '../../launch/goals/queries.ts';
import type { Goal } from '../../launch/goals/schema.ts';
import type { Context } from '../../platform/context.ts';
import { dayIn } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import { makeFormat } from '../../web/kit/format.ts';
import { asking, lastDayOf } from '../questions/asking.ts';
import type { Query } from '../../platform/events/store.ts';
import { describeSides } from './before-after.ts';
import type { Bare } from './checks.ts';
import { answerHoldout } from './holdout.ts';
import { answerMatched } from './matched/matched.ts';
import { en } from './messages.ts';
import { type Effect, fits, isShare, type Lift, type LiftAsked } from './schema.ts';
import { answerStructural } from './series/structural.ts';
import { answerSynthetic } from './series/synthetic.ts';
import { answerStaged } from './staged.ts';
import { writer } from './words.ts';

export type Ask = <Row>(query: Query) => Promise<Row[]>;
export type Around = { context: Context; ask: Ask; today: string; lastDay: string | null; timeZone: string; signal?: AbortSignal };

/** What a way of comparing found, before it is judged. */
export type Found = Pick<
  Lift,
  'observed' | 'counterfactual' | 'estimate' | 'adjusted' | 'path' | 'events' | 'segments' | 'series' | 'matched' | 'outside' | 'next'
> & {
  refused: { reason: NonNullable<Lift['refused']>['reason']; needed: number | null } | null;
  checks: Bare[];
  /** Units that got it, over which the effect adds up; null where it does not. */
  reached: number | null;
  notYet: boolean;
  /** The days that it is of, where the question does not say them. */
  period?: { from: string; to: string };
};

const ways = {
  holdout: answerHoldout,
  staged: answerStaged,
  matched: answerMatched,
  synthetic: answerSynthetic,
  structural: answerStructural,
  before_after: describeSides,
} as const;

const scaleOf = (asked: LiftAsked): Pick<Lift, 'scale' | 'currency'> => {
  if (isShare(asked)) return { scale: 'share', currency: null };
  const currency = 'currency' in asked.outcome ? (asked.outcome.currency?.toUpperCase() ?? null) : null;
  return { scale: currency ? 'money' : 'number', currency };
};

type Verdict = Pick<Lift, 'verdict' | 'reason'>;
const cannot = (reason: NonNullable<Lift['reason']>): Verdict => ({ verdict: 'cannot_tell', reason });

/**
 * Met when the whole interval is at or beyond the smallest change worth having, missed when it is short of it; without one, on either side of none.
 * Where less is wanted, a change downwards is the one that counts.
 */
export const judge = (
  { estimate, checks, refused, notYet }: Pick<Found, 'estimate' | 'checks' | 'refused' | 'notYet'>,
  worthHaving: number | null,
  wanted: LiftAsked['wanted'] = 'more',
): Verdict => {
  if (refused?.reason === 'descriptive_only') return cannot('descriptive');
  if (refused || !estimate) return cannot('refused');
  if (checks.some(({ passed, blocks }) => blocks && passed === false)) return cannot('check_failed');
  if (notYet) return cannot('not_yet');
  const [low, high] = wanted === 'less' ? [-estimate.high, -estimate.low] : [estimate.low, estimate.high];
  if (worthHaving === null ? low > 0 : low >= worthHaving) return { verdict: 'met', reason: null };
  if (worthHaving === null ? high < 0 : high < worthHaving) return { verdict: 'missed', reason: null };
  return cannot('interval_holds_both');
};

/** What was registered before decides how it is judged; another comparison than that leaves no verdict. */
const goalChecks = (goal: Goal | null, asked: LiftAsked): Bare[] => {
  if (!goal) return [];
  const { registered } = goal;
  const { design } = asked;
  if (!registered) return [{ name: 'registered', passed: false, blocks: false, figures: { goal: goal.name, day: null } }];
  const same = registered.text.comparison === design.kind;
  const { smallestChange } = registered.text;
  return [
    {
      name: 'registered',
      passed: !registered.late,
      blocks: false,
      figures: { goal: registered.text.name, day: registered.at.slice(0, 10) },
    },
    { name: 'comparison', passed: same, blocks: true, figures: { registered: registered.text.comparison, asked: design.kind } },
    // The goal is of a share: its points are no measure of a number.
    ...(smallestChange === null || isShare(asked)
      ? []
      : [{ name: 'same_scale', passed: false, blocks: asked.worthHaving == null, figures: { points: smallestChange } }]),
  ];
};

const worthHavingOf = (goal: Goal | null, asked: LiftAsked): number | null =>
  (isShare(asked) ? goal?.registered?.text.smallestChange : null) ?? asked.worthHaving ?? null;

const times = (effect: Effect, units: number): Lift['total'] => ({
  value: effect.effect * units,
  low: effect.low * units,
  high: effect.high * units,
});

const refuseUnfit = ({ unit, design, outcome }: LiftAsked): void => {
  const units = fits[design.kind];
  const outcomes = units[unit];
  if (!outcomes) {
    const known = Object.keys(units).join(', ');
    throw new Failure('invalid', {
      en: `This comparison ("${design.kind}") is not of the unit "${unit}". It is of: ${known}.`,
      zh: `比较方式“${design.kind}”不适用于单位“${unit}”。可用：${known}。`,
    });
  }
  if (!outcomes.includes(outcome.kind))
    throw new Failure('invalid', {
      en: `The outcome "${outcome.kind}" cannot be counted of "${unit}" in the comparison "${design.kind}". What can be is: ${outcomes.join(', ')}.`,
      zh: `在比较方式“${design.kind}”中，不能对“${unit}”统计结果“${outcome.kind}”。可用：${outcomes.join('、')}。`,
    });
};

export const refuseMismatch = (asked: LiftAsked): void => {
  const { design, outcome } = asked;
  refuseUnfit(asked);
  if ('from' in outcome && outcome.from > outcome.to)
    throw new Failure('invalid', {
      en: `The period ends (${outcome.to}) before it begins (${outcome.from}). Exchange the two days.`,
      zh: `时间段的结束（${outcome.to}）早于开始（${outcome.from}）。请对调两个日期。`,
    });
  if (asked.unit === 'case' && (asked.segment || asked.covariate || asked.only.length > 0))
    throw new Failure('invalid', {
      en: 'Of cases only their number is known. Ask without a segment, a covariate and conditions.',
      zh: '“例”只知数量。请去掉细分、协变量和条件。',
    });
  if (design.kind === 'holdout') {
    const both = design.treated.filter((value) => design.control.includes(value));
    if (both.length > 0)
      throw new Failure('invalid', {
        en: `"${both[0]}" stands in both arms. A unit either got it or was held out; take it out of one.`,
        zh: `“${both[0]}”同时出现在两组中。一个单位要么获得、要么被留出，请从其中一组移除。`,
      });
  }
};

const periodOf = ({ outcome }: LiftAsked, today: string): { from: string; to: string } =>
  'from' in outcome ? { from: outcome.from, to: outcome.to } : { from: today, to: today };

/** What something changed, against what would have happened without it: the estimate, whether it may be believed, and the verdict. */
export const answerLift = async (context: Context, asked: LiftAsked, signal?: AbortSignal): Promise<Lift> => {
  refuseMismatch(asked);
  const { timeZone, currency } = context.workspace;
  const today = dayIn(context.now(), timeZone);
  const [goal, lastDay] = await Promise.all([
    asked.goal ? context.read((transaction) => readGoal(transaction, asked.goal!, timeZone)) : null,
    lastDayOf(context),
  ]);
  const worthHaving = worthHavingOf(goal, asked);
  const known = { ...asked, worthHaving };
  const found = await asking(context, periodOf(asked, today), (ask) =>
    ways[asked.design.kind](known as never, { context, ask, today, lastDay, timeZone, signal }),
  );
  const { facts: asWas, reached, notYet: _, period, checks: own, refused, ...rest } = found;
  const facts = period ? { ...asWas, ...period, dataTo: `${period.to}T12:00:00Z` } : asWas;
  const checks = [...goalChecks(goal, asked), ...own];
  const verdict = judge({ ...found, checks }, worthHaving, asked.wanted);
  const scale = scaleOf(asked);
  const write = writer(en, makeFormat({ locale: 'en', timeZone, currency: scale.currency ?? currency, now: context.now }), {
    ...scale,
    unit: asked.unit,
    wanted: asked.wanted ?? 'more',
  });
  const lift = {
    ...rest,
    ...scale,
    ...verdict,
    comparison: asked.design.kind,
    unit: asked.unit,
    wanted: asked.wanted ?? 'more',
    worthHaving,
    facts,
  };
  const total = found.estimate && reached !== null ? times(found.estimate, reached) : null;
  const answered = {
    ...lift,
    total,
    refused: refused && { ...refused, words: write.refusal(refused) },
    checks: checks.map((one) => ({ ...one, words: write.check(one) })),
  };
  return { ...answered, sentence: write.sentence(answered).replaceAll('**', '') };
};
