import { useFormat } from './format-context.tsx';
import { useKitWords } from './words.ts';

/** A figure that may have an interval; `low` and `high` are absent when it was counted and not estimated. */
export type Estimate = { value: number; low?: number | null; high?: number | null };

type IntervalProps = Estimate & { write: (value: number) => string; strong?: boolean };

/** An estimate and its interval in one breath: "31.4% (28.9% to 34.0%)". */
export function Interval({ value, low, high, write, strong = true }: IntervalProps) {
  const format = useFormat();
  if (low == null || high == null) return <span className="num">{write(value)}</span>;
  const whole = format.interval('', write(low), write(high));
  return (
    <span className="num nowrap">
      {strong ? <b className="strong">{write(value)}</b> : write(value)}
      <span className="ink2">{whole}</span>
    </span>
  );
}

type StripProps = Estimate & {
  /** The same for every row of a table, so that dots can be compared down it. */
  domain: [number, number];
  /** Where the coast lies, and on which side of it the land: `above` when more is better. */
  target?: number;
  land?: 'above' | 'below';
  write: (value: number) => string;
  width?: number;
  height?: number;
  quiet?: boolean;
};

/** Dot and interval against the target: the coast is a line, the land behind it is where the goal is met. */
export function Fix({ value, low, high, domain, target, land = 'above', write, width = 96, height = 22, quiet = false }: StripProps) {
  const words = useKitWords();
  const [from, to] = domain;
  const edge = 4;
  const place = (at: number) => edge + ((Math.min(to, Math.max(from, at)) - from) / (to - from || 1)) * (width - 2 * edge);
  const middle = height / 2;
  const spoken = low != null && high != null ? words.interval(write(value), write(low), write(high)) : write(value);
  const coast = target === undefined ? null : place(target);
  return (
    <svg
      className="chart"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={target === undefined ? spoken : `${spoken}; ${words.against(write(target))}`}
    >
      {coast === null ? null : (
        <>
          <rect
            className="landz"
            x={land === 'above' ? coast : 0}
            y="1"
            width={land === 'above' ? width - coast : coast}
            height={height - 2}
          />
          <line className="coastl" x1={coast} y1="1" x2={coast} y2={height - 1} />
        </>
      )}
      {low != null && high != null ? (
        <line className={quiet ? 'ci quiet' : 'ci'} x1={place(low)} x2={place(high)} y1={middle} y2={middle} />
      ) : null}
      <circle className={quiet ? 'fixd quiet' : 'fixd'} cx={place(value)} cy={middle} r={quiet ? 3 : 3.6} />
    </svg>
  );
}

type BarProps = { value: number; of: number; width?: number };

/** A count as part of a whole. Bars start at zero. The number stands beside it, so the bar itself is silent. */
export function Bar({ value, of, width = 96 }: BarProps) {
  const filled = of > 0 ? Math.max(value > 0 ? 1 : 0, (value / of) * width) : 0;
  return (
    <svg className="chart" width={width} height="12" viewBox={`0 0 ${width} 12`} aria-hidden="true">
      <rect className="bar0" width={width} height="12" />
      <rect className="bar" width={Math.min(width, filled)} height="12" />
    </svg>
  );
}
