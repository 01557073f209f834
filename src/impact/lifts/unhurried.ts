import { setImmediate } from 'node:timers/promises';
import { Failure } from '../../platform/failure.ts';

const longest = 12;

/** Long work, a step at a time: others are served in between, and it ends when whoever asked has gone. */
export const unhurried = async <Result>(steps: Generator<void, Result>, signal?: AbortSignal): Promise<Result> => {
  let served = performance.now();
  for (;;) {
    if (signal?.aborted)
      throw new Failure('unavailable', { en: 'It was stopped, since nobody waits for it any more.', zh: '已停止：已无人等待结果。' });
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - served > longest) {
      await setImmediate();
      served = performance.now();
    }
  }
};
