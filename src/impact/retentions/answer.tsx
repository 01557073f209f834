import { PlaceChart, type PlacePoint } from '../../web/kit/charts/place-chart.tsx';
import { RetentionGrid } from '../../web/kit/charts/retention-grid.tsx';
import { groupName, useChartWords } from '../../web/kit/charts/words.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import type { AnswerFacts } from '../../web/kit/questions/facts-line.tsx';
import { factsOf } from '../questions/answered.tsx';
import { en, zh } from './messages.ts';
import type { Retention, RetentionAsked, RetentionCell, RetentionRowsAsked } from './schema.ts';

/** A figure that was chosen, for the rows behind it; of all cohorts without one. */
export type RetentionChosen = Pick<RetentionRowsAsked, 'cohort' | 'place' | 'group'>;
type RetentionAnswerProps = {
  answer: Retention;
  asked: Pick<RetentionAsked, 'breakdown'>;
  /** Where there is little room: the groups, or else the newest cohorts that fit. */
  height?: number;
  onChoose?: (chosen: RetentionChosen) => void;
};

const rowHeight = 30;

const drawn = (cells: (RetentionCell | null)[]) =>
  cells.map((cell) => cell && { ...cell, share: cell.share ?? 0, tooFew: cell.share === null });

/** Cohort by cohort, how many came back in each period; where it is broken down, first the groups. */
export function RetentionAnswer({ answer, asked, height, onChoose }: RetentionAnswerProps) {
  const words = useMessages({ en, zh });
  const chartWords = useChartWords();
  const format = useFormat();
  const { all, cohorts, groups, unit, by, kind, lastDay } = answer;
  const columns = all.cells.map((_, place) => words.place(by, format.number(place)));
  const average = { n: all.n, cells: drawn(all.cells) };
  const shown = height ? cohorts.slice(-Math.floor(height / rowHeight)) : cohorts;
  const partial = shown.filter((cohort) => cohort.partial).map(({ start }) => format.date(start));
  const notes = [
    lastDay ? words.note(format.date(lastDay)) : '',
    shown.length < cohorts.length ? words.newest(format.number(shown.length), format.number(cohorts.length)) : '',
    kind === 'onOrAfter' ? words.laterNote : '',
    partial.length > 0 ? words.partial(format.list(partial)) : '',
  ].filter(Boolean);
  return (
    <>
      {height ? null : <RetentionCurve answer={answer} columns={columns} onChoose={onChoose} />}
      {groups.length > 0 ? (
        <RetentionGrid
          title={words.groups(words.units[unit], asked.breakdown?.name ?? '')}
          cohortHead={asked.breakdown?.name}
          columns={columns}
          average={average}
          cohorts={groups.map((group, place) => ({
            key: String(place),
            name: groupName(group, chartWords),
            n: group.n,
            cells: drawn(group.cells),
          }))}
          onChoose={
            onChoose &&
            (({ cohort, column }) => {
              const group = cohort === null ? undefined : groups[Number(cohort)];
              onChoose({ place: column, ...(group && { group: { kind: group.kind, name: group.name } }) });
            })
          }
        />
      ) : null}
      {height && groups.length > 0 ? null : (
        <RetentionGrid
          title={words.chart(words.units[unit], by)}
          note={notes.join(' ')}
          cohortHead={words.first(by)}
          columns={columns}
          average={average}
          cohorts={shown.map(({ start, n, cells }) => ({ key: start, name: format.date(start), n, cells: drawn(cells) }))}
          onChoose={onChoose && (({ cohort, column }) => onChoose({ cohort, place: column }))}
        />
      )}
    </>
  );
}

/** A point of those alone whose period is over; of too few there is none. */
const pointOf = (cell: RetentionCell | null): PlacePoint =>
  cell === null || cell.share === null || cell.incomplete ? null : { value: cell.share, low: cell.low, high: cell.high, n: cell.of };

type CurveProps = { answer: Retention; columns: string[]; onChoose?: (chosen: RetentionChosen) => void };

/** All cohorts together, weighted by their size, with each of them faint behind. */
function RetentionCurve({ answer: { all, cohorts, unit, by, kind }, columns, onChoose }: CurveProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const points = all.cells.map(pointOf);
  const last = points.findLastIndex((point) => point !== null);
  const n = (place: number) => format.number(points[place]?.n ?? 0);
  return (
    <PlaceChart
      title={words.curve(words.units[unit], kind)}
      subtitle={words.curveSubtitle(format.number(cohorts.length))}
      curves={[{ key: 'all', name: words.allTogether, points }]}
      faint={cohorts.map((cohort) => ({ key: cohort.start, name: format.date(cohort.start), points: cohort.cells.map(pointOf) }))}
      columns={columns}
      placeHead={words.periods[by]}
      write={(value) => format.share(value, { digits: 0 })}
      ceiling={1}
      note={last > 0 ? words.curveNote(n(0), columns.at(last) ?? '', n(last)) : undefined}
      onChoose={onChoose && ((place) => onChoose({ place }))}
    />
  );
}

/** The finding: how many came back in the first period after, and in the last one of which enough is known for an interval. */
export function useRetentionVerdict(): (answer: Retention) => string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const write = ({ share, count }: RetentionCell) => (share === null ? format.number(count) : format.share(share));
  return ({ all, unit, by }) => {
    const next = all.cells[1];
    if (!next) return words.verdictOpen(format.number(all.n), words.units[unit], by);
    const last = all.cells.findLastIndex((cell) => cell !== null && cell.low !== null);
    const end = last > 1 ? all.cells[last] : null;
    const later = end ? words.verdictLast(write(end), format.number(end.of), by, format.number(last)) : '';
    return words.verdict(write(next), format.number(next.of), words.units[unit], by, later);
  };
}

export function useRetentionFacts(): (answer: Retention) => AnswerFacts {
  const words = useMessages({ en, zh });
  return ({ all, unit, facts }) => ({ n: all.n, unit: words.units[unit], interval: words.interval[unit], ...factsOf(facts) });
}

export const isEmptyRetention = ({ all }: Retention): boolean => all.n === 0;
