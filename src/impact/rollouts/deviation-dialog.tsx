import { Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { DateField } from '../../web/kit/date-field.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';

type Props = { rollout: string; open: boolean; onClose: () => void };

/** Records what an account got in spite of the lot. */
export function DeviationDialog({ rollout, open, onClose }: Props) {
  const words = useMessages({ en, zh });
  return (
    <Dialog open={open} onClose={onClose} title={words.record}>
      {open ? <Fields rollout={rollout} onClose={onClose} /> : null}
    </Dialog>
  );
}

function Fields({ rollout, onClose }: Omit<Props, 'open'>) {
  const words = useMessages({ en, zh });
  const today = useToday();
  const queries = useQueryClient();
  const form = useForm<{ account: string; got: 'yes' | 'no'; day: string | null; note: string }>({
    initialValues: { account: '', got: 'yes', day: today, note: '' },
  });
  const record = useMutation(
    api.rollouts.recordDeviation.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.rollouts.key() });
        toast({ text: words.recorded });
        onClose();
      },
    }),
  );
  const save = form.onSubmit(({ account, got, day, note }) =>
    record.mutate({ rollout, account: account.trim(), got: got === 'yes', day: day ?? today, note }),
  );
  return (
    <form className="form" onSubmit={save} noValidate>
      {record.error ? <Notice tone="bad">{toFailure(record.error).message}</Notice> : null}
      <TextInput label={words.account} description={words.accountHelp} required data-autofocus {...form.getInputProps('account')} />
      <Select
        label={words.got}
        allowDeselect={false}
        data={(['yes', 'no'] as const).map((value) => ({ value, label: words.gots[value] }))}
        {...form.getInputProps('got')}
      />
      <DateField label={words.day} value={form.values.day} onChange={(day) => form.setFieldValue('day', day)} />
      <TextInput label={words.remark} maxLength={500} {...form.getInputProps('note')} />
      <div className="actions">
        <Button type="submit" kind="primary" pending={record.isPending}>
          {words.save}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  );
}
