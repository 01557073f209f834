import { useId } from 'react';
import { Select, TextInput } from '@mantine/core';
import { Button } from '../controls.tsx';
import { Picker } from './picker.tsx';
import { operators, valuesOf, withOperator, type PropertyChoice, type PropertyFilter } from './values.ts';
import { ValuesField } from './values-field.tsx';
import { useQuestionWords } from './words.ts';

/** Values of a property that start with or hold a text. */
export type Suggest = (property: string, text: string) => Promise<string[]>;

type EditorProps = {
  value: PropertyFilter;
  onChange: (value: PropertyFilter) => void;
  properties: PropertyChoice[];
  suggest?: Suggest;
  onDone: () => void;
};

/** One filter: the property, how it is compared, and with what. */
export function FilterEditor({ value, onChange, properties, suggest, onDone }: EditorProps) {
  const words = useQuestionWords();
  const id = useId();
  const chosen = properties.find(({ name }) => name === value.property);
  const options = properties.map(({ name, label }) => ({ value: name, label: label ?? name }));
  const set = (property: string) => onChange({ ...value, property, values: property === value.property ? value.values : [] });
  return (
    <div className="filter-editor">
      <div className="filter-line">
        <Picker
          nested
          label={words.property}
          shown={chosen?.label ?? (value.property || words.chooseProperty)}
          isEmpty={value.property === ''}
          selected={value.property}
          groups={[{ options }]}
          searchLabel={words.findProperty}
          nothing={() => words.noProperty}
          onChoose={set}
          onTyped={set}
        />
        <Select
          size="xs"
          aria-label={words.operator}
          value={value.operator}
          data={operators.map((operator) => ({ value: operator, label: words.operators[operator] }))}
          onChange={(operator) => operator && onChange(withOperator(value, operator))}
          comboboxProps={{ withinPortal: false }}
        />
      </div>
      {valuesOf(value.operator) === 'many' ? (
        <ValuesField
          key={value.property}
          label={words.values}
          description={words.valuesHelp}
          values={value.values}
          onChange={(values) => onChange({ ...value, values })}
          suggest={suggest && value.property ? (text) => suggest(value.property, text) : undefined}
        />
      ) : null}
      {valuesOf(value.operator) === 'one' ? (
        <TextInput
          id={id}
          size="xs"
          label={words.value}
          inputMode="decimal"
          value={value.values[0] ?? ''}
          onChange={({ currentTarget }) => onChange({ ...value, values: currentTarget.value === '' ? [] : [currentTarget.value] })}
          onKeyDown={(event) => event.key === 'Enter' && onDone()}
        />
      ) : null}
      <div className="filter-done">
        <Button size="small" onClick={onDone}>
          {words.done}
        </Button>
      </div>
    </div>
  );
}
