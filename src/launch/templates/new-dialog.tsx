import { useState } from 'react';
import { Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useLocale, useMessages } from '../../web/kit/locale.tsx';
import { slugOf } from '../../web/kit/slug.ts';
import { Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import type { Template, TemplateLine } from './schema.ts';

/** A new template begins as a copy of another. */
export function NewTemplate({ templates, onClose }: { templates: TemplateLine[]; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const [source, setSource] = useState(templates[0]?.key ?? null);
  const [name, setName] = useState('');
  const [wasTried, setWasTried] = useState(false);
  const create = useCopy(templates, onClose);
  const save = () => {
    setWasTried(true);
    if (name.trim()) create.mutate({ source, name: name.trim() });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.newTitle}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="primary" pending={create.isPending} onClick={save}>
            {words.create}
          </Button>
        </>
      }
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {create.error ? <Notice tone="bad">{toFailure(create.error).message}</Notice> : null}
        <TextInput
          label={words.name}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          error={wasTried && !name.trim() ? words.nameNeeded : null}
          maxLength={120}
          data-autofocus
        />
        <Select
          label={words.copyOf}
          description={words.copyHelp}
          data={templates.map((one) => ({ value: one.key, label: one.name }))}
          value={source}
          onChange={setSource}
          allowDeselect={false}
        />
      </form>
    </Dialog>
  );
}

/** Whom the other was for does not come along: nobody knows yet that it works for them too. */
const copyOf = ({ content }: Template): Template['content'] => ({ ...content, audience: { segments: [], personas: [], note: '' } });
const nothing: Template['content'] = {
  purpose: 'launch',
  tier: null,
  audience: { segments: [], personas: [], note: '' },
  channels: [],
  items: [],
  gates: [],
};

function useCopy(templates: TemplateLine[], onClose: () => void) {
  const words = useMessages({ en, zh });
  const { locale } = useLocale();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const taken = templates.map(({ key }) => key);
  return useMutation({
    mutationFn: async ({ source, name }: { source: string | null; name: string }) => {
      const content = source ? copyOf(await client.templates.get({ template: source, locale })) : nothing;
      return client.templates.save({ template: slugOf(name, taken, 'template'), locale, name, content, version: 0 });
    },
    onSuccess: async ({ key, name }) => {
      await queries.invalidateQueries({ queryKey: api.templates.key() });
      toast({ text: words.created(name) });
      onClose();
      await navigate({ to: '/templates/$template/edit', params: { template: key } });
    },
  });
}
