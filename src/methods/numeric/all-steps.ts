/**
 * Goes through all steps of long work at once and gives what it comes to.
 *
 * Method: the generator is asked for its next step until it is done.
 * Shapes and units: a generator that yields nothing and returns the answer; the answer.
 * Assumes: it ends.
 * Do not use it for: work in a server that has others to serve; take the steps one at a time there.
 * Errors: those of the work.
 * Reference: none; plain iteration.
 *
 * @example
 * allSteps([5][Symbol.iterator]()) // undefined
 */
export function allSteps<Result>(steps: Iterator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
