import { useMemo } from 'react';
import { useFormat } from '../format-context.tsx';
import { BorderAxis, ValueAxis } from './axes.tsx';
import { ChartFrame, type ChartText } from './chart-frame.tsx';
import { tones, type Tone } from './colours.ts';
import type { Annotation, Chosen, LinePoint, LineSeries, Period, Write } from './data.ts';
import { Legend } from './legend.tsx';
import { endOf, layLine, narrowWidth, type LineLayout } from './line-geometry.ts';
import { AnnotationMarks, EndFix, EndLabels, Ghost, mostStacked, SeriesMarks, type EndLabel } from './line-marks.tsx';
import { LineBox, sayLine } from './line-reading.tsx';
import { LineTable } from './line-table.tsx';
import { Reading } from './reading.tsx';
import { timeAxis } from './time-axis.ts';
import { fitted, labelWidth, textWidth } from './scales.ts';
import { groupName, quietOf, useChartWords } from './words.ts';

export type LineChartProps = ChartText & {
  series: LineSeries[];
  by: Period;
  /** Writes a figure: `format.number`, `format.share`. `tick` writes the axis, where fewer digits do. */
  write: Write;
  tick?: Write;
  /** The head of the column of figures in the table: "People". */
  measure: string;
  annotations?: Annotation[];
  /** The one that matters; the rest stand back. */
  highlight?: string;
  /** Lines need not start at zero; counts read better if they do. */
  fromZero?: boolean;
  /** The most that a value can be: 1 for shares. */
  ceiling?: number;
  height?: number;
  /** The name of the ghost: "Period before" if not given. */
  previousName?: string;
  /** By `since`: how so many periods after the beginning are called, "Month 12". */
  since?: (periods: string) => string;
  /** Opens the rows behind a point. */
  onChoose?: (chosen: Chosen) => void;
};

const none: Annotation[] = [];

/** Several series over time: each is named where it ends, with its interval as a band. */
export function LineChart(given: LineChartProps) {
  const words = useChartWords();
  const series = useMemo(() => given.series.map((one) => ({ ...one, name: groupName(one, words) })), [given.series, words]);
  const props = { ...given, series };
  const { height = 280, title, subtitle, note, actions } = props;
  const format = useFormat();
  const isEmpty = !series.some(({ points }) => points.some(({ value }) => value !== null));
  const summary = useSummary(props);
  return (
    <ChartFrame
      {...{ title, subtitle, note, actions, summary, height }}
      table={isEmpty ? undefined : <LineTable {...props} words={words} format={format} />}
    >
      {(width) => (isEmpty ? <p className="state line">{words.noSeries}</p> : <Lines {...props} width={width} />)}
    </ChartFrame>
  );
}

function useSummary({ title, series, write }: LineChartProps): string {
  const format = useFormat();
  const ends = series.flatMap((one) => {
    const end = endOf(one);
    return end ? [`${one.name} ${write(end.value!)}`.trim()] : [];
  });
  return ends.length === 0 ? title : `${title}. ${format.list(ends)}.`;
}

function Lines(props: LineChartProps & { width: number }) {
  const { width, series, by, write, tick = write, annotations = none, highlight, height = 280, fromZero = true, ceiling, onChoose } = props;
  const words = useChartWords();
  const format = useFormat();
  const colours = useMemo(
    () =>
      tones(
        series.map(({ key }) => key),
        highlight,
        quietOf(series),
      ),
    [series, highlight],
  );
  const labels = useEndTexts(props, colours);
  const layout = useMemo(
    () =>
      layLine({
        width,
        height,
        series,
        annotations,
        fromZero,
        ceiling,
        tick,
        endWidths: labels.map((label) => widthOf(label, width, labels.length)),
      }),
    [width, height, series, annotations, fromZero, ceiling, tick, labels],
  );
  const axis = useMemo(
    () => timeAxis(layout.ats, by, layout.box.right - layout.box.left, format, props.since),
    [layout, by, format, props.since],
  );
  const placed = labels.map((label) => ({
    ...label,
    y: layout.y(label.at),
    name: fitted(label.name, roomOf(label, layout, width, labels.length)),
  }));
  const ordered = series.toSorted((a, b) => Number(colours.get(b.key)!.quiet) - Number(colours.get(a.key)!.quiet));
  const banded = series.filter(({ key }) => !colours.get(key)!.quiet).length < 4;
  const ghosted = series.filter(({ previous }) => previous?.length);
  return (
    <>
      {layout.narrow ? <LineLegend {...props} colours={colours} /> : null}
      <Reading
        box={layout.box}
        width={width}
        height={height}
        places={layout.ats.map((_, index) => layout.x(index))}
        label={words.read(props.title)}
        say={(place) => sayLine({ ...props, words, format, at: layout.ats[place]! })}
        show={(place) => <LineBox {...props} colours={colours} at={layout.ats[place]!} />}
        marks={(place) => <ReadMarks series={series} layout={layout} colours={colours} at={layout.ats[place]!} />}
        onChoose={onChoose && ((place, y) => choose(series, layout, place, y, onChoose))}
      >
        <ValueAxis box={layout.box} ticks={layout.ticks} y={layout.y} write={tick} />
        {ghosted.map((one) => (
          <Ghost key={one.key} series={one} layout={layout} />
        ))}
        {ordered.map((one) => (
          <SeriesMarks
            key={one.key}
            series={one}
            layout={layout}
            tone={colours.get(one.key)!}
            banded={one.isExpected || (banded && !colours.get(one.key)!.quiet)}
          />
        ))}
        <AnnotationMarks layout={layout} />
        <BorderAxis box={layout.box} x={layout.x} {...axis} />
        {ordered.map((one) =>
          colours.get(one.key)!.quiet ? null : <EndFix key={one.key} series={one} layout={layout} tone={colours.get(one.key)!} />,
        )}
        <EndLabels layout={layout} labels={placed} />
      </Reading>
    </>
  );
}

