import type { Format } from '../format.ts';
import { useFormat } from '../format-context.tsx';
import type { Tone } from './colours.ts';
import type { LinePoint, LineSeries, Period, Write } from './data.ts';
import { Swatch } from './legend.tsx';
import type { ChartWords } from '../messages/charts.ts';
import { useChartWords } from './words.ts';

type Writing = { words: ChartWords; format: Format; since?: (periods: string) => string };

export const writePeriod = (at: string, by: Period, { words, format, since }: Writing): string => {
  if (by === 'since') return (since ?? String)(format.number(Number(at)));
  if (by === 'hour') return format.dateTime(at);
  if (by === 'month') return `${format.month(at)} ${at.slice(0, 4)}`;
  return by === 'week' ? words.weekOf(format.date(at)) : format.date(at, { weekday: true });
};

export const writePoint = ({ value, low, high }: LinePoint, write: Write, format: Format): string =>
  value === null ? '–' : low != null && high != null ? format.interval(write(value), write(low), write(high)) : write(value);

/** What keeps a point from being a measured, whole one; '' when nothing does. */
export const stateOf = ({ incomplete, foretold }: LinePoint, words: ChartWords): string =>
  foretold ? words.foretold : incomplete ? words.incomplete : '';

type Asked = { series: LineSeries[]; by: Period; write: Write; at: string; since?: (periods: string) => string };
type SayProps = Asked & { words: ChartWords; format: Format };

/** One period in words: what the slider says. */
export const sayLine = ({ series, by, write, at, since, words, format }: SayProps): string => {
  const figures = series.flatMap(({ name, points }) => {
    const point = points.find((one) => one.at === at);
    if (!point) return [];
    const state = stateOf(point, words);
    return [`${name} ${writePoint(point, write, format)}${state ? `, ${state}` : ''}`.trim()];
  });
  return `${writePeriod(at, by, { words, format, since })}: ${figures.join('; ')}`;
};

/** One period as figures, in the order of their lines. */
export function LineBox({
  series,
  by,
  write,
  at,
  since,
  previousName,
  colours,
}: Asked & { previousName?: string; colours: Map<string, Tone> }) {
  const words = useChartWords();
  const format = useFormat();
  const rows = series
    .flatMap((one) => {
      const index = one.points.findIndex((point) => point.at === at);
      return index === -1 ? [] : [{ ...one, point: one.points[index]!, before: one.previous?.[index] }];
    })
    .toSorted((a, b) => (b.point.value ?? -Infinity) - (a.point.value ?? -Infinity));
  const states = [...new Set(rows.map(({ point }) => stateOf(point, words)))].filter(Boolean);
  return (
    <>
      <p className="strong">
        {writePeriod(at, by, { words, format, since })}
        {states.map((state) => (
          <span key={state} className="ink3">
            {' '}
            · {state}
          </span>
        ))}
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
              {previousName ?? words.before}: {write(before.value)}
            </span>
          )}
        </div>
      ))}
    </>
  );
}
