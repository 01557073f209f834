import { useState, type ReactNode } from 'react';
import { NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { DateField } from '../../web/kit/date-field.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { MemberPicker } from '../charters/member-picker.tsx';
import { en, zh } from './messages.ts';
import { type Program, type ProgramKind, programKinds, type ProgramStatus, programStatuses } from './schema.ts';

export type ProgramDraft = {
  name: string;
  kind: ProgramKind;
  status: ProgramStatus;
  parent: string | null;
  launch: string | null;
  startsOn: string | null;
  endsOn: string | null;
  budget: number | null;
  actualCost: number | null;
  currency: string;
  segments: string[];
  personas: string[];
  ownerId: string | null;
  goal: string;
  campaigns?: string[];
};

export const draftOf = (from: Program | undefined, currency: string): ProgramDraft => ({
  name: from?.name ?? '',
  kind: from?.kind ?? 'campaign',
  status: from?.status ?? 'planned',
  parent: from?.parent?.id ?? null,
  launch: from?.launch?.id ?? null,
  startsOn: from?.startsOn ?? null,
  endsOn: from?.endsOn ?? null,
  budget: from?.budget ?? null,
  actualCost: from?.actualCost ?? null,
  currency: from?.currency ?? currency,
  segments: from?.segments ?? [],
  personas: from?.personas ?? [],
  ownerId: from?.owner && !from.owner.gone ? from.owner.id : null,
  goal: from?.goal ?? '',
  // A new one goes by its name, which is not known yet.
  ...(from && { campaigns: from.campaigns }),
});

const asAmount = (value: number | string) => (value === '' ? null : Number(value));

type FormProps = {
  draft: ProgramDraft;
  /** Itself, which it cannot be a part of. */
  own?: string;
  pending: boolean;
  error?: ReactNode;
  onSave: (draft: ProgramDraft) => void;
  onCancel: () => void;
};

export function ProgramForm({ draft, own, pending, error, onSave, onCancel }: FormProps) {
  const words = useMessages({ en, zh });
  const [begun] = useState(draft);
  const form = useForm<ProgramDraft>({
    initialValues: begun,
    validateInputOnBlur: true,
    validate: {
      name: (value) => (value.trim() ? null : words.nameNeeded),
      currency: (value) => (/^[a-z]{3}$/i.test(value.trim()) ? null : words.currencyWrong),
    },
  });
  const { values, setFieldValue } = form;
  const optional = (label: string) => `${label} (${words.optional})`;
  const listed = <Value extends string>(some: readonly Value[], names: Record<Value, string>) =>
    some.map((value) => ({ value, label: names[value] }));
  return (
    <form className="form" noValidate onSubmit={form.onSubmit(onSave)}>
      {error}
      <TextInput label={words.name} maxLength={200} data-autofocus {...form.getInputProps('name')} />
      <div className="pair">
        <Select label={words.kind} data={listed(programKinds, words.kinds)} allowDeselect={false} {...form.getInputProps('kind')} />
        <Select
          label={words.status}
          data={listed(programStatuses, words.statuses)}
          allowDeselect={false}
          {...form.getInputProps('status')}
        />
      </div>
      <div className="pair">
        <DateField label={optional(words.startsOn)} clearable value={values.startsOn} onChange={(day) => setFieldValue('startsOn', day)} />
        <DateField label={optional(words.endsOn)} clearable value={values.endsOn} onChange={(day) => setFieldValue('endsOn', day)} />
      </div>
      <div className="pair">
        <Amount label={optional(words.budget)} value={values.budget} onChange={(amount) => setFieldValue('budget', amount)} />
        <Amount label={optional(words.costOwn)} value={values.actualCost} onChange={(amount) => setFieldValue('actualCost', amount)} />
      </div>
      <div className="pair">
        <TextInput label={words.currency} maxLength={3} {...form.getInputProps('currency')} />
        <MemberPicker label={optional(words.owner)} value={values.ownerId} onChange={(id) => setFieldValue('ownerId', id)} />
      </div>
      <Belongs own={own} parent={values.parent} launch={values.launch} onChange={(field, id) => setFieldValue(field, id)} />
      <Textarea label={optional(words.goal)} autosize minRows={2} maxLength={2000} {...form.getInputProps('goal')} />
      <div className="pair">
        <TagsInput label={optional(words.segments)} description={words.segmentsHelp} maxTags={50} {...form.getInputProps('segments')} />
        <TagsInput label={optional(words.personas)} description={words.segmentsHelp} maxTags={50} {...form.getInputProps('personas')} />
      </div>
      {values.campaigns ? (
        <TagsInput label={words.campaigns} description={words.campaignsHelp} maxTags={50} {...form.getInputProps('campaigns')} />
      ) : null}
      <div className="actions">
        <Button type="submit" kind="primary" pending={pending}>
          {words.save}
        </Button>
        <Button onClick={onCancel}>{words.cancel}</Button>
      </div>
    </form>
  );
}

function Amount({ label, value, onChange }: { label: string; value: number | null; onChange: (amount: number | null) => void }) {
  return (
    <NumberInput
      label={label}
      min={0}
      max={1e12}
      decimalScale={2}
      allowNegative={false}
      thousandSeparator=" "
      hideControls
      value={value ?? ''}
      onChange={(given) => onChange(asAmount(given))}
    />
  );
}

type BelongsProps = {
  own?: string;
  parent: string | null;
  launch: string | null;
  onChange: (field: 'parent' | 'launch', id: string | null) => void;
};

/** Which program it is a part of, and which launch it is for. */
function Belongs({ own, parent, launch, onChange }: BelongsProps) {
  const words = useMessages({ en, zh });
  const programs = useQuery(api.programs.list.queryOptions({ input: {} }));
  const launches = useQuery(api.launches.list.queryOptions({ input: {} }));
  const choices = (some: { id: string; name: string }[]) => some.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div className="pair">
      <Select
        label={`${words.parent} (${words.optional})`}
        description={words.parentHelp}
        data={choices((programs.data?.programs ?? []).filter(({ id }) => id !== own))}
        placeholder={words.none}
        searchable
        clearable
        value={parent}
        onChange={(id) => onChange('parent', id)}
      />
      <Select
        label={`${words.launch} (${words.optional})`}
        data={choices(launches.data?.launches ?? [])}
        placeholder={words.none}
        searchable
        clearable
        value={launch}
        onChange={(id) => onChange('launch', id)}
      />
    </div>
  );
}
