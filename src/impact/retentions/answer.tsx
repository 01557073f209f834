import { RetentionGrid } from '../../web/kit/charts/retention-grid.tsx';
import { groupName, useChartWords } from '../../web/kit/charts/words.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { en, zh } from './messages.ts';
import type { Retention, RetentionAsked, RetentionCell, RetentionRowsAsked } from './schema.ts';

/** A figure that was chosen, for the rows behind it; of all cohorts without one. */
export type RetentionChosen = Pick<RetentionRowsAsked, 'cohort' | 'place' | 'group'>;
export type RetentionAnswerProps = {
  answer: Retention;
  asked: Pick<RetentionAsked, 'breakdown'>;
  onChoose?: (chosen: RetentionChosen) => void;
};

const drawn = (cells: (RetentionCell | null)[]) =>
  cells.map((cell) => cell && { ...cell, share: cell.share ?? 0, tooFew: cell.share === null });

/** Cohort by cohort, how many came back in each period; where it is broken down, first the groups. */
export function RetentionAnswer({ answer, asked, onChoose }: RetentionAnswerProps) {
  const words = useMessages({ en, zh });
  const chartWords = useChartWords();
  const format = useFormat();
  const { all, cohorts, groups, unit, by, kind, lastDay } = answer;
  const columns = all.cells.map((_, place) => words.place(by, format.number(place)));
  const average = { n: all.n, cells: drawn(all.cells) };
  const partial = cohorts.filter((cohort) => cohort.partial).map(({ start }) => format.date(start));
  const notes = [
    lastDay ? words.note(format.date(lastDay)) : '',
    kind === 'onOrAfter' ? words.laterNote : '',
    partial.length > 0 ? words.partial(format.list(partial)) : '',
  ].filter(Boolean);
  return (
    <>
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
      <RetentionGrid
        title={words.chart(words.units[unit], by)}
        note={notes.join(' ')}
        cohortHead={words.first(by)}
        columns={columns}
        average={average}
        cohorts={cohorts.map(({ start, n, cells }) => ({ key: start, name: format.date(start), n, cells: drawn(cells) }))}
        onChoose={onChoose && (({ cohort, column }) => onChoose({ cohort, place: column }))}
      />
    </>
  );
}

/** The finding: how many came back in the first period after, and in the last one that can be told. */
export function useRetentionVerdict(): (answer: Retention) => string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const write = ({ share, count }: RetentionCell) => (share === null ? words.outOf(format.number(count)) : format.share(share));
  return ({ all, unit, by }) => {
    const next = all.cells[1];
    if (!next) return words.verdictOpen(format.number(all.n), words.units[unit], by);
    const last = all.cells.findLastIndex((cell) => cell !== null && cell.share !== null);
    const end = last > 1 ? all.cells[last] : null;
    const later = end ? words.verdictLast(write(end), format.number(end.of), by, format.number(last)) : '';
    return words.verdict(write(next), format.number(next.of), words.units[unit], by, later);
  };
}
