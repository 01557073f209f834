import { Menu } from '@mantine/core';
import { Button } from '../../web/kit/controls.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { addDays } from '../../web/kit/questions/ranges.ts';
import { usePeople } from '../charters/member-picker.tsx';
import { en, zh } from './messages.ts';
import { type Deliverable, type Status, statuses } from './schema.ts';
import type { Selection } from './selection.tsx';
import type { Change } from './use-deliverables.tsx';

type BarProps = {
  chosen: Deliverable[];
  selection: Selection;
  onChange: (changes: Change[], said: string) => void;
  onDrop: (rows: Deliverable[]) => void;
};

const shifted = (one: Deliverable, days: number): Change => {
  if (one.leadDays !== null) return { one, set: { leadDays: one.leadDays - days } };
  return { one, set: { dueOn: addDays(one.dueOn, days) } };
};

/** What can be done with all that are selected. */
export function BulkBar({ chosen, selection, onChange, onDrop }: BarProps) {
  const words = useMessages({ en, zh });
  const people = usePeople();
  useKeys({ escape: selection.clear });
  if (chosen.length === 0) return null;
  const all = (changes: Change[]) => onChange(changes, words.changed(changes.length));
  const setStatus = (status: Status) => (status === 'dropped' ? onDrop(chosen) : all(chosen.map((one) => ({ one, set: { status } }))));
  return (
    <div className="bulk-bar" role="toolbar" aria-label={words.selected(chosen.length)}>
      <span aria-live="polite">{words.selected(chosen.length)}</span>
      <Menu position="top-start">
        <Menu.Target>
          <Button size="small">{words.bulk.status}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {statuses.map((status) => (
            <Menu.Item key={status} onClick={() => setStatus(status)}>
              {words.statuses[status]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Menu position="top-start">
        <Menu.Target>
          <Button size="small">{words.bulk.owner}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {people.map(({ id, name }) => (
            <Menu.Item key={id} onClick={() => all(chosen.map((one) => ({ one, set: { ownerId: id } })))}>
              {name}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => all(chosen.map((one) => ({ one, set: { ownerId: null } })))}>{words.nobody}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button size="small" onClick={() => all(chosen.map((one) => shifted(one, -7)))}>
        {words.bulk.earlier}
      </Button>
      <Button size="small" onClick={() => all(chosen.map((one) => shifted(one, 7)))}>
        {words.bulk.later}
      </Button>
      <Button size="small" kind="quiet" keys="Esc" onClick={selection.clear}>
        {words.bulk.clear}
      </Button>
    </div>
  );
}
