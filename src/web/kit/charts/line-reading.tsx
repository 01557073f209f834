import type { Format } from '../format.ts';
import { useFormat } from '../format-context.tsx';
import type { Tone } from './colours.ts';
import type { LinePoint, LineSeries, Period, Write } from './data.ts';
import { Swatch } from './legend.tsx';
import type { ChartWords } from '../messages/charts.ts';
import { useChartWords } from './words.ts';

export const writePeriod = (at: string, by: Period, { words, format }: { words: ChartWords; format: Format }): string => {
  if (by === 'hour') return format.dateTime(at);
  if (by === 'month') return `${format.month(at)} ${at.slice(0, 4)}`;
  return by === 'week' ? words.weekOf(format.date(at)) : format.date(at, { weekday: true });
};

export const writePoint = ({ value, low, high }: LinePoint, write: Write, format: Format): string =>
  value === null ? '–' : low != null && high != null ? format.interval(write(value), write(low), write(high)) : write(value);

type Asked = { series: LineSeries[]; by: Period; write: Write; at: string };
type SayProps = Asked & { words: ChartWords; format: Format };

/** One period in words: what the slider says. */
export const sayLine = ({ series, by, write, at, words, format }: SayProps): string => {
  const figures = series.flatMap(({ name, points }) => {
    const point = points.find((one) => one.at === at);
    if (!point) return [];
    const open = point.incomplete ? `, ${words.incomplete}` : '';
    return [`${name} ${writePoint(point, write, format)}${open}`.trim()];
  });
  return `${writePeriod(at, by, { words, format })}: ${figures.join('; ')}`;
};

/** One period as figures, in the order of their lines. */
export function LineBox({ series, by, write, at, colours }: Asked & { colours: Map<string, Tone> }) {
  const words = useChartWords();
  const format = useFormat();
  const rows = series
    .flatMap((one) => {
      const index = one.points.findIndex((point) => point.at === at);
      return index === -1 ? [] : [{ ...one, point: one.points[index]!, before: one.previous?.[index] }];
    })
    .toSorted((a, b) => (b.point.value ?? -Infinity) - (a.point.value ?? -Infinity));
  return (
    <>
      <p className="strong">
        {writePeriod(at, by, { words, format })}
        {rows.some(({ point }) => point.incomplete) ? <span className="ink3"> · {words.incomplete}</span> : null}
      </p>
      {rows.map(({ key, name, point, before }) => (
        <div key={key} className="reading-row">
          <Swatch colour={colours.get(key)!.line} />
          <span className="reading-name">{name}</span>
          <span className="num">
            <b className="strong">{point.value === null ? '–' : write(point.value)}</b>
            {point.low != null && point.high != null ? (
              <span className="ink3"> {format.range(write(point.low), write(point.high))}</span>
            ) : null}
            {point.n == null ? null : <span className="ink3"> n={format.number(point.n)}</span>}
          </span>
          {before?.value == null ? null : (
            <span className="reading-before ink3">
              {words.before}: {write(before.value)}
            </span>
          )}
        </div>
      ))}
    </>
  );
}
