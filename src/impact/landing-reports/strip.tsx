import { shareInWords } from './findings.ts';
import type { CountedShare } from './schema.ts';
import { useView } from './view.tsx';

type StripProps = { share: CountedShare; domain: number; target?: number | null; quiet?: boolean; width?: number };

/** Dot and interval on one scale for all rows; with a target, the land behind the coast. Nothing is drawn for too few. */
export function Strip({ share, domain, target = null, quiet = false, width = 112 }: StripProps) {
  const { words, format } = useView();
  const height = 20;
  const place = (at: number) => 4 + (Math.min(at, domain) / (domain || 1)) * (width - 8);
  const mark = quiet ? ' quiet' : '';
  const known = share.state === 'measured' && share.share !== null && share.low !== null && share.high !== null;
  if (!known && target === null) return null;
  return (
    <svg
      className="chart"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={shareInWords({ words, format }, share)}
    >
      {target === null ? null : (
        <>
          <rect className="landz" x={place(target)} y="1" width={width - place(target)} height={height - 2} />
          <line className="coastl" x1={place(target)} x2={place(target)} y1="1" y2={height - 1} />
        </>
      )}
      {known ? (
        <>
          <line className={`ci${mark}`} x1={place(share.low!)} x2={place(share.high!)} y1={height / 2} y2={height / 2} />
          <circle className={`fixd${mark}`} cx={place(share.share!)} cy={height / 2} r={quiet ? 3 : 3.6} />
        </>
      ) : null}
    </svg>
  );
}

/** The end of the scale for several shares: the farthest interval or target, with a little room. */
export const domainOf = (shares: CountedShare[], targets: (number | null)[] = []): number =>
  Math.min(1, Math.max(0.05, ...shares.map(({ high }) => high ?? 0), ...targets.map((target) => (target ?? 0) * 1.4)) * 1.04);
