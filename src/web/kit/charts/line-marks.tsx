import { bandOf, endOf, pathOf, runsOf, type LineLayout, type Run } from './line-geometry.ts';
import { spread } from './scales.ts';
import type { LineSeries } from './data.ts';
import type { Tone } from './colours.ts';

type SeriesProps = { series: LineSeries; layout: LineLayout; tone: Tone; banded: boolean };

/** Band, line, and the part that is not over yet, dashed. */
export function SeriesMarks({ series, layout, tone, banded }: SeriesProps) {
  const runs = runsOf(series.points, layout.ats);
  return runs.map((run) => {
    const { head, whole, tail } = partsOf(run);
    const band = banded ? bandOf(run, layout) : null;
    return (
      <g key={run[0]!.place}>
        {band ? (
          <path className={series.isExpected ? 'cfband' : 'band'} d={band} style={series.isExpected ? undefined : { fill: tone.line }} />
        ) : null}
        {whole.length > 1 ? (
          <path
            className={series.isExpected ? 'cf' : tone.quiet ? 'series quiet' : 'series'}
            d={pathOf(whole, layout)}
            style={series.isExpected ? undefined : { stroke: tone.line }}
          />
        ) : null}
        {[head, tail].map((open, index) =>
          open.length > 1 ? (
            <path key={index ? 'tail' : 'head'} className="series unfinished" d={pathOf(open, layout)} style={{ stroke: tone.line }} />
          ) : null,
        )}
        {run.length === 1 ? <Dot run={run} layout={layout} tone={tone} /> : null}
      </g>
    );
  });
}

/** A first period that began before the days asked for, those that are whole, and a last one that is not over. */
function partsOf(run: Run): { head: Run; whole: Run; tail: Run } {
  const isWhole = ({ point }: Run[number]) => !point.incomplete && !point.foretold;
  const first = run.findIndex(isWhole);
  if (first < 0) return { head: [], whole: [], tail: run };
  const last = run.findLastIndex(isWhole);
  return { head: run.slice(0, first + 1), whole: run.slice(first, last + 1), tail: run.slice(last) };
}

function Dot({ run, layout, tone }: { run: Run; layout: LineLayout; tone: Tone }) {
  const { place, point } = run[0]!;
  return <circle cx={layout.x(place)} cy={layout.y(point.value)} r="3" style={{ fill: tone.line }} />;
}

/** The period before, place by place under the points. */
export function Ghost({ series, layout }: { series: LineSeries; layout: LineLayout }) {
  const { previous = [], points } = series;
  // The ghost lies on the days of the period that is looked at.
  const shifted = previous.flatMap((point, index) => (points[index] ? [{ ...point, at: points[index].at }] : []));
  return runsOf(shifted, layout.ats).map((run) => <path key={run[0]!.place} className="ghost" d={pathOf(run, layout)} />);
}

/** Launches and notes: a line over the whole height, its label in the row that is free. */
export function AnnotationMarks({ layout: { box, annotations } }: { layout: LineLayout }) {
  return annotations.map(({ at, label, kind = 'launch', pixel, row, flip }) => {
    const y = 12 + row * 15;
    const isLaunch = kind === 'launch';
    return (
      <g key={`${at} ${label}`}>
        <line className={isLaunch ? 'launchl' : 'notel'} x1={pixel} x2={pixel} y1={y - 6} y2={box.bottom} />
        {isLaunch ? <path className="launchf" d={`M${pixel - 4} ${y - 10}h8l-4 6z`} /> : null}
        <text className={isLaunch ? 'kg m halo' : 'k2 halo'} x={flip ? pixel - 7 : pixel + 7} y={y} textAnchor={flip ? 'end' : 'start'}>
          {label}
        </text>
      </g>
    );
  });
}

export type EndLabel = {
  key: string;
  name: string;
  value: string;
  interval: string | null;
  y: number;
  tone: Tone;
};

/** More labels than these are of one line each. */
export const mostStacked = 4;

type EndsProps = { layout: Pick<LineLayout, 'box' | 'narrow'>; labels: EndLabel[] };

/** Name, figure and interval where each line ends, moved apart where they would lie on each other. */
export function EndLabels({ layout: { box, narrow }, labels }: EndsProps) {
  const stacked = !narrow && labels.length <= mostStacked;
  const gap = stacked ? (labels.some(({ interval }) => interval) ? 46 : 32) : 15;
  const places = spread(
    labels.map(({ y }) => y),
    gap,
    [box.top + 2, box.bottom - (stacked ? gap - 12 : 2)],
  );
  return labels.map((label, index) => (
    <text key={label.key} x={box.right + 10} y={places[index]! + 4} style={{ fill: label.tone.ink }}>
      {stacked ? <Stacked label={label} x={box.right + 10} alone={labels.length === 1} /> : <OnOneLine label={label} narrow={narrow} />}
    </text>
  ));
}

function Stacked({ label: { name, value, interval }, x, alone }: { label: EndLabel; x: number; alone: boolean }) {
  return (
    <>
      {name ? (
        <tspan x={x} dy={-2} className="m">
          {name}
        </tspan>
      ) : null}
      <tspan x={x} dy={name ? 15 : 2} className={alone ? 'b x15' : 'b x13'}>
        {value}
      </tspan>
      {interval ? (
        <tspan x={x} dy={14}>
          {interval}
        </tspan>
      ) : null}
    </>
  );
}

function OnOneLine({ label: { name, value }, narrow }: { label: EndLabel; narrow: boolean }) {
  return (
    <>
      <tspan className="b x12">{value}</tspan>
      {narrow ? null : <tspan dx="5">{name}</tspan>}
    </>
  );
}

/** The last whole point as a fix: a dot in a ring. */
export function EndFix({ series, layout, tone }: { series: LineSeries; layout: LineLayout; tone: Tone }) {
  const end = endOf(series);
  if (!end) return null;
  const [x, y] = [layout.x(layout.ats.indexOf(end.at)), layout.y(end.value!)];
  return (
    <>
      <circle className="fix" cx={x} cy={y} r="4.5" style={{ stroke: tone.line }} />
      <circle cx={x} cy={y} r="1.6" style={{ fill: tone.line }} />
    </>
  );
}
