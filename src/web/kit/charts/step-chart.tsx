import { useMemo } from 'react';
import { useFormat } from '../format-context.tsx';
import type { Format } from '../format.ts';
import type { ChartWords } from '../messages/charts.ts';
import { Figure } from '../controls.tsx';
import { Table } from '../table.tsx';
import { BorderAxis, ValueAxis } from './axes.tsx';
import { ChartFrame, type ChartText } from './chart-frame.tsx';
import { tones, type Tone } from './colours.ts';
import type { StepCurve, StepPoint, StepTarget, Write } from './data.ts';
import { Legend, Swatch } from './legend.tsx';
import { EndLabels } from './line-marks.tsx';
import { Reading } from './reading.tsx';
import { fitted, labelWidth } from './scales.ts';
import { narrowWidth } from './line-geometry.ts';
import { endsEarly, layStep, pointOn } from './step-geometry.ts';
import { AtRisk, CurveMarks, DayRules, EarlyEnd, Fixes, Targets } from './step-marks.tsx';
import { useChartWords } from './words.ts';

export type StepChartProps = ChartText & {
  /** Launches laid over each other, each from its own day 0. */
  curves: StepCurve[];
  /** The last day that is drawn. */
  horizon: number;
  marks?: number[];
  targets?: StepTarget[];
  /** `format.share` if not given; `tick` writes the axis. */
  write?: Write;
  tick?: Write;
  highlight?: string;
  ceiling?: number;
  height?: number;
  /** Opens the rows behind a curve on a day. */
  onChoose?: (chosen: { curve: string; day: number }) => void;
};

const usualMarks = [30, 60, 90];
const noTargets: StepTarget[] = [];

/** The share that has done it by each day since a start, with its band: adoption, Kaplan-Meier. */
export function StepChart(props: StepChartProps) {
  const { title, subtitle, note, actions, curves, height = 290, horizon } = props;
  const words = useChartWords();
  const format = useFormat();
  const write = props.write ?? format.share;
  const ends = curves.flatMap(({ name, points }) => (points.length > 0 ? [`${name} ${write(points.at(-1)!.share)}`.trim()] : []));
  const isEmpty = ends.length === 0;
  const table = isEmpty ? undefined : <StepTable {...props} write={write} words={words} format={format} />;
  const summary = isEmpty ? title : `${title}. ${words.day(format.number(horizon))}: ${format.list(ends)}.`;
  return (
    <ChartFrame {...{ title, subtitle, note, actions, summary, table, height }}>
      {(width) => (isEmpty ? <p className="state line">{words.noSeries}</p> : <Curves {...props} write={write} width={width} />)}
    </ChartFrame>
  );
}

type CurvesProps = StepChartProps & { write: Write; width: number };

function useStepLayout({
  width,
  curves,
  horizon,
  marks = usualMarks,
  targets = noTargets,
  write,
  tick,
  highlight,
  ceiling = 1,
  height = 290,
}: CurvesProps) {
  const format = useFormat();
  const colours = useMemo(
    () =>
      tones(
        curves.map(({ key }) => key),
        highlight,
      ),
    [curves, highlight],
  );
  const labels = useMemo(
    () =>
      curves.flatMap((curve) => {
        const end = curve.points.at(-1);
        if (!end || endsEarly(curve, horizon)) return [];
        const { key, name } = curve;
        const interval = end.low != null && end.high != null && curves.length < 4 ? format.range(write(end.low), write(end.high)) : null;
        return [{ key, name: curves.length === 1 ? '' : name, value: write(end.share), interval, at: end.share, tone: colours.get(key)! }];
      }),
    [curves, horizon, write, colours, format],
  );
  const rowsBelow = curves.length < 4 && curves.some(({ points }) => points.some(({ atRisk }) => atRisk !== undefined)) ? curves.length : 0;
  const layout = useMemo(() => {
    const endWidths = labels.map(({ name, value, interval }) =>
      labelWidth(width < narrowWidth ? { name: '', value, interval: null } : { name, value, interval }, labels.length),
    );
    const full = height + rowsBelow * 15;
    const axisTick =
      tick ?? ((value: number) => format.share(value, { digits: value % 0.01 > 1e-9 && value % 0.01 < 0.01 - 1e-9 ? 1 : 0 }));
    return {
      ...layStep({ width, height: full, curves, horizon, marks, targets, ceiling, tick: axisTick, endWidths, rowsBelow }),
      axisTick,
    };
  }, [width, height, curves, horizon, marks, targets, ceiling, tick, labels, rowsBelow, format]);
  return { colours, labels, layout, rowsBelow };
}

