import { placeOf } from './time-axis.ts';
import { linear, rounded, textWidth, type Linear } from './scales.ts';
import type { Box } from './axes.tsx';
import type { Annotation, LinePoint, LineSeries, Write } from './data.ts';

export type LineLayout = {
  box: Box;
  height: number;
  ats: string[];
  x: Linear;
  y: Linear;
  ticks: number[];
  narrow: boolean;
  annotations: PlacedAnnotation[];
};

export type PlacedAnnotation = Annotation & { pixel: number; row: number; flip: boolean };

type Asked = {
  width: number;
  height: number;
  series: LineSeries[];
  annotations: Annotation[];
  fromZero: boolean;
  ceiling?: number;
  tick: Write;
  endWidths: number[];
};

/** Under this width names stand over the chart instead of where lines end. */
export const narrowWidth = 400;

/** All days that any series has, in order. */
export const daysOfSeries = (series: LineSeries[]): string[] =>
  [...new Set(series.flatMap(({ points }) => points.map(({ at }) => at)))].toSorted();

const known = (value: number | null | undefined): value is number => value != null && Number.isFinite(value);

const extent = (series: LineSeries[]): [number, number] => {
  const points = series.flatMap(({ points: own, previous = [] }) => [...own, ...previous]);
  const values = points.flatMap(({ value, low, high }) => [value, low, high]).filter(known);
  return values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)];
};

export const layLine = ({ width, height, series, annotations, fromZero, ceiling, tick, endWidths }: Asked): LineLayout => {
  const ats = daysOfSeries(series);
  const [low, high] = extent(series);
  const whole =
    series.every(({ points }) => points.every(({ value, low: from }) => from == null && Number.isInteger(value ?? 0))) && high > 1;
  const { domain, ticks } = rounded(fromZero ? Math.min(0, low) : low, high, 4, { ceiling, whole });
  const narrow = width < narrowWidth;
  const left = Math.ceil(Math.max(...ticks.map((value) => textWidth(tick(value))))) + 12;
  const labels = Math.ceil(Math.max(0, ...endWidths)) + 16;
  const right = width - Math.min(labels, width * (narrow ? 0.3 : 0.34));
  const x = linear([0, Math.max(1, ats.length - 1)], [left, right]);
  const placed = placeAnnotations(annotations, ats, x, right);
  const rows = placed.reduce((most, { row }) => Math.max(most, row + 1), 0);
  const box = { left, right, top: 12 + rows * 15, bottom: height - 26 };
  return { box, height, ats, x, y: linear(domain, [box.bottom, box.top]), ticks, narrow, annotations: placed };
};

/** Each label on the first row where it lies on no other. */
const placeAnnotations = (annotations: Annotation[], ats: string[], x: Linear, right: number): PlacedAnnotation[] => {
  const ends: number[] = [];
  const inside = annotations.flatMap((annotation) => {
    const place = placeOf(ats, annotation.at);
    return place === null ? [] : [{ ...annotation, pixel: x(place) }];
  });
  return inside
    .toSorted((a, b) => a.pixel - b.pixel)
    .map((annotation) => {
      const wide = textWidth(annotation.label) + 12;
      const flip = annotation.pixel + wide > right + 40;
      const [start, end] = flip ? [annotation.pixel - wide, annotation.pixel + 6] : [annotation.pixel - 6, annotation.pixel + wide];
      const free = ends.findIndex((taken) => taken <= start);
      const row = free === -1 ? ends.length : free;
      ends[row] = end;
      return { ...annotation, row, flip };
    });
};

/** Runs of points without a gap, each as places in the list of days. */
export type Run = { place: number; point: LinePoint & { value: number } }[];

export const runsOf = (points: LinePoint[], ats: string[]): Run[] => {
  const at = new Map(points.map((point) => [point.at, point]));
  const runs: Run[] = [];
  let run: Run = [];
  for (const [place, day] of ats.entries()) {
    const point = at.get(day);
    if (point && known(point.value)) run.push({ place, point: { ...point, value: point.value } });
    else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  return run.length > 0 ? [...runs, run] : runs;
};

export const pathOf = (run: Run, { x, y }: Pick<LineLayout, 'x' | 'y'>): string =>
  run.map(({ place, point }, index) => `${index === 0 ? 'M' : 'L'}${x(place).toFixed(1)} ${y(point.value).toFixed(1)}`).join('');

/** The 95% interval along a run, where every point of it has one. */
export const bandOf = (run: Run, { x, y }: Pick<LineLayout, 'x' | 'y'>): string | null => {
  const banded = run.filter(({ point }) => known(point.low) && known(point.high));
  if (banded.length < 2) return null;
  const write = (place: number, value: number) => `${x(place).toFixed(1)} ${y(value).toFixed(1)}`;
  const upper = banded.map(({ place, point }) => write(place, point.high!));
  const lower = banded.toReversed().map(({ place, point }) => write(place, point.low!));
  return `M${[...upper, ...lower].join('L')}Z`;
};

/** The last point that counts as whole, or the last there is: what the line says at its end. */
export const endOf = ({ points }: LineSeries): LinePoint | null => {
  const filled = points.filter(({ value }) => known(value));
  return filled.findLast(({ incomplete, foretold }) => !incomplete && !foretold) ?? filled.at(-1) ?? null;
};
