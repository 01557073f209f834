import { Owner } from '../charters/owner.tsx';
import { useState } from 'react';
import { Checkbox } from '@mantine/core';
import { useAddressSort } from '../../web/kit/address.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Table } from '../../web/kit/table.tsx';
import { Due, SignMarks } from './marks.tsx';
import { en, zh } from './messages.ts';
import { type Deliverable, statuses } from './schema.ts';
import type { Selection } from './selection.tsx';

const step = 200;

type ViewProps = { rows: Deliverable[]; selection: Selection | null; onOpen: (one: Deliverable) => void };

/** The bill of materials as rows; what many rows share is set from the bar that comes with a selection. */
export function TableView({ rows, selection, onOpen }: ViewProps) {
  const words = useMessages({ en, zh });
  const [most, setMost] = useState(step);
  const sorting = useAddressSort();
  const sorted = sorting.sort ? rows : rows.toSorted((one, other) => one.dueOn.localeCompare(other.dueOn) || one.position - other.position);
  const shown = sorted.slice(0, most);
  return (
    <Table
      label={words.title}
      rows={shown}
      total={rows.length}
      more={{ onMore: () => setMost((old) => old + step), pending: false, step }}
      rowKey={({ id }) => id}
      onOpen={onOpen}
      selected={selection ? ({ id }) => selection.has(id) : undefined}
      sort={sorting.sort}
      onSort={sorting.onSort}
      columns={[
        {
          key: 'name',
          head: words.name,
          sort: ({ name }) => name,
          cell: (one) => (
            <button type="button" className="link name-button" onClick={() => onOpen(one)}>
              {one.name}
              {one.required ? (
                <span className="required" title={words.requiredMark}>
                  {' '}
                  *<span className="vh">{words.required}</span>
                </span>
              ) : null}
            </button>
          ),
        },
        ...(selection
          ? [
              {
                key: 'select',
                head: words.select,
                silent: true,
                width: '36px',
                cell: ({ id, name }: Deliverable) => (
                  <Checkbox aria-label={words.selectOne(name)} checked={selection.has(id)} onChange={() => selection.toggle(id)} />
                ),
              },
            ]
          : []),
        { key: 'audience', head: words.audience, sort: ({ audience }) => audience, cell: ({ audience }) => audience || '–' },
        { key: 'owner', head: words.owner, sort: ({ owner }) => owner?.name, cell: ({ owner }) => <Owner owner={owner} /> },
        { key: 'due', head: words.due, sort: ({ dueOn }) => dueOn, cell: (one) => <Due of={one} /> },
        {
          key: 'status',
          head: words.status,
          sort: ({ status }) => statuses.indexOf(status),
          cell: ({ status }) => words.statuses[status],
        },
        {
          key: 'signs',
          head: words.signs,
          sort: ({ isSigned, signOffs }) => (signOffs.length === 0 ? null : isSigned ? 1 : 0),
          cell: ({ signOffs }) => <SignMarks signs={signOffs} />,
        },
      ]}
    />
  );
}
