import { activationSearch, type ActivationFinding, type Behaviour } from '../../methods/lift/activation-search.ts';
import type { TwoByTwo } from '../../methods/numeric/fisher-exact.ts';
import { shareInterval, type ShareEstimate } from '../../methods/numeric/share-interval.ts';
import type { Context } from '../../platform/context.ts';
import type { Query } from '../../platform/events/store.ts';
import { Failure } from '../../platform/failure.ts';
import { asking, daysOf, lastDayOf } from '../questions/asking.ts';
import { type Doing, type Done, doneBy, hasMoments, namesOf, readsProperties } from '../questions/behaviours.ts';
import * as queries from './queries.ts';
import { atLeast, type Finding, halves, type Search, type SearchAsked, type SearchRowsAsked } from './schema.ts';

const refuse = ({ earlyDays, staying }: SearchAsked): void => {
  if (staying.from > staying.to)
    throw new Failure('invalid', {
      en: `The days of staying end (${staying.to}) before they begin (${staying.from}). Exchange the two.`,
      zh: `留存的天数在开始（${staying.from}）之前就结束（${staying.to}）。请对调两者。`,
    });
  if (staying.from < earlyDays)
    throw new Failure('invalid', {
      en: `Early behaviour (the first ${earlyDays} days) reaches into the days of staying (from day ${staying.from}). Begin those later: what is looked for must lie before.`,
      zh: `早期行为（最初 ${earlyDays} 天）与留存的天数（从第 ${staying.from} 天起）重叠。请让留存开始得更晚：所考察的行为须在其之前。`,
    });
};

/** The days of the question, and to where they can be answered; without events nobody is there to be followed. */
type Framed = queries.Frame & { isEmpty: boolean } & Pick<Done, 'features'>;

export const frameOf = async (context: Context, asked: SearchAsked): Promise<Framed> => {
  refuse(asked);
  const { step } = asked.staying;
  const { doings, features } = await doneBy(context, [...asked.behaviours, ...(step ? [step] : [])]);
  const behaviours = doings.slice(0, asked.behaviours.length);
  const days = daysOf(asked.range, context);
  const lastDay = await lastDayOf(context);
  return {
    ...days,
    lastDay: lastDay ?? days.from,
    zone: context.workspace.timeZone,
    isEmpty: lastDay === null,
    stays: doings[behaviours.length] ?? null,
    behaviours,
    features,
  };
};

type Half = { stayed: number; left: number };
type Halves = Record<'training' | 'holdOut', Half>;

/** Refuses rows of nothing, or of two things at once. */
export const refuseRows = ({ event, behaviour, behaviours }: SearchRowsAsked): void => {
  if ((event == null) === (behaviour == null))
    throw new Failure('invalid', {
      en: 'Name the event whose rows are listed, or the place of a behaviour that was asked for.',
      zh: '请指定要列出明细的事件，或所问行为的位置。',
    });
  if (behaviour != null && !behaviours[behaviour])
    throw new Failure('invalid', {
      en: `There are ${behaviours.length} behaviours; place ${behaviour} is none of them.`,
      zh: `共有 ${behaviours.length} 种行为，没有位置 ${behaviour}。`,
    });
};

type Early = Pick<Finding, 'event' | 'behaviour' | 'times'>;

const keyOf = (place: number, event: string, times: number): string => JSON.stringify([place, event, times]);
const earlyOf = (key: string, asked: readonly Doing[]): Early => {
  const [place, event, times] = JSON.parse(key) as [number, string, number];
  return place < 0 ? { event, behaviour: null, times } : { event: asked[place]?.name ?? '', behaviour: place, times };
};

const wholeOf = (rows: readonly queries.HalfCount[]): Halves => {
  const of = (half: 'training' | 'holdOut'): Half => {
    const row = rows.find((one) => one.half === half && one.times === 0);
    return { stayed: row?.stayed ?? 0, left: row?.away ?? 0 };
  };
  return { training: of('training'), holdOut: of('holdOut') };
};

