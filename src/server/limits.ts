import type { Context as HonoContext, MiddlewareHandler } from 'hono';
import { Failure } from '../platform/failure.ts';

type Window = { startedAt: number; count: number };

/** At most `most` calls of one caller in each `seconds`; each server counts for itself. */
export const limit = (most: number, seconds: number, caller: (request: HonoContext) => string): MiddlewareHandler => {
  const windows = new Map<string, Window>();
  const sweep = (now: number) => {
    for (const [key, { startedAt }] of windows) if (now - startedAt > seconds * 1000) windows.delete(key);
  };
  return async (request, next) => {
    const now = Date.now();
    if (windows.size > 10_000) sweep(now);
    const key = caller(request);
    let window = windows.get(key);
    if (!window || now - window.startedAt > seconds * 1000) windows.set(key, (window = { startedAt: now, count: 0 }));
    if (++window.count > most) {
      const retryAfterSeconds = Math.ceil((window.startedAt + seconds * 1000 - now) / 1000);
      throw new Failure(
        'too_many',
        {
          en: `More than ${most} calls in ${seconds} seconds. Try again in ${retryAfterSeconds} seconds.`,
          zh: `${seconds} 秒内的调用超过 ${most} 次。请在 ${retryAfterSeconds} 秒后重试。`,
        },
        {
          retryAfterSeconds,
        },
      );
    }
    await next();
  };
};
