import { useEffect, useState } from 'react';
import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { X } from 'lucide-react';
import { Icon } from '../controls.tsx';
import { useQuestionWords } from './words.ts';

type ValuesFieldProps = {
  label: string;
  description?: string;
  values: string[];
  onChange: (values: string[]) => void;
  suggest?: (text: string) => Promise<string[]>;
};

const mostSuggested = 8;

/** Several values: typed and added with Enter, or chosen from what was received. */
export function ValuesField({ label, description, values, onChange, suggest }: ValuesFieldProps) {
  const words = useQuestionWords();
  const [text, setText] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const suggested = useSuggested(text, suggest).filter((value) => !values.includes(value));
  const typed = text.trim();
  const add = (value: string) => {
    if (value && !values.includes(value)) onChange([...values, value]);
    setText('');
  };
  return (
    <div>
      <Combobox store={combobox} onOptionSubmit={add} withinPortal={false}>
        <Combobox.Target>
          <TextInput
            size="xs"
            label={label}
            description={description}
            value={text}
            onChange={({ currentTarget }) => {
              setText(currentTarget.value);
              combobox.openDropdown();
              combobox.resetSelectedOption();
            }}
            onFocus={() => combobox.openDropdown()}
            onBlur={() => {
              combobox.closeDropdown();
              add(typed);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Backspace' && text === '') onChange(values.slice(0, -1));
              if (event.key !== 'Enter' || combobox.getSelectedOptionIndex() !== -1) return;
              event.preventDefault();
              add(typed);
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={suggested.length === 0}>
          <Combobox.Options aria-label={label}>
            {suggested.slice(0, mostSuggested).map((value) => (
              <Combobox.Option key={value} value={value}>
                {value}
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {values.length > 0 ? (
        <ul className="value-chips">
          {values.map((value) => (
            <li key={value} className="tag">
              {value}
              <button
                type="button"
                className="chip-remove"
                aria-label={words.removeValue(value)}
                onClick={() => onChange(values.filter((one) => one !== value))}
              >
                <Icon of={X} size={12} />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** What the page suggests for the text, once typing has paused; the newest answer wins. */
function useSuggested(text: string, suggest?: (text: string) => Promise<string[]>): string[] {
  const [found, setFound] = useState<string[]>([]);
  const may = suggest !== undefined;
  useEffect(() => {
    if (!suggest) return undefined;
    let isCurrent = true;
    const timer = setTimeout(() => {
      suggest(text.trim()).then(
        (values) => isCurrent && setFound(values),
        () => isCurrent && setFound([]),
      );
    }, 150);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
    // A page may give a new function at every draw; only the text asks again.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [text, may]);
  return found;
}
