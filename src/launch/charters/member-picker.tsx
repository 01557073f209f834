import { MultiSelect, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { en, zh } from './messages.ts';
import type { MemberRef } from './schema.ts';

/** Those who can be given something to do. */
export const usePeople = (): MemberRef[] => useQuery(api.charters.get.queryOptions({ input: {} })).data?.people ?? [];

const asChoices = (people: MemberRef[]) => people.map(({ id, name }) => ({ value: id, label: name }));

type PickerProps = {
  label: string;
  description?: string;
  /** Whose it is now: somebody who left stays named until another one is chosen. */
  was?: MemberRef | null;
  value: string | null;
  onChange: (id: string | null) => void;
  error?: string;
};

/** One member, or nobody. */
export function MemberPicker({ label, description, was, value, onChange, error }: PickerProps) {
  const words = useMessages({ en, zh });
  const former = was?.gone ? [{ value: was.id, label: words.gone(was.name) }] : [];
  return (
    <Select
      label={label}
      description={description}
      data={[...former, ...asChoices(usePeople())]}
      value={value}
      onChange={onChange}
      error={error}
      searchable
      clearable
    />
  );
}

type MembersProps = { label: string; value: string[]; onChange: (ids: string[]) => void };

export function MembersPicker({ label, value, onChange }: MembersProps) {
  return <MultiSelect label={label} data={asChoices(usePeople())} value={value} onChange={onChange} searchable clearable />;
}
