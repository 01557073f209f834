import { Checkbox, MultiSelect, Select, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../web/kit/client.ts';
import { Button, TextButton } from '../../web/kit/controls.tsx';
import { DateField } from '../../web/kit/date-field.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { MarkdownField } from '../../web/kit/markdown-field.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { useUnsaved } from '../../web/kit/unsaved.ts';
import { MemberPicker, usePeople } from '../charters/member-picker.tsx';
import { FeatureForm } from '../features/form.tsx';
import { en as featureEn, zh as featureZh } from '../features/messages.ts';
import { type Draft, draftOf, type Fields, fieldsOf } from './draft.ts';
import { en, zh } from './messages.ts';
import { type Choices, type Launch, stages } from './schema.ts';

type LaunchFormProps = {
  launch?: Launch;
  pending: boolean;
  onSave: (fields: Fields) => void;
  onCancel: () => void;
  error?: React.ReactNode;
};
type Form = ReturnType<typeof useDraft>;

/** The form's state, with what must be right before it is sent. */
function useDraft(launch?: Launch) {
  const words = useMessages({ en, zh });
  return useForm<Draft>({
    initialValues: draftOf(launch),
    validateInputOnBlur: true,
    validate: {
      name: (value) => (value.trim() ? null : words.nameNeeded),
      marketDate: (value) => (value ? null : words.dateNeeded),
    },
  });
}

/** Makes a launch, or changes one. */
export function LaunchForm({ launch, pending, onSave, onCancel, error }: LaunchFormProps) {
  const words = useMessages({ en, zh });
  const choices = useQuery(api.launches.choices.queryOptions({ input: {} }));
  const form = useDraft(launch);
  const people = usePeople();
  useUnsaved(form.isDirty() && !pending);
  return (
    <form className="form" noValidate onSubmit={form.onSubmit((draft) => onSave(fieldsOf(draft)))}>
      {error}
      <TextInput label={words.name} data-autofocus {...form.getInputProps('name')} />
      <StageFields form={form} isNew={!launch} />
      <DateFields form={form} isNew={!launch} />
      <div className="pair">
        <MemberPicker
          label={`${words.marketingOwner} (${words.optional})`}
          description={words.marketHelp}
          was={launch?.marketingOwner}
          value={form.values.marketingOwnerId}
          onChange={(id) => form.setFieldValue('marketingOwnerId', id)}
        />
        <MemberPicker
          label={`${words.productOwner} (${words.optional})`}
          description={words.readyHelp}
          was={launch?.productOwner}
          value={form.values.productOwnerId}
          onChange={(id) => form.setFieldValue('productOwnerId', id)}
        />
      </div>
      <FeatureField form={form} />
      {choices.data ? <EligibilityFields form={form} choices={choices.data} /> : null}
      <AudienceFields form={form} />
      <MarkdownField
        label={`${words.brief} (${words.optional})`}
        description={words.briefHelp}
        value={form.values.brief}
        onChange={(text) => form.setFieldValue('brief', text)}
        people={people}
      />
      <div className="actions">
        <Button type="submit" kind="primary" pending={pending}>
          {launch ? words.save : words.saveNew}
        </Button>
        <Button onClick={onCancel}>{words.cancel}</Button>
      </div>
    </form>
  );
}

function StageFields({ form, isNew }: { form: Form; isNew: boolean }) {
  const words = useMessages({ en, zh });
  return (
    <div className="pair">
      <Select
        label={words.stage}
        data={stages.map((value) => ({ value, label: words.stages[value] }))}
        allowDeselect={false}
        {...form.getInputProps('stage')}
      />
      {isNew ? (
        <Select
          label={words.tier}
          description={words.tierHelp}
          data={['1', '2', '3'].map((value) => ({ value, label: words.tierOf(Number(value)) }))}
          allowDeselect={false}
          {...form.getInputProps('tier')}
        />
      ) : null}
    </div>
  );
}

/** A market date that was set once is moved from the bill of materials, where what it does is shown before. */
function DateFields({ form, isNew }: { form: Form; isNew: boolean }) {
  const words = useMessages({ en, zh });
  const { marketDate, readyDate } = form.values;
  return (
    <>
      <div className="pair">
        {isNew ? <DateField label={words.marketDate} {...dateProps(form, 'marketDate')} /> : null}
        <DateField label={`${words.readyDate} (${words.optional})`} clearable {...dateProps(form, 'readyDate')} />
      </div>
      {isNew && marketDate && readyDate && marketDate < readyDate ? <Notice tone="warn">{words.beforeReady}</Notice> : null}
    </>
  );
}

function AudienceFields({ form }: { form: Form }) {
  const words = useMessages({ en, zh });
  return (
    <>
      <TagsInput label={`${words.personas} (${words.optional})`} description={words.tagsHelp} {...form.getInputProps('personas')} />
      <TextInput label={`${words.job} (${words.optional})`} description={words.jobHelp} {...form.getInputProps('job')} />
      <div className="pair">
        <TagsInput label={`${words.languages} (${words.optional})`} {...form.getInputProps('languages')} />
        <TagsInput label={`${words.regions} (${words.optional})`} {...form.getInputProps('regions')} />
      </div>
    </>
  );
}

const dateProps = (form: Form, name: 'marketDate' | 'readyDate') => ({
  value: form.values[name],
  onChange: (value: string | null) => form.setFieldValue(name, value),
  onBlur: () => void form.validateField(name),
  error: form.errors[name],
});

function FeatureField({ form }: { form: Form }) {
  const words = useMessages({ en, zh });
  const featureWords = useMessages({ en: featureEn, zh: featureZh });
  const [defining, setDefining] = useState(false);
  const features = useQuery(api.features.list.queryOptions({ input: {} }));
  const chosen = features.data?.features.find(({ id }) => id === form.values.featureId);
  const rule = chosen && featureWords.ruleWords(chosen.rule);
  return (
    <div>
      <Select
        label={`${words.feature} (${words.optional})`}
        description={rule ?? words.featureHelp}
        data={(features.data?.features ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        searchable
        clearable
        {...form.getInputProps('featureId')}
      />
      <MultiSelect
        label={`${words.moreFeatures} (${words.optional})`}
        data={(features.data?.features ?? [])
          .filter(({ id }) => id !== form.values.featureId)
          .map(({ id, name }) => ({ value: id, label: name }))}
        searchable
        clearable
        {...form.getInputProps('moreFeatureIds')}
      />
      <p className="meta">
        <TextButton onClick={() => setDefining(true)}>{words.defineFeature}</TextButton>
      </p>
      <Dialog open={defining} onClose={() => setDefining(false)} title={featureWords.define}>
        <FeatureForm
          onCancel={() => setDefining(false)}
          onSaved={({ id }) => {
            form.setFieldValue('featureId', id);
            setDefining(false);
          }}
        />
      </Dialog>
    </div>
  );
}

function EligibilityFields({ form, choices }: { form: Form; choices: Choices }) {
  const words = useMessages({ en, zh });
  return (
    <>
      <ChoiceField form={form} name="plans" label={words.plans} choices={choices.plans} />
      <ChoiceField form={form} name="segments" label={words.segments} choices={choices.segments} />
      <Checkbox label={words.onlyBefore} {...form.getInputProps('createdBeforeMarketDate', { type: 'checkbox' })} />
    </>
  );
}

type ChoiceProps = { form: Form; name: 'plans' | 'segments'; label: string; choices: Choices['plans'] };

function ChoiceField({ form, name, label, choices }: ChoiceProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (choices.length === 0) return null;
  return (
    <Checkbox.Group label={`${words.eligible}: ${label}`} description={words.eligibleHelp} {...form.getInputProps(name)}>
      {choices.map(({ value, accounts }) => (
        <Checkbox key={value} value={value} label={`${value} (${words.accounts(format.number(accounts))})`} />
      ))}
    </Checkbox.Group>
  );
}
