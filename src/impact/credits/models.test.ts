import { expect, test } from 'vitest';
import type { Journey } from '../../methods/attribution/credit-table.ts';
import { allSteps } from '../../methods/numeric/all-steps.ts';
import { seededRandom } from '../../methods/numeric/random.ts';
import { workedOut } from './models.ts';
import { settle } from './records.ts';
import { creditsAsked } from './schema.ts';

const names = ['ad', 'fair', 'mail', 'partner', 'web'];

/** Few deals or many, short paths or long, a few large amounts among many small ones. */
const dealsOf = (random: () => number): Journey[] =>
  Array.from({ length: 1 + Math.floor(random() ** 3 * 300) }, () => {
    const length = 1 + Math.floor(random() ** 3 * 20);
    const touches = Array.from({ length }, () => names[Math.floor(random() ** 2 * names.length)]!);
    const daysBefore = touches.map((_, at) => 2 * (length - at) * random());
    const stages = random() < 0.5 ? { lead: Math.floor(random() * length), opportunity: length - 1 } : {};
    const isConverted = random() < 0.6;
    const value = isConverted ? Math.floor(10 ** (random() * 8)) : 0;
    return { touches, daysBefore, ...stages, conversions: isConverted ? 1 : 0, value, nulls: isConverted ? 0 : 1 };
  });

test('under every model credits sum to the conversions exactly, and to the money to the cent, in 200 sets of deals of unequal size', () => {
  const own = { first: 0.1, lead: 0.15, opportunity: 0.35, last: 0.07, between: 0.33 };
  const asked = settle(creditsAsked.parse({ own, halfLifeDays: 3, influenceDays: 3650 }), null);
  for (let seed = 1; seed <= 200; seed += 1) {
    const deals = dealsOf(seededRandom(seed));
    const won = deals.reduce((sum, { conversions }) => sum + conversions, 0);
    const cents = deals.reduce((sum, { value }) => sum + value, 0);
    for (const { model, refused, conversions, value } of allSteps(workedOut(deals, asked, true))) {
      if (won === 0) expect(refused).toBe('no_conversions');
      else {
        const units = conversions.reduce((sum, one) => sum + Math.round(one * 10_000), 0);
        const paid = value.reduce((sum, one) => sum + Math.round(one * 100), 0);
        expect({ seed, model, units, paid }).toEqual({ seed, model, units: won * 10_000, paid: cents });
        expect(Math.min(...conversions, ...value)).toBeGreaterThanOrEqual(0);
      }
    }
  }
});
