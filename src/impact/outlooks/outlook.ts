import { bassOutlook } from '../../methods/lift/bass-diffusion.ts';
import { bassCurve } from '../../methods/lift/bass-fit.ts';
import type { Outlook, OutlookState } from './schema.ts';

const draws = 200;
/** The band is drawn while others wait; so many periods take under a second. */
const mostPeriods = 400;

export const cannotTell = (state: Exclude<OutlookState, 'told'>, periods: number, needed: number | null = null): Outlook => ({
  state,
  periods,
  needed,
  curve: null,
  fitted: [],
  ahead: [],
});

type Asked = { horizon: number; inUse?: boolean; most?: number };

/** The outlook from what came in each period since the beginning; nobody foretells more than there are (`most`). */
export const outlookOf = (adopters: readonly number[], { horizon, inUse = false, most = Infinity }: Asked): Outlook => {
  const periods = adopters.length;
  if (periods > mostPeriods) return cannotTell('too_many_periods', periods);
  const found = bassOutlook(adopters, { horizon, draws, inUse });
  if ('refused' in found) return cannotTell(found.refused, periods, 'needed' in found ? found.needed : null);
  const { innovation, imitation, peakPeriod, market, marketLow, marketHigh } = found;
  const capped = (value: number) => Math.min(most, value);
  let total = 0;
  return {
    state: 'told',
    periods,
    needed: null,
    curve: { innovation, imitation, peak: peakPeriod, market, marketLow, marketHigh },
    fitted: bassCurve(found, periods).map((each) => (total += each)),
    ahead: found.outlook.map(({ period, adopters: value, low, high }) => ({
      period,
      value: capped(value),
      low: capped(low),
      high: capped(high),
    })),
  };
};
