import type { ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import { useAddressSort } from '../../web/kit/address.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { StateMark } from '../../web/kit/marks.tsx';
import { type Column, Table } from '../../web/kit/table.tsx';
import { Owner } from '../charters/owner.tsx';
import { en, zh } from './messages.ts';
import type { Program, ProgramFigures } from './schema.ts';

const marks = { planned: 'not_yet', running: 'running', done: 'done', cancelled: 'stale' } as const;

export function ProgramMark({ of: { status } }: { of: Program }) {
  const words = useMessages({ en, zh });
  return <StateMark state={marks[status]}>{words.statuses[status]}</StateMark>;
}

export function ProgramLink({ to: { key, name } }: { to: { key: string; name: string } }) {
  return (
    <Link to="/programs/$program" params={{ program: key }}>
      {name}
    </Link>
  );
}

/** From when to when. */
export function useWhen(): (program: Pick<Program, 'startsOn' | 'endsOn'>) => string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return ({ startsOn, endsOn }) => {
    if (startsOn && endsOn) return startsOn === endsOn ? format.date(startsOn) : format.range(format.date(startsOn), format.date(endsOn));
    if (startsOn) return words.since(format.date(startsOn));
    return endsOn ? words.until(format.date(endsOn)) : words.noDate;
  };
}

/** What a program and its parts cost; one line for each currency. */
export function CostLines({ program }: { program: Program }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const entered = program.costs.filter(({ budget, actualCost }) => budget !== null || actualCost !== null);
  if (entered.length === 0) return <span className="ink3">{words.notEntered}</span>;
  return entered.map(({ currency, budget, actualCost, withoutCost }) => {
    const written = (amount: number | null) => (amount === null ? null : format.money(amount, { currency }));
    const cost = written(actualCost);
    return (
      <div key={currency} className="nowrap">
        {cost === null ? <span className="ink2">{words.budgetOnly(written(budget)!)}</span> : words.spent(cost, written(budget))}
        {cost !== null && withoutCost > 0 ? <span className="warn"> {words.lowerBound(withoutCost)}</span> : null}
      </div>
    );
  });
}

/** Each program under the one that it is a part of, with how deep it stands. */
const inOrder = (programs: Program[]): { program: Program; depth: number }[] => {
  const ids = new Set(programs.map(({ id }) => id));
  const under = (id: string | null, depth: number): { program: Program; depth: number }[] =>
    programs
      .filter(({ parent }) => (parent && ids.has(parent.id) ? parent.id : null) === id)
      .flatMap((program) => [{ program, depth }, ...under(program.id, depth + 1)]);
  return under(null, 0);
};

type ListProps = { programs: Program[]; figures?: ProgramFigures[]; empty?: ReactNode };

export function ProgramTable({ programs, figures, empty }: ListProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const when = useWhen();
  const sort = useAddressSort();
  type Row = ReturnType<typeof inOrder>[number];
  const counted = (key: 'members' | 'attended' | 'clicks', head: string): Column<Row> => {
    const of = ({ program }: Row) => figures?.find((one) => one.program === program.id)?.[key];
    return { key, head, number: true, cell: (row) => format.number(of(row)), sort: (row) => of(row) ?? -1 };
  };
  const columns: Column<Row>[] = [
    {
      key: 'name',
      head: words.name,
      cell: ({ program, depth }) => (
        <span style={{ paddingInlineStart: depth * 16 }}>
          <ProgramLink to={program} />
        </span>
      ),
      sort: ({ program }) => program.name,
    },
    { key: 'kind', head: words.kind, cell: ({ program }) => words.kinds[program.kind], sort: ({ program }) => words.kinds[program.kind] },
    { key: 'status', head: words.status, cell: ({ program }) => <ProgramMark of={program} />, sort: ({ program }) => program.status },
    { key: 'when', head: words.when, cell: ({ program }) => when(program), sort: ({ program }) => program.startsOn },
    { key: 'cost', head: words.actualCost, cell: ({ program }) => <CostLines program={program} /> },
    counted('members', words.members),
    counted('attended', words.attendedHead),
    counted('clicks', words.clicks),
    { key: 'owner', head: words.owner, cell: ({ program }) => <Owner owner={program.owner} />, sort: ({ program }) => program.owner?.name },
  ];
  return (
    <Table label={words.list} rows={inOrder(programs)} rowKey={({ program }) => program.id} columns={columns} empty={empty} {...sort} />
  );
}
