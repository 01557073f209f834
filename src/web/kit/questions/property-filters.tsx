import { useState } from 'react';
import { Popover } from '@mantine/core';
import { ListFilter, Plus, X } from 'lucide-react';
import { Icon } from '../controls.tsx';
import type { QuestionWords } from '../messages/questions.ts';
import { FilterEditor, type Suggest } from './filter-editor.tsx';
import { isWhole, type PropertyChoice, type PropertyFilter } from './values.ts';
import { useQuestionWords } from './words.ts';

type PropertyFiltersProps = {
  value: PropertyFilter[];
  onChange: (value: PropertyFilter[]) => void;
  properties: PropertyChoice[];
  /** Values of a property to choose from, most common first. */
  suggest?: Suggest;
  /** What is filtered, for assistive technology: "Step 2". */
  label?: string;
  /** The button that adds one is only its sign: many of them stand in a line. */
  brief?: boolean;
};

/** A filter as a phrase: "plan is Team or Business". */
export const writeFilter = (
  { property, operator, values }: PropertyFilter,
  words: QuestionWords,
  properties: PropertyChoice[] = [],
): string =>
  words.filterText(properties.find(({ name }) => name === property)?.label ?? property, words.operators[operator], values.join(words.or));

/** Filters as phrases in a row; each opens to be changed, and all of them must match. */
export function PropertyFilters({ value, onChange, properties, suggest, label, brief }: PropertyFiltersProps) {
  const words = useQuestionWords();
  return (
    <ul className="filter-chips" aria-label={label ? `${words.where}, ${label}` : words.where}>
      {value.map((filter, index) => {
        const text = writeFilter(filter, words, properties);
        return (
          <li key={`${index} ${text}`} className="filter-chip">
            <FilterPopover
              filter={filter}
              shown={text}
              label={words.editFilter(text)}
              properties={properties}
              suggest={suggest}
              onDone={(next) => onChange(next ? value.with(index, next) : value.toSpliced(index, 1))}
            />
            <button
              type="button"
              className="chip-remove"
              aria-label={words.removeFilter(text)}
              onClick={() => onChange(value.toSpliced(index, 1))}
            >
              <Icon of={X} size={12} />
            </button>
          </li>
        );
      })}
      <li>
        <FilterPopover
          filter={null}
          shown={brief ? null : words.addFilter}
          label={label ? `${words.addFilter}, ${label}` : words.addFilter}
          properties={properties}
          suggest={suggest}
          onDone={(next) => next && onChange([...value, next])}
        />
      </li>
    </ul>
  );
}

type PopoverProps = {
  /** Null to add one. */
  filter: PropertyFilter | null;
  shown: string | null;
  label: string;
  properties: PropertyChoice[];
  suggest?: Suggest;
  /** Null when it was left unfinished. */
  onDone: (filter: PropertyFilter | null) => void;
};

const nothing: PropertyFilter = { property: '', operator: 'is', values: [] };

/** The draft is kept here until the popover closes, so that one change is one step back. */
function FilterPopover({ filter, shown, label, properties, suggest, onDone }: PopoverProps) {
  const [draft, setDraft] = useState<PropertyFilter | null>(null);
  const close = () => {
    const changed = draft && JSON.stringify(draft) !== JSON.stringify(filter ?? nothing);
    setDraft(null);
    if (changed) onDone(isWhole(draft) ? draft : filter);
  };
  return (
    <Popover opened={draft !== null} onChange={(open) => !open && close()} position="bottom-start" trapFocus returnFocus width={360}>
      <Popover.Target>
        <button
          type="button"
          className={filter ? 'chip-text' : 'chip-add'}
          aria-label={label}
          title={shown === null ? label : undefined}
          onClick={() => (draft ? close() : setDraft(filter ?? nothing))}
        >
          {filter ? null : <Icon of={shown === null ? ListFilter : Plus} size={shown === null ? 14 : 12} />}
          {shown === null ? null : <span>{shown}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        {draft ? <FilterEditor value={draft} onChange={setDraft} properties={properties} suggest={suggest} onDone={close} /> : null}
      </Popover.Dropdown>
    </Popover>
  );
}
