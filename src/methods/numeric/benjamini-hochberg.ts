/**
 * Correction for many questions at once: of what is called a finding, at most the asked part is false, on average.
 *
 * Method: p-values from the smallest up; each is multiplied by the number of questions over its rank, and none may be larger than
 * the corrected value of the next. What is corrected to 0.05 or less is a finding at 5 %.
 * Shapes and units: p-values in any order, each from 0 to 1; the answer is in the same order. Ask all the questions that were
 * looked at, not only those that came out well.
 * Assumes: p-values that are right one by one, from questions that are independent or alike in direction.
 * Do not use it for: looking at one question again and again, or choosing and testing on the same data.
 * Errors: RangeError when a p-value is not from 0 to 1.
 * Refusal: none; no question gives no answer.
 * Reference: Y. Benjamini, Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995) 289-300.
 *
 * @example
 * benjaminiHochberg([0.01, 0.04, 0.02]).map((each) => each.toFixed(3)) // ['0.030', '0.040', '0.030']
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  if (!pValues.every((each) => each >= 0 && each <= 1)) throw new RangeError('Each p-value must be from 0 to 1.');
  const falling = pValues.map((value, index) => ({ value, index })).sort((one, two) => two.value - one.value);
  const corrected = pValues.map(() => 1);
  let least = 1;
  for (const [place, { value, index }] of falling.entries()) {
    least = Math.min(least, (value * pValues.length) / (pValues.length - place));
    corrected[index] = least;
  }
  return corrected;
}