/** Counts of each behaviour against those who did not do it. Levels that say the same of the same people are one behaviour. */
export const behavioursOf = (rows: readonly queries.HalfCount[]): Behaviour[] => {
  const whole = wholeOf(rows);
  const did = new Map(rows.map((row) => [`${row.half} ${keyOf(row.place, row.event, row.times)}`, row]));
  const tableOf = (half: 'training' | 'holdOut', key: string): TwoByTwo => {
    const row = did.get(`${half} ${key}`);
    const [didStayed, didLeft] = [row?.stayed ?? 0, row?.away ?? 0];
    return { didStayed, didLeft, notStayed: whole[half].stayed - didStayed, notLeft: whole[half].left - didLeft };
  };
  const lowest = rows.filter(({ times }) => times > 0).map(({ place, event }) => keyOf(place, event, 1));
  return [...new Set(lowest)].toSorted().flatMap((least) => {
    const [place, event] = JSON.parse(least) as [number, string];
    const levels = atLeast
      .map((times) => keyOf(place, event, times))
      .map((key) => ({ name: key, training: tableOf('training', key), holdOut: tableOf('holdOut', key) }));
    // Somebody must have done it more often, else asking for more often asks the same again.
    return levels.filter((level, place) => place === 0 || counted(level) < counted(levels[place - 1]!));
  });
};

const counted = (behaviour: Behaviour): number =>
  halves.reduce((sum, half) => sum + behaviour[half].didStayed + behaviour[half].didLeft, 0);

const asFinding = (
  { name, precision, ...figures }: ActivationFinding,
  behaviours: readonly Behaviour[],
  asked: readonly Doing[],
): Finding => {
  const counts = behaviours.find((one) => one.name === name)!.holdOut;
  const didNot = shareInterval(counts.notStayed, counts.notStayed + counts.notLeft) as ShareEstimate;
  return { ...earlyOf(name, asked), ...figures, counts, stayedOfThoseWho: { did: precision, didNot } };
};

type Judged = Pick<Search, 'refused' | 'needed' | 'asked' | 'findings' | 'leftOut'>;

const judged = (behaviours: readonly Behaviour[], most: number, asked: readonly Doing[]): Judged => {
  const none = { asked: behaviours.length, findings: [], leftOut: [] };
  const found = activationSearch(behaviours, { most });
  if ('refused' in found) return { ...none, refused: found.refused, needed: found.refused === 'too_few' ? found.needed : null };
  return {
    refused: null,
    needed: null,
    asked: found.asked,
    findings: found.chosen.map((one) => asFinding(one, behaviours, asked)),
    leftOut: found.leftOut.map(({ name, why }) => ({ ...earlyOf(name, asked), why })),
  };
};

/** Which early behaviour goes with staying: chosen on one half of the people, judged on the other. */
export const answerActivations = async (context: Context, asked: SearchAsked): Promise<Search> => {
  const { isEmpty, features, ...frame } = await frameOf(context, asked);
  const answer = async (ask: <Row>(query: Query) => Promise<Row[]>) => {
    const common = await ask<{ name: string }>(queries.commonNames(asked, frame));
    // What was asked for by itself is not looked at twice.
    const named = frame.behaviours.filter((one) => hasMoments(one) && !readsProperties(one)).map(namesOf);
    const names = common.map(({ name }) => name).filter((name) => !named.some((of) => of.length === 1 && of[0] === name));
    const [rows, [around]] = await Promise.all([
      ask<queries.HalfCount>(queries.searchCounts(asked, frame, names)),
      ask<queries.Around>(queries.searchAround(asked, frame)),
    ]);
    return {
      reading: 'association' as const,
      unit: asked.unit,
      halves: wholeOf(rows),
      accounts: around?.accounts ?? 0,
      tooYoung: around?.tooYoung ?? 0,
      ...judged(behavioursOf(rows), asked.most, frame.behaviours),
      earlyDays: asked.earlyDays,
      staying: { from: asked.staying.from, to: asked.staying.to },
      lastDay: isEmpty ? null : frame.lastDay,
    };
  };
  return asking(context, { from: frame.from, to: frame.to }, answer, features);
};
