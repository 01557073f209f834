const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

const logGamma = (x: number): number => {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const at = x - 1;
  const base = at + 7.5;
  const sum = lanczos.reduce((total, value, place) => (place === 0 ? value : total + value / (at + place)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(base) - base + Math.log(sum);
};

const tiny = 1e-300;
const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);

/** Lentz's way of evaluating a continued fraction; `term` gives numerator and denominator of each step. */
const continued = (first: number, term: (step: number) => readonly [number, number]): number => {
  let value = away(first);
  let [c, d] = [value, 0];
  for (let step = 1; step < 500; step += 1) {
    const [over, plus] = term(step);
    d = 1 / away(plus + over * d);
    c = away(plus + over / c);
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return value;
};

const gammaSeries = (a: number, x: number): number => {
  let [term, sum] = [1 / a, 1 / a];
  for (let step = 1; step < 1000 && Math.abs(term) > Math.abs(sum) * 1e-16; step += 1) {
    term *= x / (a + step);
    sum += term;
  }
  return sum;
};

/**
 * Probability that a chi-squared variable is larger than this: the p-value of a chi-squared test.
 *
 * Method: the upper regularised incomplete gamma function, as a series below its middle and as a continued fraction above it.
 * Shapes and units: statistic is 0 or more; degrees of freedom 1 or more; the answer is a probability.
 * Assumes: the statistic follows the distribution, which wants expected counts of 5 or more in a test of counts.
 * Do not use it for: small expected counts (fisherExact).
 * Errors: RangeError for a statistic below 0 or degrees below 1.
 * Reference: W. H. Press and others, Numerical Recipes, 3rd ed. (2007), section 6.2. The square of a normal deviate has one degree.
 *
 * @example
 * chiSquaredTail(3.841458820694124, 1).toFixed(9) // '0.050000000'
 */
export function chiSquaredTail(statistic: number, degrees: number): number {
  if (!(statistic >= 0)) throw new RangeError('The statistic must be 0 or more.');
  if (!(degrees >= 1)) throw new RangeError('The degrees of freedom must be 1 or more.');
  const [a, x] = [degrees / 2, statistic / 2];
  if (x === 0) return 1;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) return Math.max(0, 1 - scale * gammaSeries(a, x));
  return scale / continued(x + 1 - a, (step) => [-step * (step - a), x + 1 - a + 2 * step]);
}

const betaFraction = (a: number, b: number, x: number): number =>
  1 /
  continued(1, (step) => {
    const half = Math.floor(step / 2);
    const over =
      step % 2 === 0
        ? (half * (b - half) * x) / ((a + 2 * half - 1) * (a + 2 * half))
        : (-(a + half) * (a + b + half) * x) / ((a + 2 * half) * (a + 2 * half + 1));
    return [over, 1];
  });

const incompleteBeta = (a: number, b: number, x: number): number => {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  const scale = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (scale * betaFraction(a, b, x)) / a : 1 - (scale * betaFraction(b, a, 1 - x)) / b;
};

/**
 * Probability that Student's t is farther from 0 than this, on either side: the two-sided p-value of a t-test.
 *
 * Method: the regularised incomplete beta function by its continued fraction, at degrees / (degrees + t^2).
 * Shapes and units: t is any number, degrees of freedom need not be whole (Welch); the answer is a probability.
 * Assumes: the statistic follows the distribution.
 * Do not use it for: one-sided questions, for which it is to be halved.
 * Errors: RangeError for degrees that are not above 0, or a t that is no number.
 * Reference: W. H. Press and others, Numerical Recipes, 3rd ed. (2007), section 6.4.
 *
 * @example
 * studentTail(2.2281388519649385, 10).toFixed(9) // '0.050000000'
 */
export function studentTail(t: number, degrees: number): number {
  if (!(degrees > 0)) throw new RangeError('The degrees of freedom must be above 0.');
  if (Number.isNaN(t)) throw new RangeError('The statistic must be a number.');
  return incompleteBeta(degrees / 2, 0.5, degrees / (degrees + t * t));
}
