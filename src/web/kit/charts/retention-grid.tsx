import type { ReactNode } from 'react';
import { useFormat } from '../format-context.tsx';
import { Scroll } from '../scroll.tsx';
import { ChartFrame, type ChartText } from './chart-frame.tsx';
import type { RetentionCell, RetentionCohort } from './data.ts';
import { useChartWords } from './words.ts';

export type RetentionGridProps = ChartText & {
  cohorts: RetentionCohort[];
  /** The heads of the cells: "Week 0", "Week 1". */
  columns: string[];
  /** The head of the cohorts: "First week". */
  cohortHead?: string;
  /** All cohorts together, weighted. */
  average?: { n: number; cells: (RetentionCell | null)[] };
  /** `cohort` is null in the row of all cohorts. */
  onChoose?: (chosen: { cohort: string | null; column: number }) => void;
};

const shades = 7;

/** The darkest shade is the largest share that is not everybody, so that the first column does not drown the rest. */
const scaleOf = (rows: { cells: (RetentionCell | null)[] }[]): { low: number; high: number } => {
  const shares = rows.flatMap(({ cells }) => cells.flatMap((cell) => (cell && !cell.tooFew ? [cell.share] : [])));
  const partial = shares.filter((share) => share < 0.9995);
  const used = partial.length > 0 ? partial : shares;
  return used.length > 0 ? { low: Math.min(...used), high: Math.max(...used) } : { low: 0, high: 1 };
};

export const shadeOf = (share: number, { low, high }: { low: number; high: number }): number => {
  if (high <= low) return share > 0 ? 4 : 1;
  return Math.min(shades, Math.max(1, 1 + Math.floor(((share - low) / (high - low)) * (shades - 1e-9))));
};

/** How many of each cohort came back in each period: a table whose cells are shaded. */
export function RetentionGrid(props: RetentionGridProps) {
  const { title, subtitle, note, actions, cohorts, average } = props;
  const words = useChartWords();
  const format = useFormat();
  const rows = [...(average ? [average] : []), ...cohorts];
  const scale = scaleOf(rows);
  const hatched = rows.some(({ cells }) => cells.some((cell) => cell?.incomplete));
  if (cohorts.length === 0)
    return <ChartFrame {...{ title, subtitle, note, actions }}>{() => <p className="state line">{words.noSeries}</p>}</ChartFrame>;
  return (
    <ChartFrame {...{ title, subtitle, note, actions }} height={cohorts.length * 30}>
      {() => (
        <>
          <Scroll label={title}>
            <Grid {...props} scale={scale} />
          </Scroll>
          <div className="heat-key meta">
            <span>{format.share(scale.low, { digits: 0 })}</span>
            <span className="heat-scale" aria-hidden="true">
              {Array.from({ length: shades }, (_, index) => (
                <span key={index} className={`heat heat-${index + 1}`} />
              ))}
            </span>
            <span>{format.share(scale.high, { digits: 0 })}</span>
            {hatched ? <span>{words.hatched}</span> : null}
          </div>
        </>
      )}
    </ChartFrame>
  );
}

type GridProps = RetentionGridProps & { scale: { low: number; high: number } };

function Grid({ title, cohorts, columns, cohortHead, average, onChoose, scale }: GridProps) {
  const words = useChartWords();
  const format = useFormat();
  const line = (name: ReactNode, n: number, cells: (RetentionCell | null)[], cohort: string | null) => (
    <tr key={cohort ?? 'all'} className={cohort === null ? 'heat-all' : undefined}>
      <th scope="row">{name}</th>
      <td className="r">{format.number(n)}</td>
      {columns.map((head, column) => (
        <Cell
          key={head}
          cell={cells[column] ?? null}
          n={n}
          scale={scale}
          onChoose={onChoose ? () => onChoose({ cohort, column }) : undefined}
        />
      ))}
    </tr>
  );
  return (
    <table className="heat-grid" aria-label={title}>
      <thead>
        <tr>
          <th scope="col">{cohortHead ?? words.cohort}</th>
          <th scope="col" className="r">
            {words.size}
          </th>
          {columns.map((head) => (
            <th key={head} scope="col" className="c">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {average ? line(words.all, average.n, average.cells, null) : null}
        {cohorts.map(({ key, name, n, cells }) => line(name, n, cells, key))}
      </tbody>
    </table>
  );
}

type CellProps = { cell: RetentionCell | null; n: number; scale: { low: number; high: number }; onChoose?: () => void };

function Cell({ cell, n, scale, onChoose }: CellProps) {
  const words = useChartWords();
  const format = useFormat();
  if (!cell) return <td className="heat-none" aria-label={words.notYet} />;
  const shade = cell.tooFew ? 'few' : `heat-${shadeOf(cell.share, scale)}`;
  const text = cell.tooFew ? '·' : format.share(cell.share, { digits: cell.share < 0.1 && cell.share > 0 ? 1 : 0 });
  const interval =
    cell.low != null && cell.high != null
      ? format.interval(format.share(cell.share), format.share(cell.low), format.share(cell.high))
      : format.share(cell.share);
  const says = [
    cell.tooFew ? words.tooFew : interval,
    words.ofCohort(format.number(cell.count), format.number(cell.of ?? n)),
    ...(cell.incomplete ? [words.incomplete] : []),
  ].join('; ');
  const className = `heat ${shade}${cell.incomplete ? ' open' : ''}`;
  return (
    <td className={className} title={says}>
      {onChoose ? (
        <button type="button" onClick={onChoose} aria-haspopup="dialog" aria-label={`${text}: ${says}`}>
          {text}
        </button>
      ) : (
        <>
          <span aria-hidden="true">{text}</span>
          <span className="vh">{says}</span>
        </>
      )}
    </td>
  );
}
