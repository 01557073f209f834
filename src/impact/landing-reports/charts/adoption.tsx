import type { UnitAdoption } from '../schema.ts';
import { axes, borderScale, type Curve, type Drawing, launchDay, topOf } from './frame.tsx';
import { onTheWay, targetMarks, track } from './track.tsx';

const margin = { top: 14, right: 96, bottom: 34, left: 36 };

/** Adoption by day: the track with its band against the land, the marks on the way, and the border scale as time axis. */
export const adoptionChart = (drawing: Drawing, curve: Curve): Element => {
  const { plot, document, width } = drawing;
  const top = topOf(curve.adoption);
  const [early, last] = [width < 460 ? 0 : 1, targetMarks(drawing, curve, top)];
  const svg = plot.plot({
    document,
    width,
    height: 290,
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
      borderScale(document, curve.report.horizonDays),
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
