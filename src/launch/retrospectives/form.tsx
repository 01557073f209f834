import { useState } from 'react';
import { Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { api } from '../../web/kit/client.ts';
import { Conflict } from '../../web/kit/conflict.tsx';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useLocale, useMessages } from '../../web/kit/locale.tsx';
import { MarkdownField } from '../../web/kit/markdown-field.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import type { Launch } from '../launches/schema.ts';
import { en, zh } from './messages.ts';
import type { Retrospective } from './schema.ts';

type FormProps = { launch: Launch; found: Retrospective; onClose: () => void };

const parts = ['wentWell', 'wentBadly', 'learned'] as const;

/** Written by several people after a launch: what another one wrote meanwhile is shown, not overwritten. */
export function RetrospectiveForm({ launch, found, onClose }: FormProps) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const [base, setBase] = useState(found);
  const [clash, setClash] = useState<{ message: string; current: Retrospective } | null>(null);
  const { wentWell, wentBadly, learned, templateChanges } = found;
  const form = useForm({ initialValues: { wentWell, wentBadly, learned, templateChanges } });
  const refresh = () => queries.invalidateQueries({ queryKey: api.retrospectives.key() });
  const save = useMutation(
    api.retrospectives.save.mutationOptions({
      onSuccess: async () => {
        await refresh();
        toast({ text: words.saved });
        onClose();
      },
      onError: (error) => {
        const { code, message, details } = toFailure(error);
        const current = (details as { current?: Retrospective } | undefined)?.current;
        if (code === 'conflict' && current) setClash({ message, current });
      },
    }),
  );
  return (
    <form
      className="form"
      onSubmit={form.onSubmit((given) =>
        save.mutate({
          launch: launch.key,
          version: base.version,
          ...given,
          templateChanges: given.templateChanges.filter(({ what }) => what.trim() !== ''),
        }),
      )}
    >
      {clash ? (
        <Conflict
          message={clash.message}
          fields={parts.flatMap((part) =>
            clash.current[part] === base[part] ? [] : [{ label: words[part], before: base[part], now: clash.current[part] }],
          )}
          onKeep={() => {
            setBase(clash.current);
            setClash(null);
          }}
          onTake={() => {
            void refresh();
            onClose();
          }}
        />
      ) : save.error ? (
        <Notice tone="bad">{toFailure(save.error).message}</Notice>
      ) : null}
      {parts.map((part) => (
        <MarkdownField
          key={part}
          label={words[part]}
          minRows={3}
          value={form.values[part]}
          onChange={(text) => form.setFieldValue(part, text)}
        />
      ))}
      <ChangeFields launch={launch} form={form} />
      <div className="actions">
        <Button type="submit" kind="primary" pending={save.isPending}>
          {words.save}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  );
}

type Form = ReturnType<typeof useForm<Pick<Retrospective, (typeof parts)[number] | 'templateChanges'>>>;

function ChangeFields({ launch, form }: { launch: Launch; form: Form }) {
  const words = useMessages({ en, zh });
  const { locale } = useLocale();
  const key = launch.template?.key ?? '';
  const template = useQuery({ ...api.templates.get.queryOptions({ input: { template: key, locale } }), enabled: key !== '' }).data;
  const items = (template?.content.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <fieldset className="links">
      <legend>{words.changes}</legend>
      <p className="meta">{words.changesHelp}</p>
      {form.values.templateChanges.map((_, index) => (
        <div className="pair" key={index}>
          <Select
            aria-label={words.item}
            placeholder={words.whole}
            data={items}
            clearable
            {...form.getInputProps(`templateChanges.${index}.item`)}
          />
          <div className="row nowrap">
            <TextInput aria-label={words.what} {...form.getInputProps(`templateChanges.${index}.what`)} />
            <Button kind="quiet" icon={X} aria-label={words.removeOne} onClick={() => form.removeListItem('templateChanges', index)} />
          </div>
        </div>
      ))}
      <Button size="small" icon={Plus} onClick={() => form.insertListItem('templateChanges', { item: null, what: '' })}>
        {words.add}
      </Button>
    </fieldset>
  );
}
