import type * as Plot from '@observablehq/plot';
import type { Format } from './view.tsx';
import type { Words } from './messages.ts';
import type { LandingReport, Mark, UnitAdoption } from './schema.ts';

export type Drawing = {
  plot: typeof Plot;
  /** The browser's document, or linkedom's where there is no browser. */
  document: Document;
  width: number;
  words: Words;
  format: Format;
};

type Curve = { report: LandingReport; adoption: UnitAdoption; unit: 'account' | 'person' };

const margin = { top: 14, right: 96, bottom: 34, left: 36 };

/** The top of the scale: room above the interval, the target and the marks, in steps of five points. */
const topOf = ({ curve, marks }: UnitAdoption): number => {
  const highest = Math.max(...curve.map(({ high }) => high), ...marks.map(({ target }) => target ?? 0));
  return Math.min(1, Math.ceil(highest * 1.18 * 20) / 20);
};

const stepOf = (top: number): number => (top > 0.6 ? 0.2 : top > 0.25 ? 0.1 : top > 0.1 ? 0.05 : 0.02);

/** Black and white blocks, one for each ten days: the time axis. A mark of its own, as Plot has none. */
const borderScale =
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

const halo = { stroke: 'var(--paper)', strokeWidth: 4, paintOrder: 'stroke' } as const;

/** Just above the coast, unless the track makes landfall there: then at the top of the land. */
const targetLabel = ({ report, adoption }: Curve, target: number, top: number): { y: number; dy: number } => {
  const early = adoption.curve.some(({ day, high }) => day > report.horizonDays * 0.1 && day < report.horizonDays * 0.6 && high > target);
  return early ? { y: top, dy: 10 } : { y: target, dy: -8 };
};

const targetMarks = ({ plot, words, format }: Drawing, curve: Curve, top: number): Plot.Markish[] => {
  const { horizonDays: horizon } = curve.report;
  const target = curve.adoption.marks.find(({ day }) => day === horizon)?.target ?? null;
  if (target === null) return [];
  const text = words.adoption.targetBy(format.share(target, { digits: 0 }), curve.unit, horizon);
  return [
    plot.rect([0], { x1: 0, x2: horizon, y1: target, y2: top, fill: 'var(--land)' }),
    plot.ruleY([target], { x1: 0, x2: horizon, stroke: 'var(--coast)', strokeWidth: 1.5 }),
    plot.text([horizon * 0.14], {
      x: (day: number) => day,
      ...targetLabel(curve, target, top),
      text: () => text,
      textAnchor: 'start',
      fill: 'var(--land-ink)',
      fontWeight: 500,
    }),
  ];
};

const onTheWay = ({ plot, words, format }: Drawing, { report, adoption }: Curve, top: number): Plot.Markish[] => {
  const final = adoption.marks.find(({ day }) => day === report.horizonDays)?.target ?? 1;
  // A mark so near the coast that its label would lie on it needs none.
  const early = adoption.marks.filter(({ day, target }) => day < report.horizonDays && target !== null && final - target > top * 0.07);
  return [
    plot.ruleY(early, {
      y: 'target',
      x1: ({ day }: Mark) => day - 1.8,
      x2: ({ day }: Mark) => day + 1.8,
      stroke: 'var(--coast)',
      strokeWidth: 1.5,
    }),
    plot.text(early, {
      x: ({ day }: Mark) => day - 2.4,
      y: 'target',
      dy: -4,
      text: ({ day, target }: Mark) => words.adoption.markTarget(day, format.share(target, { digits: 0 })),
      textAnchor: 'end',
      fill: 'var(--land-ink)',
      ...halo,
    }),
  ];
};

type Point = UnitAdoption['curve'][number];

