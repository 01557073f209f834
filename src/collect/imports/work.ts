import { eq } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { lease, note } from './records.ts';
import { imports, type ImportProblem } from './tables.ts';

// Work that this process does now, by import, so that a call can wait for it.
const running = new Map<string, Promise<void>>();
const renewMilliseconds = 8000;

/** Runs after the call was answered. The lease is renewed meanwhile: when it runs out, the server is gone. */
export function inBackground(context: Context, id: string, name: string, run: (signal: AbortSignal) => Promise<void>): void {
  context.application.background(name, (signal) => {
    const timer = setInterval(() => void note(context, id, { leaseUntil: lease as never }).catch(() => {}), renewMilliseconds);
    timer.unref();
    const work = run(signal).finally(() => {
      clearInterval(timer);
      running.delete(id);
    });
    running.set(id, work);
    return work;
  });
}

export const isRunning = (id: string): boolean => running.has(id);

/** Waits for the work of this process, but no longer than a caller wants to. */
export async function waitFor(id: string, seconds: number): Promise<void> {
  const work = running.get(id);
  if (!work || seconds === 0) return;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, seconds * 1000)));
  await Promise.race([work.catch(() => {}), patience]);
  clearTimeout(timer);
}

export async function cancelAsked(context: Context, id: string): Promise<boolean> {
  return context.read(async (transaction) => {
    const [row] = await transaction.select({ asked: imports.cancelAsked, state: imports.state }).from(imports).where(eq(imports.id, id));
    return !row || row.asked || row.state === 'cancelled';
  });
}

export function asProblem(error: unknown): ImportProblem {
  if (error instanceof Failure) return { code: error.code, message: error.said, details: error.details ?? null };
  return {
    code: 'unavailable',
    message: {
      en: 'The import stopped because of a fault in Landfall or its store; nothing of it is visible. Try again.',
      zh: '导入因 Landfall 或其存储的故障而中止；其内容均不可见。请重试。',
    },
    details: null,
  };
}

/** Thrown where work stops because somebody cancelled it. */
export const cancelled = (): Failure =>
  new Failure(
    'conflict',
    { en: 'The import was cancelled. Nothing of it was kept.', zh: '导入已取消，没有留下任何内容。' },
    { reason: 'cancelled' },
  );
