import type { ReactNode } from 'react';

type ProgressProps = {
  /** What is being done, with its number: "Checking 48,210 rows". Also the name of the bar. */
  label: string;
  /** 0 to 1; absent while the whole is not known. */
  share?: number | null;
  state?: 'running' | 'failed';
  note?: ReactNode;
};

/** A bar that moves only when the work does. */
export function Progress({ label, share, state = 'running', note }: ProgressProps) {
  const percent = share == null ? undefined : Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div className="progress-box">
      <div className="row progress-line">
        <span>{label}</span>
        {percent === undefined ? null : <span className="num ink3">{percent}%</span>}
        {note ? <span className="meta push">{note}</span> : null}
      </div>
      <progress className="progress" aria-label={label} max={100} value={percent} data-state={state} />
    </div>
  );
}
