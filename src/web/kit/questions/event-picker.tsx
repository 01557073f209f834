import { useMemo } from 'react';
import { useFormat } from '../format-context.tsx';
import { Picker, type OptionGroup } from './picker.tsx';
import type { EventChoice } from './values.ts';
import { useQuestionWords } from './words.ts';

type EventPickerProps = {
  /** What the event is for, said to assistive technology: "Step 2". */
  label: string;
  /** Null is any event, '' none chosen yet. */
  value: string | null;
  onChange: (value: string | null) => void;
  events: EventChoice[];
  /** Offers "any event" as the first choice. */
  any?: boolean;
  /** Takes a name that was not received yet, as typed. */
  free?: boolean;
};

const anyValue = '\u0000any';

/** An event by its name, with how often and when last it was received. */
export function EventPicker({ label, value, onChange, events, any = false, free = false }: EventPickerProps) {
  const words = useQuestionWords();
  const format = useFormat();
  const groups = useMemo((): OptionGroup[] => {
    const options = events.map(({ name, count, lastSeen }) => ({
      value: name,
      label: name,
      detail: lastSeen ? words.seen(format.compact(count), format.date(lastSeen)) : format.compact(count),
    }));
    return [
      ...(any ? [{ options: [{ value: anyValue, label: words.anyEvent }] }] : []),
      { label: any ? words.events(format.number(events.length)) : undefined, options },
    ];
  }, [events, any, words, format]);
  return (
    <Picker
      label={label}
      shown={value === null ? words.anyEvent : value || words.chooseEvent}
      isEmpty={value === ''}
      selected={value ?? anyValue}
      groups={groups}
      searchLabel={words.findEvent}
      nothing={(text) => (text ? words.noEvent(text) : words.noEvents)}
      onTyped={free ? onChange : undefined}
      onChoose={(chosen) => onChange(chosen === anyValue ? null : chosen)}
    />
  );
}
