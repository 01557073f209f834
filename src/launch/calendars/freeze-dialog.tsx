import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { DateField } from '../../web/kit/date-field.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';

/** Days on which nothing should go to market. */
export function FreezeDialog({ onClose }: { onClose: () => void }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { name: '', from: null as string | null, to: null as string | null },
    validate: {
      name: (value) => (value.trim() ? null : words.nameNeeded),
      to: (value, { from }) => (value && from ? null : words.daysNeeded),
    },
  });
  const freeze = useMutation(
    api.freezePeriods.create.mutationOptions({
      onSuccess: async ({ name }) => {
        await queries.invalidateQueries({ queryKey: api.calendars.key() });
        toast({ text: words.frozenNow(name) });
        onClose();
      },
    }),
  );
  return (
    <Dialog open onClose={onClose} title={words.freezeTitle}>
      <form
        className="form"
        noValidate
        onSubmit={form.onSubmit(({ name, from, to }) => freeze.mutate({ name, from: from ?? '', to: to ?? '' }))}
      >
        {freeze.error ? <Notice tone="bad">{toFailure(freeze.error).message}</Notice> : null}
        <TextInput label={words.name} data-autofocus {...form.getInputProps('name')} />
        <div className="pair">
          <DateField label={words.from} nested value={form.values.from} onChange={(day) => form.setFieldValue('from', day)} />
          <DateField
            label={words.to}
            nested
            value={form.values.to}
            onChange={(day) => form.setFieldValue('to', day)}
            error={form.errors.to}
          />
        </div>
        <div className="actions">
          <Button type="submit" kind="primary" pending={freeze.isPending}>
            {words.freeze}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
