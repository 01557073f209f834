import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { en, zh } from './messages.ts';
import { type PlannedEvent, propertyTypes, type PropertyType } from './schema.ts';

type Property = { name: string; type: PropertyType; required: boolean; allowed: string };
type Values = { name: string; description: string; owner: string; properties: Property[] };

const valuesOf = (planned: PlannedEvent | undefined, name: string): Values => ({
  name: planned?.name ?? name,
  description: planned?.description ?? '',
  owner: planned?.owner ?? '',
  properties: (planned?.properties ?? []).map((property) => ({ ...property, allowed: property.allowed.join(', ') })),
});

const partsOf = (text: string): string[] =>
  text
    .split(/[,，]/)
    .map((part) => part.trim())
    .filter(Boolean);

type Props = { planned?: PlannedEvent; name?: string; onSaved: (planned: PlannedEvent) => void; onCancel: () => void };

/** Plans an event, or changes one. */
export function PlannedEventForm({ planned, name = '', onSaved, onCancel }: Props) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const done = async (saved: PlannedEvent) => {
    await queries.invalidateQueries({ queryKey: api.plannedEvents.key() });
    onSaved(saved);
  };
  const create = useMutation(api.plannedEvents.create.mutationOptions({ onSuccess: done }));
  const update = useMutation(api.plannedEvents.update.mutationOptions({ onSuccess: done }));
  const form = useForm<Values>({
    initialValues: valuesOf(planned, name),
    validate: {
      name: (value) => (value.trim() ? null : words.nameNeeded),
      properties: { name: (value) => (value.trim() ? null : words.nameNeeded) },
    },
  });
  const save = form.onSubmit(({ properties, ...values }) => {
    // A value that holds a comma is kept whole as long as the field is not touched.
    const kept = new Map(planned?.properties.map((property) => [property.allowed.join(', '), property.allowed]));
    const fields = { ...values, properties: properties.map((one) => ({ ...one, allowed: kept.get(one.allowed) ?? partsOf(one.allowed) })) };
    if (planned) update.mutate({ plannedEvent: planned.id, version: planned.version, ...fields });
    else create.mutate(fields);
  });
  const error = create.error ?? update.error;
  return (
    <form className="form" onSubmit={save} noValidate>
      {error ? <Notice tone="bad">{toFailure(error).message}</Notice> : null}
      <TextInput label={words.name} data-autofocus {...form.getInputProps('name')} />
      <Textarea label={`${words.description} (${words.optional})`} autosize maxRows={4} {...form.getInputProps('description')} />
      <TextInput label={`${words.owner} (${words.optional})`} {...form.getInputProps('owner')} />
      {form.values.properties.map((property, index) => (
        <fieldset key={index} className="form">
          <legend className="vh">{property.name || words.property}</legend>
          <div className="pair">
            <TextInput label={words.property} {...form.getInputProps(`properties.${index}.name`)} />
            <Select
              label={words.type}
              allowDeselect={false}
              data={propertyTypes.map((type) => ({ value: type, label: words.types[type] }))}
              {...form.getInputProps(`properties.${index}.type`)}
            />
          </div>
          <TextInput label={`${words.allowed} (${words.optional})`} {...form.getInputProps(`properties.${index}.allowed`)} />
          <div className="row">
            <Checkbox label={words.required} {...form.getInputProps(`properties.${index}.required`, { type: 'checkbox' })} />
            <Button
              kind="quiet"
              icon={X}
              aria-label={words.removeProperty(property.name)}
              onClick={() => form.removeListItem('properties', index)}
            />
          </div>
        </fieldset>
      ))}
      <div>
        <Button
          icon={Plus}
          onClick={() => form.insertListItem('properties', { name: '', type: 'string', required: true, allowed: '' } satisfies Property)}
        >
          {words.addProperty}
        </Button>
      </div>
      <div className="actions">
        <Button kind="primary" type="submit" pending={create.isPending || update.isPending}>
          {words.save}
        </Button>
        <Button onClick={onCancel}>{words.cancel}</Button>
      </div>
    </form>
  );
}
