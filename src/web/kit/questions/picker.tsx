import { useMemo, useState, type ReactNode } from 'react';
import { Combobox, useCombobox } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { Icon } from '../controls.tsx';
import { useFormat } from '../format-context.tsx';
import { useQuestionWords } from './words.ts';

export type Option = { value: string; label: string; detail?: string };
export type OptionGroup = { label?: string; options: Option[] };

type PickerProps = {
  /** The name of the control; the button shows what is chosen. */
  label: string;
  shown: ReactNode;
  /** Nothing is chosen yet: the button says what to do. */
  isEmpty?: boolean;
  selected?: string;
  groups: OptionGroup[];
  searchLabel: string;
  nothing: (text: string) => string;
  onChoose: (value: string) => void;
  /** Takes what was typed, where the list does not hold everything. */
  onTyped?: (text: string) => void;
  /** Inside a popover the list stays inside it too. */
  nested?: boolean;
  plain?: boolean;
};

const most = 100;

/** One of many, found by typing: a button that opens a list. */
export function Picker(props: PickerProps) {
  const { label, shown, isEmpty, selected, searchLabel, nothing, onChoose, onTyped, nested, plain } = props;
  const [search, setSearch] = useState('');
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      combobox.focusTarget();
      setSearch('');
    },
    onDropdownOpen: () => {
      combobox.focusSearchInput();
      combobox.updateSelectedOptionIndex('active');
    },
  });
  const typed = search.trim();
  const submit = (value: string) => {
    if (value === typedValue) onTyped?.(typed);
    else onChoose(value);
    combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={submit} width={320} position="bottom-start" withinPortal={!nested}>
      <Combobox.Target withAriaAttributes={false}>
        <button
          type="button"
          className={`pick${isEmpty ? ' empty' : ''}${plain ? ' plain' : ''}`}
          aria-haspopup="listbox"
          aria-expanded={combobox.dropdownOpened}
          aria-label={typeof shown === 'string' ? `${label}: ${shown}` : label}
          onClick={() => combobox.toggleDropdown()}
        >
          <span>{shown}</span>
          <Icon of={ChevronDown} size={12} />
        </button>
      </Combobox.Target>
      <Combobox.Dropdown className="pick-list">
        <Combobox.Search
          value={search}
          onChange={({ currentTarget }) => {
            setSearch(currentTarget.value);
            combobox.selectFirstOption();
          }}
          placeholder={searchLabel}
          aria-label={searchLabel}
        />
        <Options groups={props.groups} typed={typed} selected={selected} nothing={nothing} mayType={onTyped !== undefined} label={label} />
      </Combobox.Dropdown>
    </Combobox>
  );
}

const typedValue = '\u0000typed';

type OptionsProps = {
  groups: OptionGroup[];
  typed: string;
  selected?: string;
  nothing: (text: string) => string;
  mayType: boolean;
  label: string;
};

function Options({ groups, typed, selected, nothing, mayType, label }: OptionsProps) {
  const words = useQuestionWords();
  const format = useFormat();
  const { shown, left } = useMemo(() => found(groups, typed), [groups, typed]);
  const exact = shown.some(({ options }) => options.some((option) => option.label === typed || option.value === typed));
  const isEmpty = shown.length === 0;
  return (
    <Combobox.Options aria-label={label}>
      {shown.map(({ label: head, options }) => {
        const items = options.map((option) => <Line key={option.value} option={option} active={option.value === selected} />);
        return head ? (
          <Combobox.Group key={head} label={head}>
            {items}
          </Combobox.Group>
        ) : (
          items
        );
      })}
      {mayType && typed && !exact ? <Combobox.Option value={typedValue}>{words.addValue(typed)}</Combobox.Option> : null}
      {isEmpty && !(mayType && typed) ? <Combobox.Empty>{nothing(typed)}</Combobox.Empty> : null}
      {left > 0 ? <Combobox.Footer className="meta">{words.more(format.number(left))}</Combobox.Footer> : null}
    </Combobox.Options>
  );
}

function Line({ option, active }: { option: Option; active: boolean }) {
  return (
    <Combobox.Option value={option.value} active={active} className="pick-option">
      <span className="pick-name">{option.label}</span>
      {option.detail ? <span className="meta num">{option.detail}</span> : null}
    </Combobox.Option>
  );
}

/** Names that hold all words typed, those that start with the text first. */
export const found = (groups: OptionGroup[], typed: string): { shown: OptionGroup[]; left: number } => {
  const needles = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = ({ label, value }: Option) => needles.every((needle) => `${label} ${value}`.toLowerCase().includes(needle));
  const starts = ({ label }: Option) => (needles[0] && label.toLowerCase().startsWith(needles[0]) ? 0 : 1);
  const filtered = groups
    .map(({ label, options }) => ({ label, options: options.filter(matches).toSorted((a, b) => starts(a) - starts(b)) }))
    .filter(({ options }) => options.length > 0);
  let room = most;
  const shown = filtered.map(({ label, options }) => {
    const part = options.slice(0, Math.max(0, room));
    room -= part.length;
    return { label, options: part };
  });
  const all = filtered.reduce((sum, { options }) => sum + options.length, 0);
  return { shown: shown.filter(({ options }) => options.length > 0), left: Math.max(0, all - most) };
};
