import { setImmediate } from 'node:timers/promises';
import { structuralSeries } from '../../methods/lift/structural-series.ts';
import { type SyntheticControl, syntheticControlInSteps } from '../../methods/lift/synthetic-control.ts';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { asking } from '../questions/asking.ts';
import { type Panel, panelOf, type Unit } from './panel.ts';
import { type Figure, figures, mostFigures } from './queries.ts';
import type { SeriesLift, SeriesLiftAsked } from './schema.ts';

type Found = Omit<SeriesLift, 'facts' | 'metric' | 'unit' | 'subject' | 'on' | 'method' | 'periodsBefore' | 'periodsAfter' | 'incomplete'>;

const nothing: Omit<Found, 'refused' | 'path'> = {
  effect: null,
  verdict: 'cannot_tell',
  checks: [],
  weights: [],
  balance: [],
  placebos: [],
  without: [],
};

const observedOnly = ({ days }: Panel, own: Unit): Found['path'] =>
  days.map((at, index) => ({ at, observed: own.values[index]!, expected: null, low: null, high: null }));

const balanceOf = (asked: SeriesLiftAsked, own: Unit, others: readonly Unit[], found: SyntheticControl): Found['balance'] =>
  asked.predictors.map(({ metric, from, to }, index) => ({
    metric,
    from,
    to,
    own: own.predictors[index]!,
    mixture: others.reduce((sum, other, at) => sum + found.weights[at]!.weight * other.predictors[index]!, 0),
    mean: others.reduce((sum, other) => sum + other.predictors[index]!, 0) / others.length,
    importance: found.importance[index]!,
  }));

/** Placebos take a moment each; others are served between two. */
const unhurried = async <Result>(steps: Generator<void, Result>): Promise<Result> => {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
  }
};

const byMixture = async (asked: SeriesLiftAsked, panel: Panel, own: Unit): Promise<Found> => {
  const found = await unhurried(syntheticControlInSteps(own, panel.others, panel.before));
  if ('refused' in found) {
    const needed = 'needed' in found ? found.needed : found.fitIndex;
    return { ...nothing, refused: { reason: found.refused, needed }, path: observedOnly(panel, own) };
  }
  const { meanEffect, interval, counterfactual, gaps, p, isSignKept } = found;
  const half = 'low' in interval ? (interval.high - interval.low) / 2 : null;
  const after = panel.days.length - panel.before;
  const bandOf = (times: number) => ({
    middle: meanEffect * times,
    low: half === null ? null : (meanEffect - half) * times,
    high: half === null ? null : (meanEffect + half) * times,
  });
  const expected = counterfactual.slice(panel.before).reduce((sum, value) => sum + value, 0);
  const isClear = p <= 0.05 && isSignKept;
  return {
    refused: null,
    effect: {
      mean: bandOf(1),
      total: bandOf(after),
      share: expected === 0 ? null : found.totalEffect / expected,
      last: gaps.at(-1)!,
      p,
      rank: found.rank,
      of: found.of,
      tail: null,
      detectable: found.detectable,
    },
    verdict: isClear ? 'effect' : found.of < 20 || !isSignKept ? 'cannot_tell' : 'no_effect_seen',
    checks: [
      { name: 'fit', passed: true, value: found.fitIndex, limit: 0.1 },
      { name: 'placebos', passed: found.of >= 20, value: found.of - 1, limit: 19 },
      { name: 'donors', passed: isSignKept, value: found.withoutDonor.length, limit: null },
    ],
    weights: found.weights.filter(({ weight }) => weight > 0.0005).toSorted((one, two) => two.weight - one.weight),
    balance: balanceOf(asked, own, panel.others, found),
    path: panel.days.map((at, index) => ({
      at,
      observed: own.values[index]!,
      expected: counterfactual[index]!,
      low: half === null || index < panel.before ? null : counterfactual[index]! - half,
      high: half === null || index < panel.before ? null : counterfactual[index]! + half,
    })),
    placebos: found.placebos.map(({ name, ratio, rootMeanSquareBefore, gaps: own }) => ({ name, ratio, rootMeanSquareBefore, gaps: own })),
    without: found.withoutDonor.map((left) => ({ name: left.name, mean: left.meanEffect })),
  };
};