const track = ({ plot, words, format }: Drawing, { report, adoption }: Curve, top: number): Plot.Markish[] => {
  const { curve, landfallDay } = adoption;
  const fixes = adoption.marks.filter(({ state, day }) => state === 'measured' && day < report.dayReached);
  const end = curve.slice(-1);
  const landfall = curve.filter(({ day }) => day === landfallDay && day < report.dayReached);
  const ring = { r: 5, fill: 'var(--paper)', stroke: 'var(--sea)', strokeWidth: 2 };
  const core = { r: 1.8, fill: 'var(--sea)' };
  const at = { x: 'day', y: 'share' } as const;
  const lifted = ({ share }: Point) => Math.min(share + top * 0.13, top * 0.93);
  return [
    plot.areaY(curve, { x: 'day', y1: 'low', y2: 'high', fill: 'var(--sea)', fillOpacity: 0.16 }),
    plot.lineY(curve, { ...at, stroke: 'var(--sea)', strokeWidth: 2, strokeLinejoin: 'round' }),
    plot.ruleX(fixes, { x: 'day', y1: 0, y2: 'share', stroke: 'var(--ink-3)', strokeDasharray: '1 3' }),
    plot.ruleX(landfall, { x: 'day', y1: 'share', y2: lifted, stroke: 'var(--ink-3)', strokeWidth: 0.75 }),
    plot.dot([...fixes, ...landfall, ...end], { ...at, ...ring }),
    plot.dot([...fixes, ...landfall, ...end], { ...at, ...core }),
    plot.text(fixes, {
      ...at,
      dx: 9,
      dy: 13,
      text: ({ share }: Mark) => format.share(share),
      textAnchor: 'start',
      fill: 'var(--ink)',
      fontWeight: 600,
      fontSize: 12,
      ...halo,
    }),
    plot.text(landfall, {
      x: 'day',
      y: lifted,
      dy: -6,
      text: ({ day }: Point) => words.adoption.landfall(day),
      fill: 'var(--ink)',
      fontWeight: 600,
      textAnchor: landfall[0] && landfall[0].day < report.horizonDays * 0.3 ? 'start' : 'end',
      dx: 4,
    }),
    plot.text(end, {
      ...at,
      dx: 10,
      text: ({ share }: { share: number }) => format.share(share),
      textAnchor: 'start',
      fill: 'var(--sea)',
      fontWeight: 600,
      fontSize: 15,
    }),
    plot.text(end, {
      ...at,
      dx: 10,
      dy: 15,
      text: ({ low, high }: { low: number; high: number }) =>
        format.range(format.number(low * 100, { digits: 1 }), format.number(high * 100, { digits: 1 })),
      textAnchor: 'start',
      fill: 'var(--sea)',
    }),
  ];
};

const launchDay = ({ plot, words }: Drawing, top: number): Plot.Markish[] => [
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

const axes = ({ plot, words, format, width }: Drawing, { report }: Curve, top: number): Plot.Markish[] => {
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

/** Adoption by day: the track with its band against the land, the marks on the way, and the border scale as time axis. */
export const adoptionChart = (drawing: Drawing, curve: Curve): Element => {
  const { plot, document, width } = drawing;
  const top = topOf(curve.adoption);
  const [early, last] = [width < 460 ? 0 : 1, targetMarks(drawing, curve, top)];
  const svg = plot.plot({
    document,
    width,
    height: 270,
    marginTop: margin.top,
    marginRight: margin.right,
    marginBottom: margin.bottom,
    marginLeft: margin.left,
    style: { background: 'none', fontSize: '11px', fontFamily: 'inherit', color: 'inherit', overflow: 'visible' },
    x: { domain: [0, curve.report.horizonDays], axis: null },
    y: { domain: [0, top], axis: null },
    marks: [
      ...last.slice(0, 1),
      ...axes(drawing, curve, top),
      ...last.slice(1),
      ...(early ? onTheWay(drawing, curve, top) : []),
      ...track(drawing, curve, top),
      ...launchDay(drawing, top),
      borderScale(document, curve.report.horizonDays) as unknown as Plot.Markish,
    ],
  });
  // Plot adds a style tag that the page's policy would refuse; what it sets is set above.
  svg.querySelector('style')?.remove();
  svg.setAttribute('aria-hidden', 'true');
  return svg;
};

/** What the chart shows, in one sentence, for those who do not see it. */
export const adoptionSummary = ({ words, format }: Pick<Drawing, 'words' | 'format'>, adoption: UnitAdoption): string => {
  const end = adoption.curve.at(-1);
  return end
    ? words.adoption.summary(format.share(end.share), format.share(end.low), format.share(end.high), end.day)
    : words.adoption.empty;
};
