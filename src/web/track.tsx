import { useElementSize } from '@mantine/hooks';
import type { LandingReport } from '../impact/landing-reports/schema.ts';
import { horizonGoal, writeTarget } from './home-verdict.ts';
import { useFormat } from './kit/format-context.tsx';
import { useMessages } from './kit/locale.tsx';
import { en, zh } from './messages.ts';
import { bandPath, linePath, makeScales, type Scales } from './track-scales.ts';

/** Adoption since the market date against the target: land above the coast, the track and its band, the last fix. */
export function Track({ report }: { report: LandingReport }) {
  const words = useMessages({ en, zh }).track;
  const format = useFormat();
  const { ref, width } = useElementSize();
  const goal = horizonGoal(report)!;
  const { curve, landfallDay } = report.adoption[goal.unit];
  const last = curve.at(-1)!;
  const scales = makeScales({ width, height: 264, horizon: Math.max(report.horizonDays, last.day), target: goal.target, curve });
  const target = writeTarget(goal.target, format);
  const summary = words.summary(
    last.day,
    format.interval(format.share(last.share), format.share(last.low), format.share(last.high)),
    target,
    landfallDay,
  );
  return (
    <figure ref={ref} className="track">
      {width === 0 ? null : (
        <svg
          className="chart"
          width={width}
          height={scales.height}
          viewBox={`0 0 ${width} ${scales.height}`}
          role="img"
          aria-label={summary}
        >
          <Ground scales={scales} target={goal.target} label={words.target(target, goal.day)} />
          <Launch scales={scales} label={words.launch(format.date(report.launch.marketDate))} />
          <path className="band" d={bandPath(scales, curve)} />
          <path className="obs" d={linePath(scales, curve)} />
          {landfallDay === null ? null : (
            <Landfall
              scales={scales}
              day={landfallDay}
              share={curve[landfallDay]?.share ?? goal.target}
              label={words.landfall(landfallDay)}
            />
          )}
          <Fixed
            scales={scales}
            day={last.day}
            share={last.share}
            label={format.share(last.share)}
            range={format.range(format.number(last.low * 100, { digits: 1 }), format.number(last.high * 100, { digits: 1 }))}
          />
          <BorderScale scales={scales} label={words.day} />
        </svg>
      )}
    </figure>
  );
}

/** On the land, beside the launch; on a phone there is no room, so below the coast, where the track is still low. */
function targetAt({ left, right, top, x, y, horizon }: Scales, target: number): { x: number; y: number; className: string } {
  if (right - left < 420) return { x: left + 8, y: y(target) + 15, className: 'kl m halo' };
  return { x: Math.max(left + 104, x(horizon * 0.16)), y: Math.max(top + 14, y(target) - 7), className: 'kl m' };
}

function Ground({ scales, target, label }: { scales: Scales; target: number; label: string }) {
  const format = useFormat();
  const { left, right, top, y, ticks } = scales;
  return (
    <>
      <rect className="landz" x={left} y={top} width={right - left} height={y(target) - top} />
      {ticks.map((tick) => (
        <g key={tick}>
          {tick > 0 ? <line className="grid" x1={left} x2={right} y1={y(tick)} y2={y(tick)} /> : null}
          <text x={left - 7} y={y(tick) + 4} textAnchor="end">
            {format.share(tick, { digits: 0 })}
          </text>
        </g>
      ))}
      <line className="coastl" x1={left} x2={right} y1={y(target)} y2={y(target)} />
      <text {...targetAt(scales, target)}>{label}</text>
    </>
  );
}

function Launch({ scales: { left, top, bottom }, label }: { scales: Scales; label: string }) {
  return (
    <>
      <line className="launchl" x1={left} x2={left} y1={top - 4} y2={bottom} />
      <path className="launchf" d={`M${left - 4} ${top - 9}h8l-4 6z`} />
      <text className="kg m" x={left + 8} y={top + 14}>
        {label}
      </text>
    </>
  );
}

type MarkProps = { scales: Scales; day: number; share: number; label: string };

function Landfall({ scales: { x, y, top, right }, day, share, label }: MarkProps) {
  const late = x(day) > right - 60;
  return (
    <>
      <line className="leader" x1={x(day)} x2={x(day)} y1={y(share) - 7} y2={top + 22} />
      <text className="k1 b haloland" x={late ? right : x(day)} y={top + 16} textAnchor={late ? 'end' : 'middle'}>
        {label}
      </text>
      <circle className="fix" cx={x(day)} cy={y(share)} r="5.5" />
      <circle className="fixd" cx={x(day)} cy={y(share)} r="1.8" />
    </>
  );
}

function Fixed({ scales: { x, y }, day, share, label, range }: MarkProps & { range: string }) {
  return (
    <>
      <circle className="fix" cx={x(day)} cy={y(share)} r="5.5" />
      <circle className="fixd" cx={x(day)} cy={y(share)} r="1.8" />
      <text className="ks b x15" x={x(day) + 11} y={y(share) + 1}>
        {label}
      </text>
      <text className="ks" x={x(day) + 11} y={y(share) + 16}>
        {range}
      </text>
    </>
  );
}

/** The black-and-white border is the time axis, one block for ten days. */
function BorderScale({ scales: { x, bottom, horizon }, label }: { scales: Scales; label: (day: number) => string }) {
  const blocks = Array.from({ length: Math.ceil(horizon / 10) }, (_, index) => index * 10);
  const days = [30, 60, 90].filter((day) => day <= horizon);
  return (
    <>
      {blocks.map((day, index) => (
        <rect
          key={day}
          className={index % 2 === 0 ? 'zb' : 'zw'}
          x={x(day)}
          y={bottom}
          width={x(Math.min(horizon, day + 10)) - x(day)}
          height="4"
        />
      ))}
      {days.map((day) => (
        <text key={day} x={x(day)} y={bottom + 18} textAnchor={day === horizon ? 'end' : 'middle'}>
          {label(day)}
        </text>
      ))}
    </>
  );
}
