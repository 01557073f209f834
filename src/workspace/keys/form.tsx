import { useState } from 'react';
import { Checkbox, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { ShownOnce } from '../../web/kit/shown-once.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { useKitWords } from '../../web/kit/words.ts';
import { memberRoles } from '../members/schema.ts';
import { en, zh } from './messages.ts';
import type { Key } from './schema.ts';

type Made = { key: Key; token: string };

/** Asks what the key is for, then shows it, once. */
export function KeyDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const [made, setMade] = useState<Made | null>(null);
  const close = () => {
    onClose();
    setMade(null);
  };
  return (
    <Dialog open={open} onClose={close} title={words.make} actions={made ? <Button onClick={close}>{words.done}</Button> : undefined}>
      {made ? (
        <ShownOnce label={words.secret(made.key.name)} help={words.secretHelp} value={made.token} copy={words.copy} copied={words.copied} />
      ) : (
        <KeyForm onMade={setMade} onCancel={close} />
      )}
    </Dialog>
  );
}

type Values = { name: string; kind: Key['kind']; role: Key['role']; mayWrite: boolean; lasts: string };
const lives = [30, 90, 365];

function KeyForm({ onMade, onCancel }: { onMade: (made: Made) => void; onCancel: () => void }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const form = useForm<Values>({
    initialValues: { name: '', kind: 'api', role: 'reader', mayWrite: false, lasts: 'never' },
    validate: { name: (value) => (value.trim() ? null : words.nameNeeded) },
  });
  const create = useMutation(
    api.keys.create.mutationOptions({
      onSuccess: async (made) => {
        onMade(made);
        await queries.invalidateQueries({ queryKey: api.keys.key() });
      },
    }),
  );
  const submit = form.onSubmit(({ lasts, ...fields }) =>
    create.mutate({ ...fields, expiresInDays: lasts === 'never' ? null : Number(lasts) }),
  );
  const lastsChoices = [
    { value: 'never', label: words.lastsChoices.never },
    ...lives.map((days) => ({ value: String(days), label: words.lastsChoices.days(days) })),
  ];
  const kinds = (['api', 'write'] as const).map((value) => ({ value, label: words.kinds[value] }));
  return (
    <form className="form" onSubmit={submit} noValidate>
      {create.error ? <Notice tone="bad">{toFailure(create.error).message}</Notice> : null}
      <TextInput label={words.name} description={words.nameHelp} data-autofocus {...form.getInputProps('name')} />
      <Select label={words.kind} data={kinds} allowDeselect={false} {...form.getInputProps('kind')} />
      {form.values.kind === 'api' ? <ApiFields field={form.getInputProps} /> : <p className="meta">{words.writeHelp}</p>}
      <Select label={words.lasts} data={lastsChoices} allowDeselect={false} {...form.getInputProps('lasts')} />
      <div className="actions">
        <Button type="submit" kind="primary" pending={create.isPending}>
          {words.create}
        </Button>
        <Button onClick={onCancel}>{words.cancel}</Button>
      </div>
    </form>
  );
}

function ApiFields({ field }: { field: ReturnType<typeof useForm<Values>>['getInputProps'] }) {
  const words = useMessages({ en, zh });
  const { role: roleWords } = useKitWords();
  const own = memberRoles.indexOf(useSession().role as Key['role']);
  const choices = memberRoles.slice(own).map((value) => ({ value, label: roleWords[value] ?? value }));
  return (
    <>
      <Select label={words.role} description={words.roleHelp} data={choices} allowDeselect={false} {...field('role')} />
      <Checkbox label={words.mayWrite} description={words.mayWriteHelp} {...field('mayWrite', { type: 'checkbox' })} />
    </>
  );
}