const byRegression = (asked: SeriesLiftAsked, panel: Panel, own: Unit): Found => {
  // Every subject of the metric would be too many; a few have to be named.
  const controls = asked.donors.length > 0 ? panel.others : [];
  const found = structuralSeries({ values: own.values, controls, before: panel.before, season: asked.season, draws: 4000 });
  if ('refused' in found) {
    const needed = 'needed' in found ? found.needed : 'most' in found ? found.most : null;
    return { ...nothing, refused: { reason: found.refused, needed }, path: observedOnly(panel, own) };
  }
  const { meanEffect, totalEffect, relativeEffect, counterfactual, rehearsal } = found;
  const passed = 'refused' in rehearsal ? null : rehearsal.isPassed;
  const isClear = meanEffect.low > 0 || meanEffect.high < 0;
  return {
    refused: null,
    effect: {
      mean: meanEffect,
      total: totalEffect,
      share: relativeEffect.middle,
      last: own.values.at(-1)! - counterfactual.at(-1)!.middle,
      p: null,
      rank: null,
      of: null,
      tail: found.tail,
      detectable: found.detectable,
    },
    verdict: passed === false ? 'cannot_tell' : isClear ? 'effect' : 'no_effect_seen',
    checks: [{ name: 'rehearsal', passed, value: 'refused' in rehearsal ? null : rehearsal.meanEffect.middle, limit: null }],
    weights: found.coefficients.map(({ name, value }) => ({ name, weight: value })),
    balance: [],
    path: panel.days.map((at, index) => {
      const after = counterfactual[index - panel.before];
      return {
        at,
        observed: own.values[index]!,
        expected: after?.middle ?? found.expectedBefore[index]!,
        low: after?.low ?? null,
        high: after?.high ?? null,
      };
    }),
    placebos: [],
    without: [],
  };
};

/** What a change did to one subject of a metric, against others that it did not touch. */
export const answerSeriesLift = async (context: Context, asked: SeriesLiftAsked): Promise<SeriesLift> => {
  const late = asked.predictors.find(({ from, to }) => from > to || to >= asked.on);
  if (late)
    throw new Failure(
      'invalid',
      `The predictor "${late.metric}" is taken from days that do not lie before ${asked.on}. Choose earlier ones.`,
    );
  const metrics = [...new Set([asked.metric, ...asked.predictors.map(({ metric }) => metric)])];
  const answered = await asking(context, { from: asked.on, to: asked.on }, async (ask) => {
    const read = await ask<Figure>(figures({ metrics, zone: context.workspace.timeZone }));
    if (read.length > mostFigures)
      throw new Failure('too_large', `These are more than ${mostFigures} figures. Choose a metric with fewer subjects.`);
    const panel = panelOf(read, asked);
    if (panel.days.length === 0)
      throw new Failure(
        'not_found',
        `There are no figures of "${asked.metric}" for "${asked.subject}". List the subjects of the metric to see those there are.`,
      );
    if (!panel.own)
      throw new Failure('invalid', `"${asked.subject}" has no figure of a predictor on its days. Choose other days or another predictor.`);
    // The method takes a moment; others are served first.
    await setImmediate();
    const found = asked.method === 'synthetic_control' ? await byMixture(asked, panel, panel.own) : byRegression(asked, panel, panel.own);
    const { before, days, incomplete, unit } = panel;
    return { unit, incomplete, periodsBefore: before, periodsAfter: days.length - before, ...found };
  });
  const { facts, ...rest } = answered;
  const [first, last] = [rest.path[0]!.at, rest.path.at(-1)!.at];
  const { metric, subject, on, method } = asked;
  return { metric, subject, on, method, ...rest, facts: { ...facts, from: first, to: last, dataTo: `${last}T00:00:00Z` } };
};
