import { NumberInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { CurrencyField } from '../../web/kit/place-fields.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';

type RateDialogProps = { open: boolean; onClose: () => void };

/** Enters the rate of a day. */
export function RateDialog({ open, onClose }: RateDialogProps) {
  const words = useMessages({ en, zh });
  return (
    <Dialog open={open} onClose={onClose} title={words.enter}>
      <RateForm onClose={onClose} />
    </Dialog>
  );
}

function RateForm({ onClose }: Pick<RateDialogProps, 'onClose'>) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const today = useToday();
  const queries = useQueryClient();
  const { currency } = useSession().workspace;
  const form = useForm({
    initialValues: { day: today, from: currency === 'USD' ? 'EUR' : 'USD', to: currency, rate: '' as number | string, source: '' },
  });
  const set = useMutation(
    api.exchangeRates.set.mutationOptions({
      onSuccess: async ({ from, to, day }) => {
        toast({ text: words.saved(`${from}/${to}`, format.date(day, { year: true })) });
        await queries.invalidateQueries({ queryKey: api.exchangeRates.key() });
        onClose();
      },
    }),
  );
  const { from, to } = form.values;
  return (
    <form className="form" noValidate onSubmit={form.onSubmit(({ rate, ...fields }) => set.mutate({ ...fields, rate: Number(rate) }))}>
      {set.error ? <Notice tone="bad">{toFailure(set.error).message}</Notice> : null}
      <TextInput type="date" label={words.day} data-autofocus {...form.getInputProps('day')} />
      <div className="pair">
        <CurrencyField label={words.from} value={from} onChange={(value) => form.setFieldValue('from', value)} />
        <CurrencyField label={words.to} value={to} onChange={(value) => form.setFieldValue('to', value)} />
      </div>
      <NumberInput label={words.rate} description={words.rateHelp(from, to)} min={0} hideControls {...form.getInputProps('rate')} />
      <TextInput label={words.source} description={words.sourceHelp} {...form.getInputProps('source')} />
      <div className="actions">
        <Button type="submit" kind="primary" pending={set.isPending}>
          {words.save}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  );
}
