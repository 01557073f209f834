import { Fragment } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { api } from '../../web/kit/client.ts';
import { useConfirm } from '../../web/kit/confirm.tsx';
import { Button, Tag } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useLocale, useMessages } from '../../web/kit/locale.tsx';
import { Facts, PageHead, Section } from '../../web/kit/page.tsx';
import { PermissionState } from '../../web/kit/states.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { byDue } from './groups.ts';
import { GateTables, ItemTable } from './lists.tsx';
import { en, zh } from './messages.ts';
import type { Template } from './schema.ts';

/** What a template lists, by when, for whom it was made, and who used it. */
export function TemplateDocument({ template, mayChange }: { template: Template; mayChange: boolean }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { name, content, version, isUsual, createdBy, createdAt } = template;
  return (
    <>
      <PageHead
        title={name}
        tags={
          <>
            <Tag>{words.purposes[content.purpose]}</Tag>
            <Tag>{content.tier === null ? words.anyTier : words.tierOf(content.tier)}</Tag>
            <Tag tone="line">{isUsual ? words.fromLandfall : words.ownVersion(format.number(version))}</Tag>
          </>
        }
      />
      {mayChange ? null : <PermissionState>{words.readOnly}</PermissionState>}
      <Facts
        items={[
          [words.madeFor, <Audience key="audience" of={content.audience} />],
          [words.channels, content.channels.length > 0 ? format.list(content.channels) : words.noChannels],
          [words.usedBy, <Uses key="uses" of={template} />],
          ...(createdAt ? [[words.saved, words.savedBy(createdBy, format.dateTime(createdAt))] as [string, string]] : []),
        ]}
      />
      {content.items.length === 0 ? <p className="ink2">{words.noItems}</p> : null}
      {byDue(content.items).map(({ group, items }) => (
        <Section key={group} title={words.groups[group]} count={words.count(items.length)} ruled>
          <ItemTable label={words.groups[group]} items={items} all={content.items} />
        </Section>
      ))}
      <GateTables gates={content.gates} />
      {mayChange ? <DeleteTemplate template={template} /> : null}
    </>
  );
}

function Audience({ of: { segments, personas, note } }: { of: Template['content']['audience'] }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const parts = [
    segments.length > 0 && words.segmentsOf(format.list(segments)),
    personas.length > 0 && words.personasOf(format.list(personas)),
  ].filter((part): part is string => Boolean(part));
  return (
    <>
      {parts.length > 0 ? parts.join(words.semicolon) : words.nobodyInParticular}
      {note ? <div>{note}</div> : null}
    </>
  );
}

function Uses({ of: { usedBy } }: { of: Template }) {
  const words = useMessages({ en, zh });
  if (usedBy.length === 0) return <>{words.notUsed}</>;
  return usedBy.map(({ launch, name, segments, personas }, index) => {
    const whom = [...segments, ...personas].join(words.comma);
    return (
      <Fragment key={launch}>
        {index > 0 ? words.semicolon : null}
        <Link to="/launches/$launch" params={{ launch }}>
          {words.usedFor(name, whom)}
        </Link>
      </Fragment>
    );
  });
}

function DeleteTemplate({ template: { key, name } }: { template: Template }) {
  const words = useMessages({ en, zh });
  const { locale } = useLocale();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const confirm = useConfirm();
  const refresh = () => queries.invalidateQueries({ queryKey: api.templates.key() });
  const restore = useMutation(
    api.templates.restore.mutationOptions({
      onSuccess: async (restored) => {
        await refresh();
        toast({ text: words.restored(restored.name) });
      },
      onError: toastFailure,
    }),
  );
  const remove = useMutation(
    api.templates.delete.mutationOptions({
      onSuccess: async () => {
        await navigate({ to: '/templates' });
        await refresh();
        toast({ text: words.removed(name), undo: () => restore.mutate({ template: key, locale }) });
      },
      onError: toastFailure,
    }),
  );
  const ask = async () => {
    const agreed = await confirm({ title: words.removeTitle(name), text: words.removeText, action: words.remove, danger: true });
    if (agreed) remove.mutate({ template: key, locale });
  };
  return (
    <Section title={words.removeTitle(name)} subtitle={words.removeText} ruled>
      <Button kind="danger" pending={remove.isPending} onClick={() => void ask()}>
        {words.remove}
      </Button>
    </Section>
  );
}