/** What is left for a name beside its figure, or under it. */
const roomOf = ({ value }: EndText, { box }: LineLayout, width: number, count: number): number =>
  width - box.right - 12 - (count > mostStacked ? textWidth(value, 12) + 8 : 0);

/** Names over the chart, where there is no room beside it; those that stand back are read in the table. */
function LineLegend({ series, colours, previousName }: LineChartProps & { colours: Map<string, Tone> }) {
  const words = useChartWords();
  const named = series.length > 1 ? series.filter(({ key }) => !colours.get(key)!.quiet) : [];
  const items = named.map(({ key, name }) => ({ key, name, colour: colours.get(key)!.line }));
  const ghost = { key: 'previous', name: previousName ?? words.before, colour: 'var(--line-3)' };
  return <Legend items={series.some(({ previous }) => previous?.length) ? [...items, ghost] : items} />;
}

type EndText = Omit<EndLabel, 'y'> & { at: number };

/** Many labels are of one line each; on a narrow screen only figures stand there. */
const widthOf = (label: EndText, width: number, count: number): number => {
  if (width < narrowWidth) return labelWidth({ name: '', value: label.value, interval: null }, count);
  return count > mostStacked ? textWidth(`${label.value}  ${label.name}`, 12) : labelWidth(label, count);
};

function useEndTexts({ series, write, previousName }: LineChartProps, colours: Map<string, Tone>): EndText[] {
  const words = useChartWords();
  const format = useFormat();
  return useMemo(() => {
    const ends = series.flatMap((one): EndText[] => {
      const end = endOf(one);
      if (!end) return [];
      const { value, low, high } = end;
      const interval = low != null && high != null ? format.range(write(low), write(high)) : null;
      return [
        {
          key: one.key,
          name: series.length === 1 ? '' : one.name,
          value: write(value!),
          interval,
          at: end.value!,
          tone: colours.get(one.key)!,
        },
      ];
    });
    const ghost = series.length === 1 ? ghostEnd(series[0]!) : null;
    if (!ghost) return ends;
    const tone = { line: 'var(--line-3)', ink: 'var(--ink-3)', quiet: true };
    return [
      ...ends,
      { key: 'previous', name: previousName ?? words.before, value: write(ghost.value!), interval: null, at: ghost.value!, tone },
    ];
  }, [series, write, previousName, colours, words, format]);
}

/** The period before, where the line says its figure: the two are then of as many days. */
const ghostEnd = (one: LineSeries): LinePoint | null => {
  const end = endOf(one);
  const point = one.previous?.[one.points.findIndex(({ at }) => at === end?.at)];
  return point && point.value !== null ? point : null;
};

type ReadProps = { series: LineSeries[]; layout: LineLayout; colours: Map<string, Tone>; at: string };

function ReadMarks({ series, layout, colours, at }: ReadProps) {
  const place = layout.x(layout.ats.indexOf(at));
  return series.map(({ key, points }) => {
    const value = points.find((point) => point.at === at)?.value;
    return value == null ? null : (
      <circle key={key} className="read" cx={place} cy={layout.y(value)} r="3.5" style={{ fill: colours.get(key)!.line }} />
    );
  });
}

/** The series whose line is nearest to where was clicked. */
const choose = (series: LineSeries[], layout: LineLayout, place: number, y: number, onChoose: (chosen: Chosen) => void): void => {
  const at = layout.ats[place]!;
  const here = series.flatMap(({ key, points }) => {
    const value = points.find((point) => point.at === at)?.value;
    return value == null ? [] : [{ key, away: Math.abs(layout.y(value) - y) }];
  });
  const nearest = here.toSorted((a, b) => a.away - b.away)[0];
  if (nearest) onChoose({ series: nearest.key, at });
};
