import '../../web/kit/styles/questions.css';
import { Input, NumberInput, Radio, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { suggestFor, useEventChoices, usePropertyChoices } from '../../web/kit/questions/choices.ts';
import { StepList } from '../../web/kit/questions/step-list.tsx';
import type { Launch } from '../launches/schema.ts';
import type { GoalForm } from './form.tsx';
import { en, zh } from './messages.ts';
import { metricKinds } from './schema.ts';

type FieldsProps = { form: GoalForm; launch: Launch };

/** By what the goal is measured, and what each kind needs. */
export function MetricFields({ form, launch }: FieldsProps) {
  const words = useMessages({ en, zh });
  const { kind } = form.values;
  return (
    <>
      <Select
        label={words.metric}
        description={words.kindHelp[kind]}
        data={[...metricKinds, 'none' as const].map((value) => ({ value, label: words.kinds[value] }))}
        allowDeselect={false}
        {...form.getInputProps('kind')}
      />
      {kind === 'adoption' ? <FeatureFields form={form} launch={launch} /> : null}
      {kind === 'behaviour' ? <EventFields form={form} /> : null}
      {kind === 'outside' ? (
        <>
          <TextInput label={words.question} {...form.getInputProps('question')} />
          <TextInput label={words.source} {...form.getInputProps('source')} />
        </>
      ) : null}
      {kind === 'adoption' || kind === 'behaviour' ? (
        <Radio.Group label={words.unit} {...form.getInputProps('unit')}>
          <div className="row">
            <Radio value="account" label={words.units.account} />
            <Radio value="person" label={words.units.person} />
          </div>
        </Radio.Group>
      ) : null}
    </>
  );
}

function FeatureFields({ form, launch }: FieldsProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const features = useQuery(api.features.list.queryOptions({ input: {} })).data?.features ?? [];
  const chosen = features.find(({ id }) => id === form.values.featureId);
  const versions = Array.from({ length: chosen?.version ?? 0 }, (_, place) => String((chosen?.version ?? 0) - place));
  return (
    <div className={versions.length > 0 ? 'pair' : undefined}>
      <Select
        label={words.feature}
        data={[
          { value: '', label: words.leadingFeature(launch.feature?.name ?? null) },
          ...features.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        allowDeselect={false}
        searchable
        {...form.getInputProps('featureId')}
      />
      {versions.length > 0 ? (
        <Select
          label={words.versionField}
          data={[
            { value: '', label: words.versionNewest },
            ...versions.map((value) => ({ value, label: words.version(format.number(Number(value))) })),
          ]}
          allowDeselect={false}
          {...form.getInputProps('featureVersion')}
        />
      ) : null}
    </div>
  );
}

function EventFields({ form }: { form: GoalForm }) {
  const words = useMessages({ en, zh });
  const { step } = form.values;
  const events = useEventChoices();
  const properties = usePropertyChoices([step.event]);
  return (
    <Input.Wrapper label={words.event} labelElement="div" error={form.errors.step}>
      <StepList
        value={[step]}
        onChange={([next]) => next && form.setFieldValue('step', next)}
        events={events}
        properties={properties}
        suggest={suggestFor}
        most={1}
        free
      />
    </Input.Wrapper>
  );
}

/** The share to reach, by when, and what change would be worth having. */
export function TargetFields({ form }: { form: GoalForm }) {
  const words = useMessages({ en, zh });
  const optional = (label: string) => `${label} (${words.optional})`;
  if (form.values.kind === 'none') return null;
  return (
    <>
      <div className="pair">
        <NumberInput label={words.target} min={0.1} max={100} {...form.getInputProps('target')} />
        <Select label={words.horizon} data={['30', '60', '90']} allowDeselect={false} {...form.getInputProps('horizonDays')} />
      </div>
      <NumberInput
        label={optional(words.smallest)}
        description={words.smallestHelp}
        min={0.1}
        max={100}
        {...form.getInputProps('smallest')}
      />
      <details className="more-fields">
        <summary>{words.advanced}</summary>
        {form.values.kind === 'adoption' ? (
          <div className="pair">
            <NumberInput label={optional(words.day30)} min={0.1} max={100} {...form.getInputProps('day30')} />
            <NumberInput label={optional(words.day60)} min={0.1} max={100} {...form.getInputProps('day60')} />
          </div>
        ) : null}
        <NumberInput label={words.minimum} min={5} max={10_000} allowDecimal={false} {...form.getInputProps('minimum')} />
      </details>
    </>
  );
}
