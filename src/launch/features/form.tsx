import { Autocomplete, NumberInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { en, zh } from './messages.ts';
import type { Feature } from './schema.ts';

type Values = { name: string; product: string; eventName: string; times: number; days: number };

const valuesOf = (feature?: Feature): Values => ({
  name: feature?.name ?? '',
  product: feature?.product ?? '',
  eventName: feature?.rule.eventName ?? '',
  times: feature?.rule.times ?? 1,
  days: feature?.rule.days ?? 1,
});

type Props = { feature?: Feature; onSaved: (feature: Feature) => void; onCancel: () => void };

/** Defines a feature, or changes one. */
export function FeatureForm({ feature, onSaved, onCancel }: Props) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const queries = useQueryClient();
  const seen = useQuery(api.events.names.queryOptions({ input: {} }));
  const done = async (saved: Feature) => {
    await queries.invalidateQueries({ queryKey: api.features.key() });
    onSaved(saved);
  };
  const create = useMutation(api.features.create.mutationOptions({ onSuccess: done }));
  const update = useMutation(api.features.update.mutationOptions({ onSuccess: done }));
  const form = useForm<Values>({
    initialValues: valuesOf(feature),
    validateInputOnBlur: true,
    validate: {
      name: (value) => (value.trim() ? null : words.nameNeeded),
      eventName: (value) => (value.trim() ? null : words.eventNeeded),
    },
  });
  const save = form.onSubmit(({ name, product, eventName, times, days }) => {
    const fields = { name, product: product || null, rule: { eventName, times, days, properties: feature?.rule.properties ?? [] } };
    if (feature) update.mutate({ feature: feature.id, ...fields });
    else create.mutate(fields);
  });
  const events = seen.data?.events ?? [];
  const chosen = events.find(({ name }) => name === form.values.eventName);
  const error = create.error ?? update.error;
  return (
    <form className="form" onSubmit={save} noValidate>
      {error ? <Notice tone="bad">{toFailure(error).message}</Notice> : null}
      <TextInput label={words.name} data-autofocus {...form.getInputProps('name')} />
      <TextInput label={`${words.product} (${words.optional})`} {...form.getInputProps('product')} />
      <Autocomplete
        label={words.eventName}
        description={
          chosen
            ? words.eventSeen(format.number(chosen.events), format.date(chosen.firstAt), format.date(chosen.lastAt))
            : words.eventHelp(events.length)
        }
        data={events.map(({ name }) => name)}
        limit={50}
        {...form.getInputProps('eventName')}
      />
      <div className="pair">
        <NumberInput label={words.times} min={1} max={1000} allowDecimal={false} {...form.getInputProps('times')} />
        <NumberInput label={words.days} min={1} max={90} allowDecimal={false} {...form.getInputProps('days')} />
      </div>
      {feature ? <p className="meta">{words.versionWarning}</p> : null}
      <div className="actions">
        <Button type="submit" kind="primary" pending={create.isPending || update.isPending}>
          {words.save}
        </Button>
        <Button onClick={onCancel}>{words.cancel}</Button>
      </div>
    </form>
  );
}
