import { useState, type ReactNode } from 'react';
import { useFormat } from './format-context.tsx';
import { useKitWords } from './words.ts';

const pass = (
  <>
    <circle cx="7" cy="7" r="6" fill="currentColor" />
    <path d="m4.3 7.2 1.9 1.9 3.5-4" stroke="var(--paper)" strokeWidth="1.6" fill="none" strokeLinecap="round" strokeLinejoin="round" />
  </>
);
const fail = (
  <>
    <rect x="1.2" y="1.2" width="11.6" height="11.6" rx="2" fill="currentColor" />
    <path d="m4.6 4.6 4.8 4.8m0-4.8L4.6 9.4" stroke="var(--paper)" strokeWidth="1.6" strokeLinecap="round" />
  </>
);
const half = (
  <>
    <circle cx="7" cy="7" r="5.3" fill="none" stroke="currentColor" strokeWidth="1.4" />
    <path d="M7 1.7a5.3 5.3 0 0 1 0 10.6z" fill="currentColor" />
  </>
);
const dashed = <circle cx="7" cy="7" r="5.3" fill="none" stroke="currentColor" strokeWidth="1.3" strokeDasharray="2.2 2" />;
const clock = (
  <>
    <circle cx="7" cy="7" r="5.3" fill="none" stroke="currentColor" strokeWidth="1.4" />
    <path d="M7 4v3.2l2 1.2" stroke="currentColor" strokeWidth="1.4" fill="none" strokeLinecap="round" />
  </>
);
const warning = (
  <>
    <path d="M7 1.3 13.2 12.5H.8z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />
    <path d="M7 5.2v3.3M7 10.4v.2" stroke="var(--paper)" strokeWidth="1.5" strokeLinecap="round" />
  </>
);

const marks = {
  met: { shape: pass, tone: 'good' },
  measured: { shape: pass, tone: 'good' },
  done: { shape: pass, tone: 'good' },
  missed: { shape: fail, tone: 'bad' },
  failed: { shape: fail, tone: 'bad' },
  cannot_tell: { shape: half, tone: 'warn' },
  stale: { shape: warning, tone: 'warn' },
  too_few: { shape: dashed, tone: 'ink2' },
  counts_only: { shape: dashed, tone: 'ink2' },
  not_yet: { shape: clock, tone: 'ink2' },
  waiting: { shape: clock, tone: 'ink2' },
  running: { shape: half, tone: 'sea' },
} as const;

export type MarkState = keyof typeof marks;

/** A state is a shape and a word; colour comes third. `children` replaces the usual word. */
export function StateMark({ state, children }: { state: MarkState; children?: ReactNode }) {
  const words = useKitWords();
  const { shape, tone } = marks[state];
  return (
    <span className={`st ${tone}`}>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        {shape}
      </svg>
      <span>{children ?? words.state[state]}</span>
    </span>
  );
}

type AgeProps = { checkedAt: string; shelfLifeDays: number };

/** How much of its shelf life a thing has used; past it, the word says stale. */
export function Age({ checkedAt, shelfLifeDays }: AgeProps) {
  const format = useFormat();
  const words = useKitWords();
  const [now] = useState(Date.now);
  const used = (now - new Date(checkedAt).getTime()) / 86_400_000 / shelfLifeDays;
  const old = used > 1;
  const round = 28.9;
  return (
    <span className={old ? 'age old' : 'age'} title={format.date(checkedAt, { year: true })}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <circle cx="6" cy="6" r="4.6" fill="none" stroke="var(--line-2)" strokeWidth="1.8" />
        <circle
          cx="6"
          cy="6"
          r="4.6"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.8"
          strokeDasharray={`${Math.min(1, used) * round} ${round}`}
          transform="rotate(-90 6 6)"
        />
      </svg>
      {format.age(checkedAt)}
      {old ? ` ${words.state.stale.toLowerCase()}` : ''}
    </span>
  );
}
