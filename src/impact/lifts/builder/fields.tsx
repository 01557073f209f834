import { Select, TagsInput } from '@mantine/core';
import { Control } from '../../../web/kit/questions/builder-bar.tsx';
import type { Asked } from '../../../web/kit/questions/use-question.ts';
import type { LiftAddress } from './schema.ts';

export type Part = Asked<LiftAddress> & { properties: readonly { name: string; values: string[] }[] };

type PropertyProps = {
  label: string;
  value: string;
  properties: Part['properties'];
  onChange: (name: string) => void;
  clearable?: boolean;
};

export function PropertyField({ label, value, properties, onChange, clearable }: PropertyProps) {
  const known = properties.map(({ name }) => name);
  return (
    <Control label={label}>
      <Select
        aria-label={label}
        w={190}
        searchable
        clearable={clearable}
        allowDeselect={false}
        data={value && !known.includes(value) ? [value, ...known] : known}
        value={value || null}
        onChange={(name) => onChange(name ?? '')}
      />
    </Control>
  );
}

type ValuesProps = { label: string; value: string[]; suggested: string[]; onChange: (values: string[]) => void };

export function ValuesField({ label, value, suggested, onChange }: ValuesProps) {
  return (
    <Control label={label}>
      <TagsInput aria-label={label} w={210} data={suggested} value={value} onChange={onChange} acceptValueOnBlur />
    </Control>
  );
}
