import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { type Drawn, type Lot, lots, type LotPlan, randomAssignment } from './random-assignment.ts';

const units = Array.from({ length: 41 }, (_, index) => ({
  key: `account ${index}`,
  stratum: index < 7 ? 'Scale' : 'Team',
  score: index % 5,
}));
const plan = (lot: Lot, more: Partial<LotPlan> = {}): LotPlan => ({
  lot,
  treatedShare: lot === 'pairs' ? 0.5 : 0.3,
  waves: 4,
  seed: 7,
  ...more,
});
const draw = (lot: Lot, more: Partial<LotPlan> = {}) => randomAssignment(units, plan(lot, more)) as Drawn[];
const inWave = (drawn: readonly Drawn[], wave: number) => drawn.filter((one) => one.wave === wave);

describe('lots', () => {
  it('value: draws what was worked out by hand for six units from the published generator: the same on every machine', () => {
    const six = ['f', 'b', 'd', 'a', 'e', 'c'].map((key) => ({ key }));
    const drawn = randomAssignment(six, { lot: 'simple', treatedShare: 0.5, waves: 1, seed: 7 }) as Drawn[];
    // By hand: take 'a' to 'f' in order and swap the last with place floor(random * count), with the numbers of seed 7.
    const random = seededRandom(7);
    const hand = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const count of [6, 5, 4, 3, 2]) {
      const chosen = Math.floor(random() * count);
      const kept = hand[count - 1]!;
      hand[count - 1] = hand[chosen]!;
      hand[chosen] = kept;
    }
    expect(inWave(drawn, 1).map(({ key }) => key)).toEqual(hand.slice(0, 3));
  });

  it.each(lots)('law: %s: does not depend on the order of rows, and another seed is another lot', (lot) => {
    const sorted = (drawn: Drawn[]) => drawn.toSorted((one, two) => (one.key < two.key ? -1 : 1));
    expect(sorted(randomAssignment(units.toReversed(), plan(lot)) as Drawn[])).toEqual(sorted(draw(lot)));
    expect(sorted(draw(lot, { seed: 8 }))).not.toEqual(sorted(draw(lot)));
  });

  it('law: keeps the shares: as many as asked for in all, and in each stratum but for one', () => {
    expect(inWave(draw('simple'), 1)).toHaveLength(12);
    for (let seed = 0; seed < 40; seed += 1) {
      const drawn = inWave(draw('stratified', { seed }), 1);
      expect(Math.abs(drawn.length - 41 * 0.3)).toBeLessThan(1);
      expect(Math.abs(drawn.filter(({ group }) => group === 'Scale').length - 7 * 0.3)).toBeLessThan(1);
    }
    const waves = [1, 2, 3, 4].map((wave) => inWave(draw('stepped_wedge'), wave).length);
    expect(waves.toSorted((one, two) => one - two)).toEqual([10, 10, 10, 11]);
  });

  it('law: pairs neighbours, one of each gets it, and leaves out the last of an odd number', () => {
    const drawn = draw('pairs');
    expect(drawn).toHaveLength(40);
    const score = new Map(units.map((unit) => [unit.key, unit.score]));
    for (const group of new Set(drawn.map((one) => one.group))) {
      const [one, other] = drawn.filter((each) => each.group === group);
      expect(one!.wave + other!.wave).toBe(1);
      expect(Math.abs(score.get(one!.key)! - score.get(other!.key)!)).toBeLessThanOrEqual(1);
    }
  });

  it.each(['simple', 'stratified', 'pairs'] as const)(
    'null: %s: every unit is as likely to get it, whatever its stratum, with strata of unequal size',
    (lot) => {
      const counts = new Map<string, number>();
      const runs = 2000;
      for (let seed = 0; seed < runs; seed += 1)
        for (const { key } of inWave(draw(lot, { seed }), 1)) counts.set(key, (counts.get(key) ?? 0) + 1);
      const share = lot === 'pairs' ? 0.5 : lot === 'simple' ? 12 / 41 : 0.3;
      for (const { key } of draw(lot)) expect(Math.abs((counts.get(key) ?? 0) / runs - share)).toBeLessThan(0.05);
    },
  );

  it('null: stepped_wedge: every unit is as likely to come in each wave, with waves of unequal size', () => {
    const runs = 2000;
    const counts = new Map<string, number>();
    for (let seed = 0; seed < runs; seed += 1)
      for (const { key, wave } of draw('stepped_wedge', { seed }))
        counts.set(`${key} in wave ${wave}`, (counts.get(`${key} in wave ${wave}`) ?? 0) + 1);
    expect(counts.size).toBe(4 * 41);
    const sizeOf = (wave: number) => inWave(draw('stepped_wedge'), wave).length;
    // 164 counts are looked at: 4.7 standard errors leave one seed in 1,000 outside for all together.
    for (const [place, count] of counts) {
      const share = sizeOf(Number(place.at(-1))) / 41;
      expect(Math.abs(count / runs - share)).toBeLessThan(4.7 * Math.sqrt((share * (1 - share)) / runs));
    }
  });

  it('refuses: too few, keys that come twice, and shares that cannot be', () => {
    expect(randomAssignment(units.slice(0, 3), plan('simple'))).toEqual({ refused: 'too_few', needed: 4 });
    expect(randomAssignment(units.slice(0, 7), plan('stepped_wedge'))).toEqual({ refused: 'too_few', needed: 8 });
    expect(() => randomAssignment([...units, units[0]!], plan('simple'))).toThrow(RangeError);
    expect(() => randomAssignment(units, plan('simple', { treatedShare: 1 }))).toThrow(RangeError);
    expect(() => randomAssignment(units, plan('stepped_wedge', { waves: 1 }))).toThrow(RangeError);
  });
});
