import { normalQuantile } from './normal.ts';
import { seededRandom } from './random.ts';
import { chiSquaredTail } from './tail-probabilities.ts';

export type BootstrapMean = { values: number; mean: number; low: number; high: number; skewness: number };
export type NoBootstrapMean = { refused: 'too_few' | 'too_skewed'; needed: number; skewness: number | null } | { refused: 'no_variation' };

const fewest = 20;

/**
 * Mean of money, time or counts, with an interval that does not assume a bell: bootstrap, bias-corrected and accelerated (BCa).
 *
 * Method: the mean of `draws` samples drawn with replacement; the two percentiles are moved by how often those means lie under the mean, and
 * by the skewness of the values (the acceleration of a mean is skewness / (6 root n)). Skewed values need many: after Cochran's rule at
 * least 25 times the squared skewness, else it refuses, since at 50 values of usual deal sizes 95 % intervals hold the mean in 87 %.
 * Shapes and units: values in one unit; mean, low and high in it. The seed makes it repeatable; values are sorted first, so their order
 * does not matter.
 * Assumes: independent values of one kind; in money, one currency.
 * Do not use it for: shares (shareInterval), medians (medianInterval), values of the same account taken as independent.
 * Errors: RangeError for values that are not finite, or fewer than 200 draws.
 * Refusal: too_few under 20; too_skewed with how many would be needed; no_variation when all are alike.
 * Reference: B. Efron, JASA 82 (1987) 171-185; W. G. Cochran, Sampling Techniques, 3rd ed. (1977), section 2.15.
 *
 * @example
 * bootstrapMean([1, 2, 3]) // { refused: 'too_few', needed: 20, skewness: null }
 */
export function bootstrapMean(
  values: readonly number[],
  { confidence = 0.95, draws = 4000, seed = 1 }: { confidence?: number; draws?: number; seed?: number } = {},
): BootstrapMean | NoBootstrapMean {
  if (!values.every(Number.isFinite)) throw new RangeError('The values must be finite numbers.');
  if (!(draws >= 200)) throw new RangeError('A bootstrap needs at least 200 draws.');
  const count = values.length;
  if (count < fewest) return { refused: 'too_few', needed: fewest, skewness: null };
  const sorted = Float64Array.from(values).sort();
  const mean = sorted.reduce((sum, value) => sum + value, 0) / count;
  const moment = (power: number) => sorted.reduce((sum, value) => sum + (value - mean) ** power, 0) / count;
  const spread = moment(2);
  if (spread <= 1e-20 * mean * mean) return { refused: 'no_variation' };
  const skewness = moment(3) / spread ** 1.5;
  const needed = Math.ceil(25 * skewness ** 2);
  if (count < needed) return { refused: 'too_skewed', needed, skewness };
  const limits = acceleratedLimits(sorted, { mean, skewness, confidence, draws, seed });
  return { values: count, mean, ...limits, skewness };
}

/** Chance that a normal deviate lies below: half of what its square says. */
const normalBelow = (deviate: number): number => {
  const tail = chiSquaredTail(deviate * deviate, 1) / 2;
  return deviate < 0 ? tail : 1 - tail;
};

type Measured = { mean: number; skewness: number; confidence: number; draws: number; seed: number };

function acceleratedLimits(sorted: Float64Array, { mean, skewness, confidence, draws, seed }: Measured) {
  const count = sorted.length;
  const random = seededRandom(seed);
  const means = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw += 1) {
    let sum = 0;
    for (let index = 0; index < count; index += 1) sum += sorted[Math.floor(random() * count)]!;
    means[draw] = sum / count;
  }
  means.sort();
  const under = means.reduce((sum, each) => sum + (each < mean ? 1 : each === mean ? 0.5 : 0), 0);
  const bias = normalQuantile(Math.min(1 - 0.5 / draws, Math.max(0.5 / draws, under / draws)));
  const acceleration = skewness / (6 * Math.sqrt(count));
  const at = (probability: number) => {
    const moved = bias + normalQuantile(probability);
    const place = normalBelow(bias + moved / (1 - acceleration * moved)) * (draws - 1);
    const whole = Math.min(draws - 2, Math.floor(place));
    return means[whole]! + (place - whole) * (means[whole + 1]! - means[whole]!);
  };
  return { low: at((1 - confidence) / 2), high: at((1 + confidence) / 2) };
}
