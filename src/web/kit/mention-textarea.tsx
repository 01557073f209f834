import { useRef, useState } from 'react';
import { Combobox, Textarea, type TextareaProps, useCombobox } from '@mantine/core';
import { insertMention, mentionAt, peopleFor, type Person } from './mentions.ts';
import { useKitWords } from './words.ts';

type Props = Omit<TextareaProps, 'value' | 'onChange'> & { value: string; onChange: (value: string) => void; people: readonly Person[] };

/** A field in which an @ offers the people who can be mentioned; arrow keys and Enter choose, Escape goes on writing. */
export function MentionTextarea({ value, onChange, people, ...rest }: Props) {
  const words = useKitWords();
  const field = useRef<HTMLTextAreaElement>(null);
  const [letters, setLetters] = useState<string | null>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const offered = letters === null ? [] : peopleFor(people, letters);
  const look = (element: HTMLTextAreaElement) => {
    const asked = mentionAt(element.value, element.selectionStart)?.letters ?? null;
    setLetters(asked);
    if (asked === null || peopleFor(people, asked).length === 0) return combobox.closeDropdown();
    combobox.openDropdown();
    // The list has its place only in the next frame; before, the page would scroll to where it is not.
    requestAnimationFrame(() => combobox.selectFirstOption());
  };
  const choose = (id: string) => {
    const person = people.find((each) => each.id === id);
    const element = field.current;
    combobox.closeDropdown();
    if (!person || !element) return;
    const next = insertMention(value, element.selectionStart, person);
    onChange(next.text);
    setLetters(null);
    requestAnimationFrame(() => {
      element.focus();
      element.setSelectionRange(next.caret, next.caret);
    });
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} position="bottom-start">
      {/* The field stays a text box: it has no value of the list, it only gets a name from it. */}
      <Combobox.Target withAriaAttributes={false} autoComplete="off">
        <Textarea
          {...rest}
          ref={field}
          value={value}
          aria-autocomplete="list"
          aria-controls={combobox.dropdownOpened ? (combobox.listId ?? undefined) : undefined}
          onChange={(event) => {
            onChange(event.currentTarget.value);
            look(event.currentTarget);
          }}
          onClick={(event) => look(event.currentTarget)}
          onBlur={(event) => {
            combobox.closeDropdown();
            rest.onBlur?.(event);
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={offered.length === 0}>
        <Combobox.Options aria-label={words.markdown.people}>
          {offered.map(({ id, name }) => (
            <Combobox.Option key={id} value={id}>
              {name}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
