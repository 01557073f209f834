import { useMemo } from 'react';
import { Figure } from '../controls.tsx';
import { useFormat } from '../format-context.tsx';
import { Table } from '../table.tsx';
import { ValueAxis } from './axes.tsx';
import { ChartFrame, type ChartText } from './chart-frame.tsx';
import { tones, type Tone } from './colours.ts';
import type { LineSeries, Write } from './data.ts';
import { Legend, Swatch } from './legend.tsx';
import { endOf, layLine, type LineLayout } from './line-geometry.ts';
import { EndFix, EndLabels, SeriesMarks } from './line-marks.tsx';
import { writePoint } from './line-reading.tsx';
import { Reading } from './reading.tsx';
import { labelWidth, textWidth } from './scales.ts';
import { useChartWords } from './words.ts';

/** Null where the time has not come, or nothing can be said. */
export type PlacePoint = { value: number; low?: number | null; high?: number | null; n?: number } | null;
export type PlaceCurve = { key: string; name: string; points: PlacePoint[] };

export type PlaceChartProps = ChartText & {
  curves: PlaceCurve[];
  /** Drawn behind, without names: the cohorts that a curve is the mean of. */
  faint?: PlaceCurve[];
  /** The places: "Week 0", "Week 1". */
  columns: string[];
  /** The head of the places in the table: "Week". */
  placeHead: string;
  write: Write;
  ceiling?: number;
  height?: number;
  /** Opens the rows behind a place of the first curve. */
  onChoose?: (place: number) => void;
};

const atOf = (place: number): string => String(place).padStart(4, '0');
const none: PlaceCurve[] = [];

const seriesOf = ({ key, name, points }: PlaceCurve): LineSeries => ({
  key,
  name,
  points: points.map((point, place) => (point ? { at: atOf(place), ...point } : { at: atOf(place), value: null })),
});

/** Figures by how long ago something began: period 0, 1, 2 and so on, with intervals as bands. */
export function PlaceChart(props: PlaceChartProps) {
  const { title, subtitle, note, actions, curves, columns, write, height = 260 } = props;
  const words = useChartWords();
  const format = useFormat();
  const isEmpty = !curves.some(({ points }) => points.some((point) => point !== null));
  const said = curves.flatMap((curve) => {
    const place = curve.points.findLastIndex((point) => point !== null);
    return place < 0 ? [] : [`${curve.name}: ${columns[place]} ${write(curve.points[place]!.value)}`];
  });
  return (
    <ChartFrame
      {...{ title, subtitle, note, actions, height }}
      summary={isEmpty ? title : `${title}. ${format.list(said)}.`}
      table={isEmpty ? undefined : <PlaceTable {...props} />}
    >
      {(width) => (isEmpty ? <p className="state line">{words.noSeries}</p> : <Curves {...props} height={height} width={width} />)}
    </ChartFrame>
  );
}

function Curves(props: PlaceChartProps & { width: number; height: number }) {
  const { curves, faint = none, columns, write, ceiling, width, height, title, onChoose } = props;
  const words = useChartWords();
  const format = useFormat();
  const series = useMemo(() => curves.map(seriesOf), [curves]);
  const behind = useMemo(() => faint.map(seriesOf), [faint]);
  const colours = useMemo(() => tones(curves.map(({ key }) => key)), [curves]);
  const ends = series.flatMap((one) => {
    const end = endOf(one);
    if (!end) return [];
    const interval = end.low != null && end.high != null ? format.range(write(end.low), write(end.high)) : null;
    return [
      {
        key: one.key,
        name: series.length === 1 ? '' : one.name,
        value: write(end.value!),
        interval,
        at: end.value!,
        tone: colours.get(one.key)!,
      },
    ];
  });
  const layout = layLine({
    width,
    height,
    series: [...series, ...behind],
    annotations: [],
    fromZero: true,
    ceiling,
    tick: write,
    endWidths: ends.map((label) => labelWidth(label, ends.length)),
  });
  const read = (place: number) =>
    `${columns[place]}: ${series.map(({ name, points }) => `${name} ${writePoint(points[place]!, write, format)}`).join('; ')}`;
  return (
    <>
      {layout.narrow && series.length > 1 ? (
        <Legend items={series.map(({ key, name }) => ({ key, name, colour: colours.get(key)!.line }))} />
      ) : null}
      <Reading
        box={layout.box}
        width={width}
        height={height}
        places={columns.map((_, place) => layout.x(place))}
        label={words.read(title)}
        say={read}
        show={(place) => <PlaceBox {...props} colours={colours} place={place} />}
        onChoose={onChoose && ((place) => curves[0]?.points[place] && onChoose(place))}
      >
        <ValueAxis box={layout.box} ticks={layout.ticks} y={layout.y} write={write} />
        {behind.map((one) => (
          <g key={one.key} className="faint">
            <SeriesMarks series={one} layout={layout} tone={back} banded={false} />
          </g>
        ))}
        {series.map((one) => (
          <SeriesMarks key={one.key} series={one} layout={layout} tone={colours.get(one.key)!} banded={series.length < 4} />
        ))}
        <PlaceAxis layout={layout} columns={columns} />
        {series.map((one) => (
          <EndFix key={one.key} series={one} layout={layout} tone={colours.get(one.key)!} />
        ))}
        <EndLabels layout={layout} labels={ends.map(({ at, ...label }) => ({ ...label, y: layout.y(at) }))} />
      </Reading>
    </>
  );
}

