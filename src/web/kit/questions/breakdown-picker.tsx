import { useMemo } from 'react';
import { useFormat } from '../format-context.tsx';
import { Picker, type OptionGroup } from './picker.tsx';
import type { Breakdown, BreakdownBy, BreakdownChoice } from './values.ts';
import { useQuestionWords } from './words.ts';

type BreakdownPickerProps = { value: Breakdown; onChange: (value: Breakdown) => void; choices: BreakdownChoice[]; label?: string };

const noneValue = 'none';
const order: BreakdownBy[] = ['property', 'account_property', 'person_property'];
const write = ({ by, name }: { by: string; name: string }) => `${by} ${name}`;

/** What to break the answer down by: a property of the event, the account or the person. */
export function BreakdownPicker({ value, onChange, choices, label }: BreakdownPickerProps) {
  const words = useQuestionWords();
  const format = useFormat();
  const groups = useMemo((): OptionGroup[] => {
    const byKind = order.map((by) => ({
      label: words.by[by],
      options: choices
        .filter((choice) => choice.by === by)
        .map((choice) => ({
          value: write(choice),
          label: choice.label ?? choice.name,
          detail: choice.values === undefined ? undefined : words.distinct(format.number(choice.values)),
        })),
    }));
    return [{ options: [{ value: noneValue, label: words.noBreakdown }] }, ...byKind.filter(({ options }) => options.length > 0)];
  }, [choices, words, format]);
  const chosen = value ? (choices.find((choice) => write(choice) === write(value))?.label ?? value.name) : null;
  return (
    <Picker
      label={label ?? words.breakdown}
      shown={chosen === null ? words.noBreakdown : words.brokenBy(chosen)}
      selected={value ? write(value) : noneValue}
      groups={groups}
      searchLabel={words.findProperty}
      nothing={() => words.noProperty}
      onChoose={(key) => {
        const choice = choices.find((one) => write(one) === key);
        onChange(choice ? { by: choice.by, name: choice.name } : null);
      }}
    />
  );
}
