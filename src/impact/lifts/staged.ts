import { detectableMeanDifference, unitsPerGroupOfMeans } from '../../methods/lift/detectable-mean-difference.ts';
import { type GroupTimeEffects, groupTimeEffectsInSteps, type StagedUnit } from '../../methods/lift/group-time-effects.ts';
import type { Around, Found } from './answer.ts';
import { independentCheck, trendCheck } from './checks.ts';
import { type By, startOf, wholePeriods } from './periods.ts';
import { type PanelRow, panelRows } from './queries.ts';
import type { AskedOf, Lift } from './schema.ts';
import { unhurried } from '../../platform/unhurried.ts';

const unitOf = ({ started, periods, times }: PanelRow, places: readonly string[], by: By): StagedUnit => {
  const counted = new Map(periods.map((period, place) => [period, times[place]!]));
  const from = started === null ? null : places.findIndex((place) => place >= startOf(started, by));
  return { from: from === -1 ? null : from, outcomes: places.map((place) => counted.get(place) ?? 0) };
};

const meanAt = (units: readonly StagedUnit[], at: number): number =>
  units.reduce((sum, { outcomes }) => sum + outcomes[at]!, 0) / units.length;

/** Those that got it, and those that never did moved to the level that the first had before. */
const pathOf = (units: readonly StagedUnit[], places: readonly string[]): Lift['path'] => {
  const [treated, control] = [units.filter(({ from }) => from !== null && from > 0), units.filter(({ from }) => from === null)];
  const first = Math.min(...treated.map(({ from }) => from!));
  if (treated.length === 0 || control.length === 0) return [];
  const before = Array.from({ length: first }, (_, at) => meanAt(treated, at) - meanAt(control, at));
  const apart = before.reduce((sum, value) => sum + value, 0) / Math.max(1, before.length);
  return places.map((at, place) => ({
    at,
    observed: meanAt(treated, place),
    expected: meanAt(control, place) + apart,
    low: null,
    high: null,
  }));
};

const deviationOf = ({ overall, treated, control }: GroupTimeEffects): number => overall.error / Math.sqrt(1 / treated + 1 / control);

const silent = { units: 0, total: null, value: null, low: null, high: null };

/** What a roll-out in stages changed: each wave against accounts that never got it. */
export const answerStaged = async (asked: AskedOf<'staged', 'times'>, { ask, lastDay, timeZone, signal }: Around): Promise<Found> => {
  const { design, outcome, worthHaving, unit } = asked;
  const places = wholePeriods(outcome, design.by, 120);
  const rows = await ask<PanelRow>(panelRows(asked, timeZone));
  const units = rows.filter(({ later }) => !later).map((row) => unitOf(row, places, design.by));
  const found = await unhurried(groupTimeEffectsInSteps(units), signal);
  const later = rows.length - units.length;
  const checks = [
    { name: 'no_anticipation', passed: null, blocks: false, figures: {} },
    independentCheck(unit),
    ...(later > 0 ? [{ name: 'came_later', passed: null, blocks: false, figures: { later } }] : []),
  ];
  const base = { adjusted: null, outside: later, path: pathOf(units, places) };
  if ('refused' in found)
    return {
      ...base,
      observed: silent,
      counterfactual: silent,
      estimate: null,
      refused: { reason: found.refused, needed: found.needed },
      checks,
      reached: null,
      notYet: false,
      next: { unitsPerArm: null, detectable: null },
    };
  const { overall, byExposure, trendBefore, treated, control } = found;
  const after = units.filter(({ from }) => from !== null && from > 0);
  const observed = after.reduce((sum, { from, outcomes }) => sum + meanOf(outcomes, from!), 0) / after.length;
  const deviation = deviationOf(found);
  const needed = worthHaving ? unitsPerGroupOfMeans({ deviation, difference: worthHaving }) : null;
  const detectable = detectableMeanDifference({ deviation, units: [treated, control] });
  return {
    ...base,
    observed: { ...silent, units: treated, value: observed },
    counterfactual: {
      units: control,
      total: null,
      value: observed - overall.effect,
      low: observed - overall.high,
      high: observed - overall.low,
    },
    estimate: {
      effect: overall.effect,
      low: overall.low,
      high: overall.high,
      confidence: 0.95,
      p: overall.p,
      method: 'group-time-effects',
    },
    refused: null,
    checks: [trendCheck(trendBefore?.p ?? null, trendBefore?.cells ?? 0), ...checks],
    events: byExposure.map(({ exposure, effect, bandLow, bandHigh }) => ({ period: exposure, effect, low: bandLow, high: bandHigh })),
    reached: null,
    notYet: lastDay === null || lastDay < outcome.to,
    next: { unitsPerArm: typeof needed === 'number' ? needed : null, detectable: typeof detectable === 'number' ? detectable : null },
  };
};

const meanOf = (outcomes: ArrayLike<number>, from: number): number => {
  const after = Array.from(outcomes).slice(from);
  return after.reduce((sum, value) => sum + value, 0) / after.length;
};
