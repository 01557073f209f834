import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../web/kit/client.ts';
import { Button, TextButton } from '../../web/kit/controls.tsx';
import { DateField } from '../../web/kit/date-field.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
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
  return (
    <form className="form" noValidate onSubmit={form.onSubmit((draft) => onSave(fieldsOf(draft)))}>
      {error}
      <TextInput label={words.name} data-autofocus {...form.getInputProps('name')} />
      <div className="pair">
        <Select
          label={words.stage}
          data={stages.map((value) => ({ value, label: words.stages[value] }))}
          allowDeselect={false}
          {...form.getInputProps('stage')}
        />
        <Select
          label={words.tier}
          description={words.tierHelp}
          data={['1', '2', '3'].map((value) => ({ value, label: words.tierOf(Number(value)) }))}
          allowDeselect={false}
          {...form.getInputProps('tier')}
        />
      </div>
      <div className="pair">
        <DateField label={words.marketDate} description={words.marketHelp} {...dateProps(form, 'marketDate')} />
        <DateField
          label={`${words.readyDate} (${words.optional})`}
          description={words.readyHelp}
          clearable
          {...dateProps(form, 'readyDate')}
        />
      </div>
      <FeatureField form={form} />
      {choices.data ? <EligibilityFields form={form} choices={choices.data} /> : null}
      <Textarea
        label={`${words.brief} (${words.optional})`}
        description={words.briefHelp}
        autosize
        minRows={3}
        {...form.getInputProps('brief')}
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
