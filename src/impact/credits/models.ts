import { apportion } from '../../methods/attribution/apportion.ts';
import { creditOf, type CreditTable, creditTable, type Journey } from '../../methods/attribution/credit-table.ts';
import { decayShares } from '../../methods/attribution/decay-shares.ts';
import { influenceShares } from '../../methods/attribution/influence-shares.ts';
import { journeyChain } from '../../methods/attribution/journey-chain.ts';
import { countsOf, markovRemoval, removalOver } from '../../methods/attribution/markov-removal.ts';
import type { CodedPaths } from '../../methods/attribution/path-texts.ts';
import { positionRules, positionShares } from '../../methods/attribution/position-shares.ts';
import { type RankStability, rankStabilityInSteps } from '../../methods/attribution/rank-stability.ts';
import { shapleyCredits } from '../../methods/attribution/shapley-credits.ts';
import { type Credits, type CreditsSettled, type Model, models } from './schema.ts';

export type Refused = NonNullable<Credits['models'][number]['refused']>;
/** Effects are of the Markov chain only: what share of the conversions would be missing without each channel. */
export type Worked = { model: Model; refused: Refused | null; conversions: number[]; value: number[]; effects?: number[] };
type Found = { conversions: readonly number[]; value: readonly number[]; effects?: number[] };
type SharesOf = (journey: Journey) => readonly number[];

/** What each rule gives a touch; Markov and Shapley look at all journeys together and are none. */
export function sharesBy(model: Model, asked: CreditsSettled, hasTimes: boolean): SharesOf | null {
  switch (model) {
    case 'time_decay':
      return (journey) => decayShares(journey, asked.halfLifeDays);
    case 'influence':
      return (journey) => influenceShares(journey, hasTimes ? asked.influenceDays : null);
    case 'linear':
      return (journey) => positionShares(journey, {});
    case 'own':
      return (journey) => positionShares(journey, asked.own!);
    case 'markov':
    case 'shapley':
      return null;
    default:
      return (journey) => positionShares(journey, positionRules[model]);
  }
}

/** The models that are worked out: a rule of one's own only where one was given. */
export const modelsOf = ({ own }: CreditsSettled): Model[] => models.filter((model) => model !== 'own' || own);

const refusalOf = (model: Model, hasTimes: boolean): Refused | null =>
  hasTimes ? null : model === 'time_decay' ? 'no_times' : model === 'w' || model === 'full_path' ? 'no_stages' : null;

const byRule = (journeys: readonly Journey[], sharesOf: SharesOf) => {
  const table = creditTable(journeys, sharesOf);
  const of = (amount: 'conversions' | 'value') =>
    creditOf(
      table,
      journeys.map((journey) => journey[amount]),
    );
  return { conversions: of('conversions'), value: of('value') };
};

function together(model: 'markov' | 'shapley', journeys: readonly Journey[], asked: CreditsSettled, paths: CodedPaths | undefined) {
  if (model === 'markov') {
    const found = paths ? markovRemoval(paths, asked.order, countsOf(journeys)) : markovRemoval(journeys, asked.order);
    return 'refused' in found
      ? found
      : { conversions: found.conversions.credits, value: found.value.credits, effects: found.conversions.effects };
  }
  const of = (amount: 'conversions' | 'value') => shapleyCredits(journeys, { amount });
  const [conversions, value] = [of('conversions'), of('value')];
  if ('refused' in conversions || 'refused' in value) return { refused: 'no_conversions' as const };
  return { conversions: conversions.values, value: value.values };
}

/** Credits in whole units, so that they sum exactly: ten-thousandths of a conversion, and cents. */
const inUnits = (credits: readonly number[], unit: number): number[] => {
  const weights = credits.map((credit) => Math.max(0, credit));
  const parts = apportion(weights, Math.round(unit * weights.reduce((sum, weight) => sum + weight, 0)));
  return 'refused' in parts ? credits.map(() => 0) : parts.map((part) => part / unit);
};

function ofModel(model: Model, journeys: readonly Journey[], asked: CreditsSettled, hasTimes: boolean, paths?: CodedPaths): Worked {
  const none = { model, conversions: [], value: [] };
  const refused = refusalOf(model, hasTimes) ?? (journeys.some(({ conversions }) => conversions > 0) ? null : 'no_conversions');
  if (refused) return { ...none, refused };
  const sharesOf = sharesBy(model, asked, hasTimes);
  const found: Found | { refused: Refused } = sharesOf
    ? byRule(journeys, sharesOf)
    : together(model as 'markov' | 'shapley', journeys, asked, paths);
  if ('refused' in found) return { ...none, refused: found.refused };
  return {
    model,
    refused: null,
    conversions: inUnits(found.conversions, 10_000),
    value: inUnits(found.value, 1).map((cents) => cents / 100),
    effects: found.effects,
  };
}

/**
 * Every model on the same journeys, and on their paths where those were read already, a model at a time; values are in cents going in, and in whole
 * money coming out.
 */
export function* workedOut(
  journeys: readonly Journey[],
  asked: CreditsSettled,
  hasTimes: boolean,
  paths?: CodedPaths,
): Generator<void, Worked[]> {
  const worked: Worked[] = [];
  for (const model of modelsOf(asked)) {
    worked.push(ofModel(model, journeys, asked, hasTimes, paths));
    yield;
  }
  return worked;
}

const draws = 200;
const mostSteps = 60_000;

/** Ranks of one model in new draws of the same journeys; fewer draws where there are very many touches. */
export function* ranksOf(
  journeys: readonly Journey[],
  asked: CreditsSettled,
  model: Model,
  hasTimes: boolean,
): Generator<void, RankStability[] | null> {
  if (refusalOf(model, hasTimes)) return null;
  const touches = journeys.reduce((sum, journey) => sum + journey.touches.length, 0);
  const few = { draws: Math.max(50, Math.min(draws, Math.round((draws * mostSteps) / Math.max(1, touches)))) };
  const conversions = journeys.map((journey) => journey.conversions);
  const nulls = journeys.map((journey) => journey.nulls);
  if (model === 'markov') {
    const chain = journeyChain(journeys, asked.order);
    if ('refused' in chain) return null;
    const zero = new Float64Array(journeys.length);
    const found = yield* rankStabilityInSteps(
      conversions,
      nulls,
      (drawn, without) => removalOver(chain, { conversions: drawn, values: zero, nulls: without }).conversions.credits,
      few,
    );
    return 'refused' in found ? null : found;
  }
  const table: CreditTable = creditTable(journeys, sharesBy(model, asked, hasTimes) ?? ((journey) => influenceShares(journey, null)));
  const found = yield* rankStabilityInSteps(conversions, nulls, (drawn) => creditOf(table, drawn), few);
  return 'refused' in found ? null : found;
}
