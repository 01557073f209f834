import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { CurrencyField, TimeZoneField } from '../../web/kit/place-fields.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { en, zh } from './messages.ts';

export type Values = { name: string; timeZone: string; currency: string };
type Props = {
  initial: Values;
  action: string;
  onSubmit: (values: Values) => void;
  pending: boolean;
  error: unknown;
  onCancel?: () => void;
};

/** Name, time zone and currency of a workspace. */
export function WorkspaceForm({ initial, action, onSubmit, pending, error, onCancel }: Props) {
  const words = useMessages({ en, zh });
  const form = useForm<Values>({
    initialValues: initial,
    validateInputOnBlur: true,
    validate: { name: (value) => (value.trim() ? null : words.nameNeeded) },
  });
  return (
    <form className="form" onSubmit={form.onSubmit(onSubmit)} noValidate>
      {error ? <Notice tone="bad">{toFailure(error).message}</Notice> : null}
      <TextInput label={words.name} data-autofocus={onCancel ? true : undefined} {...form.getInputProps('name')} />
      <TimeZoneField
        label={words.timeZone}
        description={words.timeZoneHelp}
        value={form.values.timeZone}
        onChange={(value) => form.setFieldValue('timeZone', value)}
      />
      <CurrencyField
        label={words.currency}
        description={words.currencyHelp}
        value={form.values.currency}
        onChange={(value) => form.setFieldValue('currency', value)}
      />
      <div className="actions">
        <Button type="submit" kind="primary" pending={pending}>
          {action}
        </Button>
        {onCancel ? <Button onClick={onCancel}>{words.cancel}</Button> : null}
      </div>
    </form>
  );
}
