import type { FunnelStep } from './data.ts';

/** How many came to a step and no further: those who go on, and those who still have time to, are not among them. */
export const stoppedAt = (step: FunnelStep, next: FunnelStep): number => step.stopped ?? step.count - next.count - (step.underWay ?? 0);
