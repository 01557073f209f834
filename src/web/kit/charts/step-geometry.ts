import type { Box } from './axes.tsx';
import { narrowWidth } from './line-geometry.ts';
import type { StepCurve, StepPoint, StepTarget, Write } from './data.ts';
import { linear, rounded, textWidth, type Linear } from './scales.ts';

export type StepLayout = { box: Box; height: number; x: Linear; y: Linear; ticks: number[]; narrow: boolean; days: number[] };

type Asked = {
  width: number;
  height: number;
  curves: StepCurve[];
  horizon: number;
  marks: number[];
  targets: StepTarget[];
  ceiling: number;
  tick: Write;
  endWidths: number[];
  /** Rows of numbers under the axis. */
  rowsBelow: number;
};

export const layStep = ({ width, height, curves, horizon, marks, targets, ceiling, tick, endWidths, rowsBelow }: Asked): StepLayout => {
  const values = curves.flatMap(({ points }) => points.flatMap(({ share, high }) => [share, high ?? share]));
  const high = Math.max(0.01, ...values, ...targets.map(({ share }) => share * 1.15));
  const { domain, ticks } = rounded(0, high, 5, { ceiling });
  const narrow = width < narrowWidth;
  const left = Math.ceil(Math.max(...ticks.map((value) => textWidth(tick(value))))) + 12;
  const labels = Math.ceil(Math.max(0, ...endWidths)) + 16;
  const right = width - Math.min(labels, width * (narrow ? 0.3 : 0.34));
  const box = { left, right, top: 14, bottom: height - 26 - rowsBelow * 15 };
  return {
    box,
    height,
    narrow,
    x: linear([0, horizon], [left, right]),
    y: linear(domain, [box.bottom, box.top]),
    ticks,
    days: [0, ...marks.filter((day) => day > 0 && day < horizon), horizon],
  };
};

/** What is known on a day: the last point up to it; nothing after the curve has ended. */
export const pointOn = (points: StepPoint[], day: number): StepPoint | null => {
  const last = points.at(-1);
  if (!last || day > last.day) return null;
  return points.findLast((point) => point.day <= day) ?? null;
};

/** A curve that ends well before the horizon: its label stands there and not in the margin. */
export const endsEarly = ({ points }: StepCurve, horizon: number): boolean => (points.at(-1)?.day ?? 0) < horizon * 0.85;

const at = ({ x, y }: StepLayout, day: number, share: number) => `${x(day).toFixed(1)} ${y(share).toFixed(1)}`;

/** Flat until the next point, then up. */
export const stepPath = (points: StepPoint[], layout: StepLayout): string =>
  points
    .map(({ day, share }, index) =>
      index === 0 ? `M${at(layout, day, share)}` : `H${layout.x(day).toFixed(1)}V${layout.y(share).toFixed(1)}`,
    )
    .join('');

export const stepBand = (points: StepPoint[], layout: StepLayout): string | null => {
  const banded = points.filter(({ low, high }) => low != null && high != null);
  if (banded.length < 2) return null;
  const corners = (side: 'low' | 'high') =>
    banded.flatMap((point, index) => {
      const before = banded[index - 1];
      return [...(before ? [at(layout, point.day, before[side]!)] : []), at(layout, point.day, point[side]!)];
    });
  return `M${[...corners('high'), ...corners('low').toReversed()].join('L')}Z`;
};
