export type TrackPoint = { day: number; share: number; low: number; high: number };

export type Scales = {
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  horizon: number;
  ticks: number[];
  x: (day: number) => number;
  y: (share: number) => number;
};

type Asked = { width: number; height: number; horizon: number; target: number; curve: TrackPoint[] };

const steps = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25];

/** Where a day and a share lie, with room for the words at both ends. */
export function makeScales({ width, height, horizon, target, curve }: Asked): Scales {
  const highest = Math.min(1, Math.max(target * 1.25, ...curve.map(({ high }) => high * 1.1)));
  const step = steps.find((size) => highest / size <= 5) ?? 0.25;
  const [left, right, top, bottom] = [38, width - 96, 20, height - 24];
  return {
    height,
    left,
    right,
    top,
    bottom,
    horizon,
    ticks: Array.from({ length: Math.floor(highest / step + 1e-9) + 1 }, (_, index) => index * step),
    x: (day) => left + (day / horizon) * (right - left),
    y: (share) => bottom - (share / highest) * (bottom - top),
  };
}

const at = ({ x, y }: Scales, day: number, share: number) => `${x(day).toFixed(1)} ${y(share).toFixed(1)}`;

export function linePath(scales: Scales, curve: TrackPoint[]): string {
  return `M${curve.map(({ day, share }) => at(scales, day, share)).join('L')}`;
}

/** The 95% interval of every day, as one area. */
export function bandPath(scales: Scales, curve: TrackPoint[]): string {
  const upper = curve.map(({ day, high }) => at(scales, day, high));
  const lower = curve.toReversed().map(({ day, low }) => at(scales, day, low));
  return `M${[...upper, ...lower].join('L')}Z`;
}
