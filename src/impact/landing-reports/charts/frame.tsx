import type * as Plot from '@observablehq/plot';
import type { Words } from '../messages.ts';
import type { LandingReport, UnitAdoption } from '../schema.ts';
import type { Format } from '../view.tsx';

export type Drawing = {
  plot: typeof Plot;
  /** The browser's document, or linkedom's where there is no browser. */
  document: Document;
  width: number;
  words: Words;
  format: Format;
};

export type Curve = { report: LandingReport; adoption: UnitAdoption; unit: 'account' | 'person' };

/** The top of the scale: room above the interval, the target and the marks, in steps of five points. */
export const topOf = ({ curve, marks }: UnitAdoption): number => {
  const highest = Math.max(...curve.map(({ high }) => high), ...marks.map(({ target }) => target ?? 0));
  return Math.min(1, Math.ceil(highest * 1.18 * 20) / 20);
};

const stepOf = (top: number): number => (top > 0.6 ? 0.2 : top > 0.25 ? 0.1 : top > 0.1 ? 0.05 : 0.02);

/** Black and white blocks, one for each ten days: the time axis. A mark of its own, as Plot has none. */
export const borderScale =
  (document: Document, horizon: number) =>
  (_index: number[], scales: { x?: (day: number) => number }, _values: unknown, frame: { height: number; marginBottom: number }) => {
    const group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
    const x = scales.x!;
    for (let day = 0; day < horizon; day += 10) {
      const block = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      const place = {
        class: day % 20 ? 'zw' : 'zb',
        x: x(day),
        y: frame.height - frame.marginBottom,
        width: x(Math.min(day + 10, horizon)) - x(day),
        height: 4,
      };
      for (const [name, value] of Object.entries(place)) block.setAttribute(name, String(value));
      group.append(block);
    }
    return group;
  };

export const launchDay = ({ plot, words }: Drawing, top: number): Plot.Markish[] => [
  plot.ruleX([0], { stroke: 'var(--signal)', strokeWidth: 1.5 }),
  plot.dot([0], { x: 0, y: top, dy: 2, symbol: 'triangle', rotate: 180, r: 4, fill: 'var(--signal)' }),
  plot.text([0], {
    x: 0,
    y: top,
    dx: 8,
    dy: 10,
    text: () => words.adoption.launch,
    textAnchor: 'start',
    fill: 'var(--signal)',
    fontWeight: 500,
  }),
];

export const axes = ({ plot, words, format, width }: Drawing, { report }: Curve, top: number): Plot.Markish[] => {
  const { horizonDays: horizon, launch } = report;
  const ticks = Array.from({ length: Math.floor(top / stepOf(top) + 1e-9) + 1 }, (_, index) => index * stepOf(top));
  const last = new Date(Date.parse(launch.marketDate) + horizon * 86_400_000).toISOString().slice(0, 10);
  const days = [0, ...[30, 60].filter((day) => day < horizon), horizon];
  const name = (day: number) =>
    day === 0
      ? format.date(launch.marketDate)
      : day === horizon && width > 460
        ? `${words.adoption.day(day)}, ${format.date(last)}`
        : words.adoption.day(day);
  const anchor = (day: number) => (day === 0 ? 'start' : 'middle');
  return [
    plot.ruleY(ticks.slice(1), { stroke: 'var(--line)' }),
    plot.text(ticks, {
      x: 0,
      y: (tick: number) => tick,
      dx: -6,
      text: (tick: number) => format.share(tick, { digits: 0 }),
      textAnchor: 'end',
      fill: 'var(--ink-3)',
    }),
    ...['start', 'middle'].map((side) =>
      plot.text(
        days.filter((day) => anchor(day) === side),
        { x: (day: number) => day, y: 0, dy: 17, text: name, textAnchor: side as 'start', fill: 'var(--ink-3)' },
      ),
    ),
  ];
};
