/**
 * Seeded uniform random numbers (sfc32, Chris Doty-Humphrey's Small Fast Counting generator, 32-bit).
 *
 * Method: three mixed words and a counter, 128 bits of state; the seed fills one word and twelve rounds are thrown away.
 * Shapes and units: seed is any 32-bit integer; each call of the result gives one number in [0, 1) with 32 random bits.
 * Assumes: one stream per seed. The same seed gives the same numbers on every machine, in every time zone and locale.
 * Do not use it for: secrets, tokens, keys. It is predictable on purpose.
 * Errors: RangeError when the seed is not an integer.
 * Reference: PractRand 0.95, RNG sfc32 (pracrand.sourceforge.net).
 *
 * @example
 * seededRandom(7)() === seededRandom(7)() // true
 */
export function seededRandom(seed: number): () => number {
  if (!Number.isInteger(seed)) throw new RangeError('The seed must be an integer.');
  let a = 0;
  let b = seed | 0;
  let c = 0;
  let counter = 1;
  const next = () => {
    const mixed = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + mixed;
    c |= 0;
    return (mixed >>> 0) / 4294967296;
  };
  for (let round = 0; round < 12; round += 1) next();
  return next;
}
