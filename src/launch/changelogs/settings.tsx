import { useState } from 'react';
import { Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, Copy } from 'lucide-react';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Facts, Section } from '../../web/kit/page.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { Answer, Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import { type Changelog, changelogName } from './schema.ts';

type Props = { open: boolean; onClose: () => void };

/** Whether anybody outside can read, under which name, and on which sites the widget may stand. */
export function ChangelogSettings({ open, onClose }: Props) {
  const words = useMessages({ en, zh });
  const { role } = useSession();
  const answer = useQuery(api.changelogs.get.queryOptions({ input: {} }));
  const mayChange = role === 'owner' || role === 'pmm';
  return (
    <Dialog open={open} onClose={onClose} title={words.title} wide>
      <Answer of={answer} what={words.reading}>
        {(found) => (
          <>
            {mayChange ? <SettingsForm key={found.version} of={found} onClose={onClose} /> : <Notice>{words.readOnly}</Notice>}
            {found.isPublic && found.widget ? <WidgetCode widget={found.widget} feed={found.feed} /> : null}
          </>
        )}
      </Answer>
    </Dialog>
  );
}

const nameOf = (workspace: string): string =>
  workspace
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);

function SettingsForm({ of: found, onClose }: { of: Changelog; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const { workspace } = useSession();
  const form = useForm({
    initialValues: {
      isPublic: found.isPublic,
      name: found.name ?? nameOf(workspace.name),
      title: found.title,
      locale: found.locale,
      origins: found.origins,
    },
    validate: {
      name: (value) => (changelogName.safeParse(value).success ? null : words.nameNeeded),
      title: (value) => (value.trim() ? null : words.headingNeeded),
    },
  });
  const update = useMutation(
    api.changelogs.update.mutationOptions({
      onSuccess: async ({ isPublic }) => {
        toast({ text: words.saved });
        await queries.invalidateQueries({ queryKey: api.changelogs.key() });
        if (!isPublic) onClose();
      },
    }),
  );
  return (
    <form className="form" noValidate onSubmit={form.onSubmit((fields) => update.mutate({ ...fields, version: found.version }))}>
      {update.error ? <Notice tone="bad">{toFailure(update.error).message}</Notice> : null}
      <Switch label={words.isPublic} description={words.isPublicHelp} {...form.getInputProps('isPublic', { type: 'checkbox' })} />
      <TextInput
        label={words.name}
        description={words.nameHelp(`${window.location.origin}/changelog/${form.values.name || '…'}`)}
        {...form.getInputProps('name')}
      />
      <div className="pair">
        <TextInput label={words.heading} maxLength={120} {...form.getInputProps('title')} />
        <Select
          label={words.language}
          data={(['en', 'zh'] as const).map((value) => ({ value, label: words.languages[value] }))}
          allowDeselect={false}
          {...form.getInputProps('locale')}
        />
      </div>
      <TagsInput label={words.origins} description={words.originsHelp} maxTags={50} {...form.getInputProps('origins')} />
      <div className="actions">
        <Button type="submit" kind="primary" pending={update.isPending}>
          {words.save}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  );
}

function WidgetCode({ widget, feed }: { widget: string; feed: string | null }) {
  const words = useMessages({ en, zh });
  const [done, setDone] = useState(false);
  const line = `<script src="${widget}" defer></script>`;
  const take = async () => {
    await navigator.clipboard.writeText(line);
    setDone(true);
  };
  return (
    <Section title={words.widget} subtitle={words.widgetHelp} ruled>
      <TextInput
        className="secret"
        label={words.line}
        description={words.widgetPlace}
        readOnly
        value={line}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className="actions">
        <Button icon={done ? Check : Copy} onClick={() => void take()}>
          {done ? words.copied : words.copy}
        </Button>
        <output className="vh">{done ? words.copied : ''}</output>
      </div>
      {feed ? (
        <Facts
          items={[
            [
              words.feed,
              <a key="feed" href={feed}>
                {feed}
              </a>,
            ],
          ]}
        />
      ) : null}
    </Section>
  );
}
