import { LineChart } from '../../web/kit/charts/line-chart.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import type { LiftPart } from './answer-checks.tsx';
import { en, zh } from './messages.ts';
import type { Lift } from './schema.ts';
import { en as seriesEn, zh as seriesZh } from './series/messages.ts';

/** How far apart the places of a path are. */
export const stepOf = (path: Lift['path']): 'day' | 'week' | 'month' => {
  const [one, other] = [path[0]?.at, path[1]?.at];
  const days = one && other ? (Date.parse(other) - Date.parse(one)) / 86_400_000 : 1;
  return days > 20 ? 'month' : days > 5 ? 'week' : 'day';
};

/** The day of the change, where the answer has one. */
export const changedAt = ({ path, series }: Lift, label: string) => {
  const first = series && path.find(({ at }) => at >= series.on);
  return first ? [{ at: first.at, label, kind: 'launch' as const }] : [];
};

/** What was observed and what would have happened, over time. */
export function Path({ answer, write }: LiftPart) {
  const words = useMessages({ en, zh });
  const ofSeries = useMessages({ en: seriesEn, zh: seriesZh });
  const format = useFormat();
  const { path, series, comparison } = answer;
  if (path.length < 2) return null;
  const points = (of: (one: Lift['path'][number]) => number | null) => path.map((one) => ({ at: one.at, value: of(one) }));
  const name = series ? series.subject || ofSeries.nobody : words.observed;
  const isTold = series && answer.estimate && answer.verdict !== 'cannot_tell';
  const title = isTold ? words.pathFinding(name, write.effect(answer.estimate!.effect)) : words.pathTitle;
  const hasBand = path.some(({ low }) => low !== null);
  const band = hasBand ? (comparison === 'structural' ? ofSeries.band : ofSeries.bandMean) : undefined;
  return (
    <LineChart
      title={title}
      subtitle={series?.measure}
      note={series ? band : words.pathNote}
      by={stepOf(path)}
      write={write.level}
      tick={(value) => (answer.scale === 'number' && Number.isInteger(value) ? format.number(value) : write.level(value))}
      measure={series?.measure ?? words.column.mean}
      highlight="observed"
      fromZero={false}
      height={series ? 320 : undefined}
      annotations={changedAt(answer, ofSeries.changed)}
      series={[
        { key: 'observed', name, points: points(({ observed }) => observed) },
        ...(path.some(({ expected }) => expected !== null)
          ? [
              {
                key: 'expected',
                isExpected: true,
                name: series ? words.counterfactual : words.expected,
                points: path.map(({ at, expected, low, high }) => ({ at, value: expected, low, high })),
              },
            ]
          : []),
      ]}
    />
  );
}