const back: Tone = { line: 'var(--line-3)', ink: 'var(--ink-3)', quiet: true };

/** As many names as there is room for, from the first on. */
function PlaceAxis({ layout: { box, x }, columns }: { layout: LineLayout; columns: string[] }) {
  const widest = Math.max(...columns.map((name) => textWidth(name, 11))) + 14;
  const every = Math.max(1, Math.ceil((widest * columns.length) / Math.max(1, box.right - box.left)));
  return columns.map((name, place) =>
    place % every > 0 ? null : (
      <g key={name}>
        <line className="grid" x1={x(place)} x2={x(place)} y1={box.bottom} y2={box.bottom + 4} />
        <text x={x(place)} y={box.bottom + 18} textAnchor="middle">
          {name}
        </text>
      </g>
    ),
  );
}

type BoxProps = PlaceChartProps & { colours: Map<string, Tone>; place: number };

function PlaceBox({ curves, columns, write, colours, place }: BoxProps) {
  const format = useFormat();
  return (
    <>
      <p className="strong">{columns[place]}</p>
      {curves.map(({ key, name, points }) => {
        const point = points[place];
        return (
          <div key={key} className="reading-row">
            <Swatch colour={colours.get(key)!.line} />
            <span className="reading-name">{name}</span>
            <span className="num">
              <b className="strong">{point ? write(point.value) : '–'}</b>
              {point?.low != null && point.high != null ? (
                <span className="ink3"> {format.range(write(point.low), write(point.high))}</span>
              ) : null}
              {point?.n === undefined ? null : <span className="ink3"> n={format.number(point.n)}</span>}
            </span>
          </div>
        );
      })}
    </>
  );
}

type Row = { place: number; name: string };

function PlaceTable({ title, curves, faint = none, columns, placeHead, write, onChoose }: PlaceChartProps) {
  const words = useChartWords();
  const format = useFormat();
  const written = (curve: PlaceCurve, place: number) => {
    const point = curve.points[place];
    return point ? writePoint({ at: '', ...point }, write, format) : '–';
  };
  return (
    <Table<Row>
      label={title}
      size="compact"
      rows={columns.map((name, place) => ({ place, name }))}
      rowKey={({ place }) => String(place)}
      columns={[
        { key: 'place', head: placeHead, cell: ({ name }) => name },
        ...curves.flatMap((curve, index) => [
          {
            key: curve.key,
            head: curve.name,
            number: true,
            cell: ({ place }: Row) =>
              onChoose && index === 0 && curve.points[place] ? (
                <Figure label={words.openRows} onOpen={() => onChoose(place)}>
                  {written(curve, place)}
                </Figure>
              ) : (
                written(curve, place)
              ),
          },
          ...(curve.points.some((point) => point?.n !== undefined)
            ? [
                {
                  key: `${curve.key} n`,
                  head: words.counted,
                  number: true,
                  cell: ({ place }: Row) => format.number(curve.points[place]?.n),
                },
              ]
            : []),
        ]),
        ...faint.map((curve) => ({ key: curve.key, head: curve.name, number: true, cell: ({ place }: Row) => written(curve, place) })),
      ]}
    />
  );
}