function Curves(props: CurvesProps) {
  const { curves, horizon, targets = noTargets, write, width, highlight, onChoose } = props;
  const words = useChartWords();
  const format = useFormat();
  const { colours, labels, layout, rowsBelow } = useStepLayout(props);
  const { box, x, y, days, narrow } = layout;
  const placed = labels.map((label) => ({ ...label, y: y(label.at), name: fitted(label.name, width - box.right - 10) }));
  const last = targets.find(({ day }) => day === horizon) ?? targets.at(-1);
  const main = curves.length === 1 ? curves[0] : curves.find(({ key }) => key === highlight);
  const blocks = Array.from({ length: Math.ceil(horizon / 10) }, (_, index): [number, number] => [
    index * 10,
    Math.min(horizon, index * 10 + 10),
  ]);
  const say = (day: number) =>
    `${words.day(format.number(day))}: ${curves.map((curve) => `${curve.name} ${writeStep(pointOn(curve.points, day), write, format)}`).join('; ')}`;
  const nearest = (day: number, height: number) =>
    curves
      .flatMap(({ key, points }) => (pointOn(points, day) ? [{ key, away: Math.abs(y(pointOn(points, day)!.share) - height) }] : []))
      .toSorted((a, b) => a.away - b.away)[0]?.key;
  return (
    <>
      {narrow && curves.length > 1 ? (
        <Legend items={curves.map(({ key, name }) => ({ key, name, colour: colours.get(key)!.line }))} />
      ) : null}
      <Reading
        box={box}
        width={width}
        height={layout.height}
        places={Array.from({ length: horizon + 1 }, (_, day) => x(day))}
        label={words.read(props.title)}
        say={say}
        show={(day) => <StepBox curves={curves} colours={colours} day={day} write={write} />}
        onChoose={onChoose && ((day, height) => nearest(day, height) && onChoose({ curve: nearest(day, height)!, day }))}
      >
        <ValueAxis box={box} ticks={layout.ticks} y={y} write={layout.axisTick} />
        <Targets
          layout={layout}
          targets={targets}
          horizon={horizon}
          label={last ? words.targetAt(layout.axisTick(last.share), format.number(last.day)) : null}
        />
        <DayRules layout={layout} />
        {curves.map((curve) => (
          <CurveMarks
            key={curve.key}
            curve={curve}
            layout={layout}
            tone={colours.get(curve.key)!}
            banded={curves.length < 4 || curve.key === highlight}
          />
        ))}
        {main ? <Fixes curve={main} layout={layout} tone={colours.get(main.key)!} write={write} /> : null}
        <BorderAxis box={box} x={x} blocks={blocks} ticks={days.map((day) => ({ at: day, label: words.day(format.number(day)) }))} />
        {rowsBelow > 0 ? <AtRisk layout={layout} curves={curves} colours={colours} words={words} format={format} /> : null}
        {curves.map((curve) =>
          curve.points.length > 0 && endsEarly(curve, horizon) ? (
            <EarlyEnd key={curve.key} layout={layout} curve={curve} tone={colours.get(curve.key)!} write={write} />
          ) : null,
        )}
        <EndLabels layout={layout} labels={placed} />
      </Reading>
    </>
  );
}

const writeStep = (point: StepPoint | null, write: Write, format: Format): string => {
  if (!point) return '–';
  const { share, low, high } = point;
  return low != null && high != null ? format.interval(write(share), write(low), write(high)) : write(share);
};

function StepBox({ curves, colours, day, write }: { curves: StepCurve[]; colours: Map<string, Tone>; day: number; write: Write }) {
  const words = useChartWords();
  const format = useFormat();
  const rows = curves.flatMap((curve) => {
    const point = pointOn(curve.points, day);
    return point ? [{ ...curve, point }] : [];
  });
  return (
    <>
      <p className="strong">{words.day(format.number(day))}</p>
      {rows.map(({ key, name, point }) => (
        <div key={key} className="reading-row">
          <Swatch colour={colours.get(key)!.line} />
          <span className="reading-name">{name}</span>
          <span className="num">
            <b className="strong">{write(point.share)}</b>
            {point.low != null && point.high != null ? (
              <span className="ink3"> {format.range(write(point.low), write(point.high))}</span>
            ) : null}
          </span>
        </div>
      ))}
    </>
  );
}

type TableProps = StepChartProps & { write: Write; words: ChartWords; format: Format };

/** Every tenth day, the marks and the last day; a column for each curve. */
function StepTable({ title, curves, horizon, marks = usualMarks, write, onChoose, words, format }: TableProps) {
  const days = Array.from({ length: horizon + 1 }, (_, day) => day).filter(
    (day) => day % 10 === 0 || day === horizon || marks.includes(day),
  );
  const columns = curves.map((curve) => ({
    key: curve.key,
    head: words.curveCount(curve.name || words.shareHead, format.number(curve.n)),
    number: true,
    cell: (day: number) => {
      const text = writeStep(pointOn(curve.points, day), write, format);
      if (!onChoose || text === '–') return text;
      return (
        <Figure label={words.openRows} onOpen={() => onChoose({ curve: curve.key, day })}>
          {text}
        </Figure>
      );
    },
  }));
  return (
    <Table
      label={title}
      size="compact"
      rows={days}
      rowKey={String}
      columns={[{ key: 'day', head: words.dayHead, cell: (day: number) => words.day(format.number(day)) }, ...columns]}
    />
  );
}
