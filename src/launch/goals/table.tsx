import { Tag, TextButton } from '../../web/kit/controls.tsx';
import { Table } from '../../web/kit/table.tsx';
import type { Launch } from '../launches/schema.ts';
import { BaselineWords } from './facts.tsx';
import type { Goal } from './schema.ts';
import { State } from './state.tsx';
import { useGoalWords } from './use-goals.tsx';

type Row = Goal & { depth: number };

/** The goals in their order, each followed by those that serve it. */
export const asTree = (goals: Goal[]): Row[] => {
  const ids = new Set(goals.map(({ id }) => id));
  const under = (parent: string | null, depth: number): Row[] =>
    goals
      .filter(({ parentId }) => (parentId !== null && ids.has(parentId) ? parentId : null) === parent)
      .flatMap((goal) => [{ ...goal, depth }, ...under(goal.id, depth + 1)]);
  return under(null, 0);
};

type TableProps = { launch: Launch; goals: Goal[]; onOpen: (id: string) => void };

export function GoalTable({ launch, goals, onOpen }: TableProps) {
  const { words, measuredBy, target, points } = useGoalWords(launch);
  // What a goal is judged by, where it is registered.
  const said = ({ registered, ...goal }: Row) => registered?.text ?? goal;
  return (
    <Table
      label={words.title}
      size="tall"
      rows={asTree(goals)}
      rowKey={({ id }) => id}
      onOpen={({ id }) => onOpen(id)}
      columns={[
        {
          key: 'goal',
          head: words.columns.goal,
          cell: (row) => (
            <span className={`goal-name d${Math.min(row.depth, 3)}`}>
              <TextButton onClick={() => onOpen(row.id)}>{said(row).name}</TextButton> <Tag>{words.purposes[row.purpose]}</Tag>
            </span>
          ),
        },
        { key: 'measured', head: words.columns.measured, cell: (row) => <span className="ink2">{measuredBy(said(row).metric)}</span> },
        {
          key: 'baseline',
          head: words.columns.baseline,
          cell: (row) =>
            row.metric ? (
              <BaselineWords launch={launch} baseline={said(row).baseline} metric={row.metric} />
            ) : (
              <span className="ink3">–</span>
            ),
        },
        {
          key: 'target',
          head: words.columns.target,
          cell: (row) => {
            const { smallestChange } = said(row);
            return (
              <>
                {target(said(row)) || <span className="ink3">–</span>}
                {row.registered && target(row) !== target(said(row)) ? (
                  <span className="meta warn">{words.differs(target(row))}</span>
                ) : null}
                {smallestChange === null ? null : <span className="meta">{words.smallestOf(points(smallestChange))}</span>}
              </>
            );
          },
        },
        { key: 'state', head: words.columns.state, cell: (row) => <State goal={row} /> },
      ]}
    />
  );
}
