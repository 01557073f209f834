import type { ReactNode } from 'react';
import { Checkbox, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { useConfirm } from '../../web/kit/confirm.tsx';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useLocale, useMessages } from '../../web/kit/locale.tsx';
import { ShownOnce } from '../../web/kit/shown-once.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en as noticeEn, zh as noticeZh } from '../notices/messages.ts';
import { type NoticeKind, noticeKinds } from '../notices/schema.ts';
import { en, zh } from './messages.ts';
import { type Webhook, webhookFormats } from './schema.ts';

type Fields = { name: string; url: string; kinds: NoticeKind[]; format: (typeof webhookFormats)[number]; locale: 'en' | 'zh' };
type Props = { open: boolean; onClose: () => void };
type Edited = { webhook: Webhook; onClose: () => void };

/** Makes a webhook, then shows its secret once. */
export function WebhookDialog({ open, onClose }: Props) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const create = useMutation(
    api.webhooks.create.mutationOptions({ onSuccess: () => queries.invalidateQueries({ queryKey: api.webhooks.key() }) }),
  );
  const close = () => {
    onClose();
    create.reset();
  };
  return (
    <Dialog open={open} onClose={close} title={words.makeTitle} wide>
      {create.data ? (
        <ShownOnce label={words.secret} help={words.secretHelp} value={create.data.secret} copy={words.copy} copied={words.copied} />
      ) : (
        <WebhookForm
          pending={create.isPending}
          error={create.error ? toFailure(create.error).message : ''}
          onSave={(fields) => create.mutate(fields)}
          onCancel={close}
        />
      )}
    </Dialog>
  );
}

/** Changes a webhook; its address, language and kinds, and on demand its secret. */
export function EditWebhook({ webhook, onClose }: Edited) {
  const words = useMessages({ en, zh });
  const confirm = useConfirm();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: api.webhooks.key() });
  const update = useMutation(
    api.webhooks.update.mutationOptions({
      onSuccess: async ({ name }) => {
        await refresh();
        toast({ text: words.changed(name) });
        onClose();
      },
    }),
  );
  const renew = useMutation(api.webhooks.renewSecret.mutationOptions({ onSuccess: refresh, onError: toastFailure }));
  const ask = async () => {
    if (await confirm({ title: words.renewTitle(webhook.name), text: words.renewText, action: words.renew }))
      renew.mutate({ webhook: webhook.id, version: webhook.version });
  };
  return (
    <Dialog open onClose={onClose} title={words.editTitle(webhook.name)} wide>
      {renew.data ? (
        <ShownOnce label={words.secret} help={words.secretHelp} value={renew.data.secret} copy={words.copy} copied={words.copied} />
      ) : (
        <WebhookForm
          webhook={webhook}
          pending={update.isPending}
          error={update.error ? toFailure(update.error).message : ''}
          onSave={(fields) => update.mutate({ webhook: webhook.id, version: webhook.version, ...fields })}
          onCancel={onClose}
          more={
            <Button pending={renew.isPending} onClick={() => void ask()}>
              {words.renew}
            </Button>
          }
        />
      )}
    </Dialog>
  );
}

type FormProps = {
  webhook?: Webhook;
  more?: ReactNode;
  pending: boolean;
  error: string;
  onSave: (fields: Fields) => void;
  onCancel: () => void;
};

function WebhookForm({ webhook, more, pending, error, onSave, onCancel }: FormProps) {
  const words = useMessages({ en, zh });
  const noticeWords = useMessages({ en: noticeEn, zh: noticeZh });
  const { locale } = useLocale();
  const form = useForm<Fields>({
    initialValues: webhook
      ? { name: webhook.name, url: webhook.url, kinds: webhook.kinds, format: webhook.format, locale: webhook.locale }
      : { name: '', url: '', kinds: [...noticeKinds], format: 'standard', locale },
    validate: {
      name: (value) => (value.trim() ? null : words.needed),
      url: (value) => (value.trim() ? null : words.needed),
      kinds: (value) => (value.length > 0 ? null : words.kindsNeeded),
    },
  });
  return (
    <form className="form" noValidate onSubmit={form.onSubmit(onSave)}>
      {error ? <Notice tone="bad">{error}</Notice> : null}
      <TextInput label={words.name} maxLength={120} data-autofocus {...form.getInputProps('name')} />
      <TextInput label={words.url} description={words.urlHelp} {...form.getInputProps('url')} />
      <div className="pair">
        <Select
          label={words.format}
          data={webhookFormats.map((value) => ({ value, label: words.formats[value] }))}
          allowDeselect={false}
          {...form.getInputProps('format')}
        />
        <Select
          label={words.language}
          data={(['en', 'zh'] as const).map((value) => ({ value, label: words.languages[value] }))}
          allowDeselect={false}
          {...form.getInputProps('locale')}
        />
      </div>
      <Checkbox.Group label={words.kinds} {...form.getInputProps('kinds')}>
        {noticeKinds.map((kind) => (
          <Checkbox key={kind} value={kind} label={noticeWords.kinds[kind]} mt={6} />
        ))}
      </Checkbox.Group>
      <div className="actions">
        <Button type="submit" kind="primary" pending={pending}>
          {words.save}
        </Button>
        <Button onClick={onCancel}>{words.cancel}</Button>
        {more}
      </div>
    </form>
  );
}
