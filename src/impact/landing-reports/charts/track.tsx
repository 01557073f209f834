import type * as Plot from '@observablehq/plot';
import type { Mark, UnitAdoption } from '../schema.ts';
import type { Curve, Drawing } from './frame.tsx';

const halo = { stroke: 'var(--paper)', strokeWidth: 4, paintOrder: 'stroke' } as const;

/** Just above the coast, unless the track makes landfall there: then at the top of the land. */
const targetLabel = ({ report, adoption }: Curve, target: number, top: number): { y: number; dy: number } => {
  const early = adoption.curve.some(({ day, high }) => day > report.horizonDays * 0.1 && day < report.horizonDays * 0.6 && high > target);
  return early ? { y: top, dy: 10 } : { y: target, dy: -8 };
};

export const targetMarks = ({ plot, words, format, width }: Drawing, curve: Curve, top: number): Plot.Markish[] => {
  const { horizonDays: horizon } = curve.report;
  const target = curve.adoption.marks.find(({ day }) => day === horizon)?.target ?? null;
  if (target === null) return [];
  const [share, narrow] = [format.share(target, { digits: 0 }), width < 460];
  const text = narrow ? words.adoption.targetShort(share) : words.adoption.targetBy(share, curve.unit, horizon);
  return [
    plot.rect([0], { x1: 0, x2: horizon, y1: target, y2: top, fill: 'var(--land)' }),
    plot.ruleY([target], { x1: 0, x2: horizon, stroke: 'var(--coast)', strokeWidth: 1.5 }),
    plot.text([horizon * (narrow ? 0.32 : 0.14)], {
      x: (day: number) => day,
      ...targetLabel(curve, target, top),
      text: () => text,
      textAnchor: 'start',
      fill: 'var(--land-ink)',
      fontWeight: 500,
    }),
  ];
};

/** A track above its mark has its labels the other way round, so that they never cross it. */
const isAhead = ({ share, target }: Mark): boolean => share !== null && target !== null && share > target;

export const onTheWay = ({ plot, words, format }: Drawing, { report, adoption }: Curve, top: number): Plot.Markish[] => {
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
    ...(['ahead', 'behind'] as const).map((side) =>
      plot.text(
        early.filter((mark) => isAhead(mark) === (side === 'ahead')),
        {
          x: ({ day }: Mark) => day + (side === 'ahead' ? 2.6 : -2.4),
          y: 'target',
          dy: side === 'ahead' ? 9 : -4,
          text: ({ day, target }: Mark) => words.adoption.markTarget(day, format.share(target, { digits: 0 })),
          textAnchor: side === 'ahead' ? 'start' : 'end',
          fill: 'var(--land-ink)',
          ...halo,
        },
      ),
    ),
  ];
};

type Point = UnitAdoption['curve'][number];

const at = { x: 'day', y: 'share' } as const;

const fixLabels = ({ plot, format }: Drawing, fixes: Mark[]): Plot.Markish[] =>
  [true, false].map((ahead) =>
    plot.text(
      fixes.filter((mark) => isAhead(mark) === ahead),
      {
        ...at,
        dx: ahead ? -8 : 9,
        dy: ahead ? -11 : 13,
        text: ({ share }: Mark) => format.share(share),
        textAnchor: ahead ? 'end' : 'start',
        fill: 'var(--ink)',
        fontWeight: 600,
        fontSize: 12,
        ...halo,
      },
    ),
  );

const endLabels = ({ plot, format }: Drawing, end: Point[]): Plot.Markish[] => [
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

export const track = (drawing: Drawing, { report, adoption }: Curve, top: number): Plot.Markish[] => {
  const { plot, words } = drawing;
  const { curve, landfallDay } = adoption;
  const fixes = adoption.marks.filter(({ state, day }) => state === 'measured' && day < report.dayReached);
  const end = curve.slice(-1);
  const landfall = curve.filter(({ day }) => day === landfallDay && day < report.dayReached);
  const ring = { r: 5, fill: 'var(--paper)', stroke: 'var(--sea)', strokeWidth: 2 };
  const core = { r: 1.8, fill: 'var(--sea)' };
  const lifted = ({ share }: Point) => Math.min(share + top * 0.13, top * 0.93);
  return [
    plot.areaY(curve, { x: 'day', y1: 'low', y2: 'high', fill: 'var(--sea)', fillOpacity: 0.16 }),
    plot.lineY(curve, { ...at, stroke: 'var(--sea)', strokeWidth: 2, strokeLinejoin: 'round' }),
    plot.ruleX(fixes, { x: 'day', y1: 0, y2: 'share', stroke: 'var(--ink-3)', strokeDasharray: '1 3' }),
    plot.ruleX(landfall, { x: 'day', y1: 'share', y2: lifted, stroke: 'var(--ink-3)', strokeWidth: 0.75 }),
    plot.dot([...fixes, ...landfall, ...end], { ...at, ...ring }),
    plot.dot([...fixes, ...landfall, ...end], { ...at, ...core }),
    ...fixLabels(drawing, fixes),
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
    ...endLabels(drawing, end),
  ];
};
