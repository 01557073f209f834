import type { Format } from '../format.ts';
import type { ChartWords } from '../messages/charts.ts';
import { anchorAt } from './axes.tsx';
import type { Tone } from './colours.ts';
import type { StepCurve, StepTarget, Write } from './data.ts';
import { pointOn, stepBand, stepPath, type StepLayout } from './step-geometry.ts';

type TargetProps = { layout: StepLayout; targets: StepTarget[]; horizon: number; label: string | null };

/** Land behind the last target, and a short coast for each one on the way. */
export function Targets({ layout: { box, x, y }, targets, horizon, label }: TargetProps) {
  const last = targets.find(({ day }) => day === horizon) ?? targets.at(-1);
  if (!last) return null;
  return (
    <>
      <rect className="landz" x={box.left} y={box.top} width={box.right - box.left} height={Math.max(0, y(last.share) - box.top)} />
      <line className="coastl" x1={box.left} x2={box.right} y1={y(last.share)} y2={y(last.share)} />
      {targets.map(({ day, share }) =>
        day === last.day ? null : <line key={day} className="coastl" x1={x(day) - 9} x2={x(day) + 9} y1={y(share)} y2={y(share)} />,
      )}
      {label ? (
        <text className="kl m" x={box.left + 8} y={y(last.share) - 6}>
          {label}
        </text>
      ) : null}
    </>
  );
}

/** A dotted line at each mark on the way. */
export function DayRules({ layout: { box, x, days } }: { layout: StepLayout }) {
  return days.slice(1, -1).map((day) => <line key={day} className="tickv" x1={x(day)} x2={x(day)} y1={box.top} y2={box.bottom} />);
}

type CurveProps = { curve: StepCurve; layout: StepLayout; tone: Tone; banded: boolean };

export function CurveMarks({ curve, layout, tone, banded }: CurveProps) {
  const band = banded ? stepBand(curve.points, layout) : null;
  const end = curve.points.at(-1);
  const early = end && layout.x(end.day) < layout.box.right - 8;
  return (
    <>
      {band ? <path className="band" d={band} style={{ fill: tone.line }} /> : null}
      <path className={tone.quiet ? 'series quiet' : 'series'} d={stepPath(curve.points, layout)} style={{ stroke: tone.line }} />
      {early ? <circle cx={layout.x(end.day)} cy={layout.y(end.share)} r="2.5" style={{ fill: tone.line }} /> : null}
    </>
  );
}

type FixProps = { curve: StepCurve; layout: StepLayout; tone: Tone; write: Write };

/** The curve read at each mark: a dot in a ring with its figure. */
export function Fixes({ curve, layout, tone, write }: FixProps) {
  const { x, y, days, box, narrow } = layout;
  const ended = curve.points.at(-1)?.day ?? 0;
  return days.slice(1).map((day) => {
    const point = pointOn(curve.points, day);
    if (!point) return null;
    const [left, top] = [x(day), y(point.share)];
    return (
      <g key={day}>
        <circle className="fix" cx={left} cy={top} r="4.5" style={{ stroke: tone.line }} />
        <circle cx={left} cy={top} r="1.6" style={{ fill: tone.line }} />
        {day === ended || narrow ? null : (
          <text className="k1 b x12 halo" x={left + 8} y={Math.min(box.bottom - 5, top + 17)}>
            {write(point.share)}
          </text>
        )}
      </g>
    );
  });
}

type RiskProps = { layout: StepLayout; curves: StepCurve[]; colours: Map<string, Tone>; words: ChartWords; format: Format };

/** How many were followed to each mark: a curve says less the fewer are left. */
export function AtRisk({ layout: { box, x, days }, curves, colours, words, format }: RiskProps) {
  const top = box.bottom + 34;
  return curves.map(({ key, points }, row) =>
    days.map((day) => {
      const count = pointOn(points, day)?.atRisk;
      return count === undefined ? null : (
        <text
          key={`${key} ${day}`}
          x={x(day)}
          y={top + row * 15}
          textAnchor={anchorAt(x(day), box)}
          style={{ fill: curves.length > 1 ? colours.get(key)!.ink : undefined }}
        >
          {words.rank(format.number(count))}
        </text>
      );
    }),
  );
}

type EarlyProps = { layout: StepLayout; curve: StepCurve; tone: Tone; write: Write };

/** A curve that ends before the others says its name where it ends. */
export function EarlyEnd({ layout: { x, y, narrow }, curve, tone, write }: EarlyProps) {
  const end = curve.points.at(-1)!;
  return (
    <text className="halo" x={x(end.day) + 4} y={y(end.high ?? end.share) - 6} textAnchor="end" style={{ fill: tone.ink }}>
      {narrow ? null : `${curve.name} `}
      <tspan className="b x12">{write(end.share)}</tspan>
    </text>
  );
}
