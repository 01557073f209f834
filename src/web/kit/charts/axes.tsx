import type { Linear } from './scales.ts';

/** The inside of a chart, in pixels. */
export type Box = { left: number; right: number; top: number; bottom: number };

type ValueAxisProps = { box: Box; ticks: number[]; y: Linear; write: (value: number) => string };

/** Hairlines with their figures at the left; the lowest has none, as the time axis lies there. */
export function ValueAxis({ box, ticks, y, write }: ValueAxisProps) {
  return ticks.map((tick, index) => (
    <g key={tick}>
      {index > 0 ? <line className="grid" x1={box.left} x2={box.right} y1={y(tick)} y2={y(tick)} /> : null}
      <text x={box.left - 7} y={y(tick) + 4} textAnchor="end">
        {write(tick)}
      </text>
    </g>
  ));
}

type BorderProps = { box: Box; x: Linear; blocks: [from: number, to: number][]; ticks: { at: number; label: string }[] };

/** The black-and-white border is the time axis: one block for each period, and its name under where it starts. */
export function BorderAxis({ box, x, blocks, ticks }: BorderProps) {
  return (
    <>
      {blocks.map(([from, to], index) => (
        <rect key={from} className={index % 2 === 0 ? 'zb' : 'zw'} x={x(from)} y={box.bottom} width={x(to) - x(from)} height="4" />
      ))}
      {ticks.map(({ at, label }) => (
        <text key={at} x={x(at)} y={box.bottom + 18} textAnchor={anchorAt(x(at), box)}>
          {label}
        </text>
      ))}
    </>
  );
}

export const anchorAt = (place: number, { left, right }: Box): 'start' | 'middle' | 'end' =>
  place < left + 8 ? 'start' : place > right - 12 ? 'end' : 'middle';
