import type { ReactNode } from 'react';
import { Checkbox } from '@mantine/core';
import { Tag, TextButton } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';
import type { BusinessFunction, DeliverableType } from '../charters/schema.ts';
import { en as deliverableEn, zh as deliverableZh } from '../deliverables/messages.ts';
import type { Launch } from '../launches/schema.ts';
import { dayBefore } from './days.ts';
import { en, zh } from './messages.ts';
import type { ComparedField, Comparison } from './schema.ts';

type ListsProps = {
  comparison: Comparison;
  launch: Launch;
  isChosen: (id: string) => boolean;
  onChoose: (ids: string[], isOn: boolean) => void;
};

/** What applying a template adds, changes and drops, each to be chosen. */
export function ComparisonLists({ comparison: { added, changed, removed, gates }, launch, isChosen, onChoose }: ListsProps) {
  const words = useMessages({ en, zh });
  const charter = useMessages({ en: charterEn, zh: charterZh });
  const deliverables = useMessages({ en: deliverableEn, zh: deliverableZh });
  const format = useFormat();
  const choice = { isChosen, onChoose };
  const statusOf = (status: string) => deliverables.statuses[status as keyof typeof deliverables.statuses] ?? status;
  return (
    <>
      <Lines
        {...choice}
        title={words.apply.added(added.length)}
        lines={added.map(({ id, name, function: owner, leadDays, required }) => ({
          id,
          name,
          more: [charter.functions[owner], format.date(dayBefore(launch.marketDate, leadDays)), ...(required ? [words.required] : [])].join(
            words.comma,
          ),
        }))}
      />
      <Lines
        {...choice}
        title={words.apply.changed(changed.length)}
        note={changed.some(({ fields }) => fields.some(({ isEdited }) => isEdited)) ? words.apply.changedNote : undefined}
        lines={changed.map(({ item, name, fields }) => ({ id: item, name, more: <Changes of={fields} /> }))}
      />
      <Lines
        {...choice}
        title={words.apply.removed(removed.length)}
        note={words.apply.removedNote}
        lines={removed.map(({ item, name, status }) => ({ id: item, name, more: statusOf(status) }))}
      />
      {gates.length > 0 ? (
        <p className="med">
          {words.apply.gates(format.list(gates.map((stage) => words.stages[stage as keyof typeof words.stages] ?? stage)))}
        </p>
      ) : null}
    </>
  );
}

type Line = { id: string; name: string; more: ReactNode };
type LinesProps = Pick<ListsProps, 'isChosen' | 'onChoose'> & { title: string; note?: string; lines: Line[] };

function Lines({ title, note, lines, isChosen, onChoose }: LinesProps) {
  const { apply: words } = useMessages({ en, zh });
  if (lines.length === 0) return null;
  const ids = lines.map(({ id }) => id);
  const areAll = ids.every(isChosen);
  return (
    <fieldset className="apply-lines">
      <legend>
        <span className="strong">{title}</span>{' '}
        <TextButton onClick={() => onChoose(ids, !areAll)}>{areAll ? words.none : words.all}</TextButton>
      </legend>
      {note ? <p className="meta">{note}</p> : null}
      {lines.map(({ id, name, more }) => (
        <Checkbox
          key={id}
          label={name}
          description={more}
          checked={isChosen(id)}
          onChange={({ currentTarget }) => onChoose([id], currentTarget.checked)}
        />
      ))}
    </fieldset>
  );
}

type Field = Comparison['changed'][number]['fields'][number];

/** A value of a field, as it is read elsewhere. */
function useValue() {
  const words = useMessages({ en, zh });
  const charter = useMessages({ en: charterEn, zh: charterZh });
  return (field: ComparedField, value: Field['from']): string => {
    if (typeof value === 'boolean') return value ? words.apply.yes : words.apply.no;
    if (Array.isArray(value)) return value.map((fn) => charter.functions[fn as BusinessFunction]).join(words.comma) || words.nobodySigns;
    if (field === 'leadDays' && typeof value === 'number') return words.dueDay(value);
    if (field === 'function') return charter.functions[value as BusinessFunction];
    if (field === 'type') return charter.types[value as DeliverableType];
    return value === null || value === '' ? words.apply.empty : String(value);
  };
}

function Changes({ of }: { of: Field[] }) {
  const { apply: words } = useMessages({ en, zh });
  const write = useValue();
  return (
    <>
      {of.map(({ field, from, to, isEdited }) => (
        <span key={field} className="change">
          {words.fromTo(words.fields[field], write(field, from), write(field, to))}{' '}
          {isEdited ? <Tag tone="warn">{words.byHand}</Tag> : null}
        </span>
      ))}
    </>
  );
}
