import { expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { madeByArithmetic } from './synthetic.fixture.ts';
import { syntheticFit } from './synthetic-fit.ts';

const random = seededRandom(99);
const donors = Array.from({ length: 8 }, (_, index) => ({
  name: `${index}`,
  values: Array.from({ length: 20 }, () => 10 * random()),
  predictors: [random(), random(), 1000 * random()],
}));
const mixed = (of: (index: number) => number) => 0.6 * of(2) + 0.4 * of(5);
const treated = {
  values: Array.from({ length: 20 }, (_, at) => mixed((index) => donors[index]!.values[at]!)),
  predictors: [0, 1, 2].map((at) => mixed((index) => donors[index]!.predictors[at]!)),
};

it('value: equals scipy 1.17.1 (optimize.minimize, SLSQP) on seven donors over ten periods, made by arithmetic', () => {
  const { treated: made, donors: others } = madeByArithmetic();
  const { weights, rootMeanSquare } = syntheticFit(made, others, 10);
  [0, 0.653679, 0.004203, 0.081466, 0, 0.260651, 0].forEach((weight, index) => expect(weights[index]).toBeCloseTo(weight, 4));
  expect(rootMeanSquare).toBeCloseTo(0.142220964852, 8);
});

it('law: finds the mixture that a unit was made of, and then follows it exactly', () => {
  const { weights, rootMeanSquare, counterfactual } = syntheticFit({ values: treated.values }, donors, 12);
  expect(weights.map((weight) => Math.round(weight * 1e6) / 1e6)).toEqual([0, 0, 0.6, 0, 0, 0.4, 0, 0]);
  expect(rootMeanSquare).toBeLessThan(1e-6);
  expect(counterfactual[19]).toBeCloseTo(treated.values[19]!, 6);
});

it('law: does not care about the units of a predictor', () => {
  const inOtherUnits = (predictors: readonly number[]) => predictors.map((value, index) => (index === 2 ? value / 1024 : value));
  const plain = syntheticFit(treated, donors, 12);
  const scaled = syntheticFit(
    { ...treated, predictors: inOtherUnits(treated.predictors) },
    donors.map((donor) => ({ ...donor, predictors: inOtherUnits(donor.predictors) })),
    12,
  );
  scaled.weights.forEach((weight, index) => expect(weight).toBeCloseTo(plain.weights[index]!, 6));
});

it('law: never follows the outcomes before better through predictors than without them', () => {
  expect(syntheticFit(treated, donors, 12).rootMeanSquare).toBeGreaterThanOrEqual(
    syntheticFit({ values: treated.values }, donors, 12).rootMeanSquare - 1e-9,
  );
});

it('refuses: values that are no numbers', () => {
  expect(() => syntheticFit({ values: [Number.NaN, 1] }, [{ name: 'a', values: [1, 2] }], 1)).toThrow(RangeError);
});
