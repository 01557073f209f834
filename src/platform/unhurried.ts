import { setImmediate } from 'node:timers/promises';
import { Failure } from './failure.ts';

const longest = 12;

/** How much long work goes on in this process, and how much was ended since nobody waited for it: for the metrics. */
export const longWork = { underWay: 0, stopped: 0 };

/** Long work, a step at a time: others are served in between, and it ends when whoever asked has gone. */
export const unhurried = async <Result>(steps: Generator<void, Result>, signal?: AbortSignal): Promise<Result> => {
  let served = performance.now();
  longWork.underWay += 1;
  try {
    for (;;) {
      if (signal?.aborted) {
        longWork.stopped += 1;
        throw new Failure('unavailable', { en: 'It was stopped, since nobody waits for it any more.', zh: '已停止：已无人等待结果。' });
      }
      const step = steps.next();
      if (step.done) return step.value;
      if (performance.now() - served > longest) {
        await setImmediate();
        served = performance.now();
      }
    }
  } finally {
    longWork.underWay -= 1;
  }
};
