import { paceRatio } from '../../methods/lift/pace-ratio.ts';
import { shareInterval } from '../../methods/numeric/share-interval.ts';
import { survivalOf } from './figures.ts';
import type { SpellRow } from './queries.ts';
import type { Pipeline, Stage } from './schema.ts';

const sum = (rows: readonly SpellRow[], end?: SpellRow['end']): number =>
  rows.reduce((count, row) => count + (end === undefined || row.end === end ? row.deals : 0), 0);

/** Of each stage: who came, who moved on, who was lost there, who waits; and how long it takes to move on. */
export const stagesOf = (rows: readonly SpellRow[]): Stage[] =>
  [...new Set(rows.map(({ stage }) => stage))]
    .map((stage): Stage => {
      const own = rows.filter((row) => row.stage === stage);
      const [moved, lost] = [sum(own, 'moved'), sum(own, 'lost')];
      const estimate = shareInterval(moved, moved + lost);
      const took = survivalOf(own.map(({ day, deals, end }) => ({ day, deals, happened: end === 'moved' })));
      return {
        stage,
        entered: sum(own),
        moved,
        lost,
        waiting: sum(own, 'waiting'),
        share: 'refused' in estimate ? null : estimate,
        days: took?.days ?? null,
        low: took?.low ?? null,
        high: took?.high ?? null,
      };
    })
    .toSorted((one, two) => two.entered - one.entered || (one.stage < two.stage ? -1 : 1));

/** Whether touched deals move on faster than untouched ones in the same stage after as many days. Never just asserted. */
export const accelerationOf = (rows: readonly SpellRow[], deals: number): Pipeline['acceleration'] => {
  const estimate = paceRatio(
    rows.map(({ stage, day, touched, end, deals: count }) => ({
      stratum: stage,
      time: Math.max(0, day),
      touchedFrom: touched < 0 ? null : touched,
      // A loss ends a stay as well: else winning more often would be taken for being faster.
      moved: end !== 'waiting',
      count,
    })),
  );
  const { moves, movesTouched } = estimate;
  if ('refused' in estimate)
    return {
      deals,
      moves,
      movesTouched,
      ratio: null,
      low: null,
      high: null,
      verdict: 'cannot_tell',
      why: estimate.refused,
      needed: estimate.needed,
    };
  const { ratio, low, high } = estimate;
  const verdict = low > 1 ? 'faster' : high < 1 ? 'slower' : 'cannot_tell';
  return {
    deals,
    moves,
    movesTouched,
    ratio,
    low,
    high,
    verdict,
    why: verdict === 'cannot_tell' ? 'interval_holds_one' : null,
    needed: null,
  };
};
