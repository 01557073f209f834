import { Autocomplete, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import type { Program } from '../programs/schema.ts';
import { utmWord } from '../utm-rules/schema.ts';
import { en, zh } from './messages.ts';
import { linkCode, target, type TrackedLink } from './schema.ts';

type DialogProps = { program: Program; link: TrackedLink | null; onClose: () => void };

function useLinkForm(link: TrackedLink | null) {
  const words = useMessages({ en, zh });
  const word = (value: string) => (utmWord.safeParse(value).success ? null : words.wordWrong);
  return useForm({
    initialValues: {
      target: link?.target ?? '',
      source: link?.source ?? '',
      medium: link?.medium ?? '',
      content: link?.content ?? '',
      name: link?.name ?? '',
      code: '',
    },
    validateInputOnBlur: true,
    validate: {
      target: (value) => (target.safeParse(value).success ? null : words.targetWrong),
      source: word,
      medium: word,
      content: (value) => (value === '' ? null : word(value)),
      code: (value) => (value === '' || linkCode.safeParse(value).success ? null : words.codeWrong),
    },
  });
}

function useLinkActions(onClose: () => void) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const refresh = () =>
    Promise.all([api.trackedLinks.key(), api.programs.key()].map((queryKey) => queries.invalidateQueries({ queryKey })));
  const onSuccess = async () => {
    await refresh();
    toast({ text: words.saved });
    onClose();
  };
  const restore = useMutation(api.trackedLinks.restore.mutationOptions({ onSuccess: refresh, onError: toastFailure }));
  return {
    create: useMutation(api.trackedLinks.create.mutationOptions({ onSuccess })),
    update: useMutation(api.trackedLinks.update.mutationOptions({ onSuccess })),
    remove: useMutation(
      api.trackedLinks.delete.mutationOptions({
        onSuccess: async ({ id }) => {
          await refresh();
          toast({ text: words.removed, undo: () => restore.mutate({ link: id }) });
          onClose();
        },
        onError: toastFailure,
      }),
    ),
  };
}

/** Makes a short link, or changes one. */
export function LinkDialog({ program, link, onClose }: DialogProps) {
  const words = useMessages({ en, zh });
  const form = useLinkForm(link);
  const { create, update, remove } = useLinkActions(onClose);
  const rule = useQuery(api.utmRules.get.queryOptions({ input: {} }));
  const failed = create.error ?? update.error;
  const optional = (label: string) => `${label} (${words.optional})`;
  const save = form.onSubmit(({ code, ...fields }) => {
    if (link) update.mutate({ link: link.id, version: link.version, ...fields });
    else create.mutate({ program: program.id, ...fields, ...(code && { code }) });
  });
  return (
    <Dialog open onClose={onClose} title={link ? words.editTitle : words.newTitle} wide>
      <form className="form" noValidate onSubmit={save}>
        {failed ? <Notice tone="bad">{toFailure(failed).message}</Notice> : null}
        <TextInput label={words.target} inputMode="url" maxLength={2000} data-autofocus {...form.getInputProps('target')} />
        <div className="pair">
          <Autocomplete
            label={words.source}
            description={words.sourceHelp}
            data={rule.data?.sources ?? []}
            {...form.getInputProps('source')}
          />
          <Autocomplete
            label={words.medium}
            description={words.mediumHelp}
            data={rule.data?.media ?? []}
            {...form.getInputProps('medium')}
          />
        </div>
        <p className="meta">{words.campaign(link?.campaign ?? program.utmCampaign)}</p>
        <div className="pair">
          <TextInput label={optional(words.content)} description={words.contentHelp} {...form.getInputProps('content')} />
          <TextInput label={optional(words.nameLabel)} description={words.nameHelp} maxLength={200} {...form.getInputProps('name')} />
        </div>
        {link ? null : (
          <TextInput
            label={optional(words.code)}
            description={words.codeHelp(`${window.location.origin}/l/${form.values.code || '…'}`)}
            {...form.getInputProps('code')}
          />
        )}
        <div className="actions">
          <Button type="submit" kind="primary" pending={create.isPending || update.isPending}>
            {words.save}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
          {link ? (
            <Button kind="danger" pending={remove.isPending} onClick={() => remove.mutate({ link: link.id })}>
              {words.remove}
            </Button>
          ) : null}
        </div>
      </form>
    </Dialog>
  );
}
