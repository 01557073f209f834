import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useLocale, useMessages } from '../../web/kit/locale.tsx';
import { Facts, Page, PageHead } from '../../web/kit/page.tsx';
import { useMayEdit, useSession } from '../../web/kit/session.tsx';
import { Answer, Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { DeleteAnnouncement, PublishButton, WithdrawButton } from './deciding.tsx';
import { AnnouncementEditor, type AnnouncementDraft, draftOf, Preview } from './editor.tsx';
import { AnnouncementMark } from './list.tsx';
import { en, zh } from './messages.ts';
import type { Announcement } from './schema.ts';

const crumbs = (label: string) => [{ label, to: '/announcements' }];

/** A draft, for the launch that the address names. */
export function NewAnnouncement() {
  const words = useMessages({ en, zh });
  const { locale } = useLocale();
  const { launch }: { launch?: string } = useSearch({ strict: false });
  const found = useQuery({ ...api.launches.get.queryOptions({ input: { launch: launch ?? '' } }), enabled: Boolean(launch) });
  return (
    <Page title={words.newTitle} crumbs={crumbs(words.title)}>
      <PageHead title={words.newTitle} />
      {launch && found.isPending ? null : <NewDraft draft={draftOf(undefined, { launch: found.data?.id ?? null, locale })} />}
    </Page>
  );
}

function NewDraft({ draft }: { draft: AnnouncementDraft }) {
  const words = useMessages({ en, zh });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const create = useMutation(
    api.announcements.create.mutationOptions({
      onSuccess: async ({ slug, title }) => {
        toast({ text: words.saved(title) });
        await queries.invalidateQueries({ queryKey: api.announcements.key() });
        await navigate({ to: '/announcements/$announcement', params: { announcement: slug } } as never);
      },
    }),
  );
  return (
    <AnnouncementEditor
      draft={draft}
      pending={create.isPending}
      submit={words.saveDraft}
      onSave={(fields) => create.mutate(fields)}
      error={create.error ? <Notice tone="bad">{toFailure(create.error).message}</Notice> : null}
    />
  );
}

export function AnnouncementPage() {
  const words = useMessages({ en, zh });
  const { announcement = '' }: { announcement?: string } = useParams({ strict: false });
  const answer = useQuery(api.announcements.get.queryOptions({ input: { announcement } }));
  return (
    <Page title={answer.data?.title ?? words.title} crumbs={crumbs(words.title)}>
      <Answer of={answer} what={words.readingOne}>
        {(found) => <OneAnnouncement key={found.id} of={found} />}
      </Answer>
    </Page>
  );
}

const isOut = ({ state }: Announcement) => state === 'published' || state === 'scheduled';

function OneAnnouncement({ of: found }: { of: Announcement }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const mayEdit = useMayEdit();
  const { role } = useSession();
  const mayPublish = role === 'owner' || role === 'pmm';
  const changelog = useQuery(api.changelogs.get.queryOptions({ input: {} }));
  const address =
    found.state === 'published' && changelog.data?.isPublic ? `${changelog.data.address}/${encodeURIComponent(found.slug)}` : null;
  return (
    <>
      <PageHead title={found.title} tags={<AnnouncementMark of={found} />} />
      {mayEdit && !mayPublish ? <Notice>{isOut(found) ? words.lockedForYou : words.draftOnly}</Notice> : null}
      <Facts
        items={[
          ...(found.publishAt && isOut(found) ? [[words.when, format.dateTime(found.publishAt)] as [string, string]] : []),
          ...(found.publishedBy ? [[words.by, found.publishedBy] as [string, string]] : []),
          ...(found.withdrawnReason ? [[words.why, found.withdrawnReason] as [string, string]] : []),
          ...(address
            ? [
                [
                  words.address,
                  <a key="address" href={address} target="_blank" rel="noopener">
                    {address}
                  </a>,
                ] as [string, React.ReactNode],
              ]
            : []),
        ]}
      />
      {mayEdit && (mayPublish || !isOut(found)) ? <Edit of={found} mayPublish={mayPublish} /> : <Preview draft={found} />}
    </>
  );
}

/** Begins with what was read when the page was opened: what somebody else saves meanwhile never replaces what is being written. */
function Edit({ of: found, mayPublish }: { of: Announcement; mayPublish: boolean }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const [base, setBase] = useState(found);
  const update = useMutation(
    api.announcements.update.mutationOptions({
      onSuccess: async (saved) => {
        setBase(saved);
        toast({ text: words.saved(saved.title) });
        await queries.invalidateQueries({ queryKey: api.announcements.key() });
      },
    }),
  );
  const { variables } = update;
  const load = (newer: Announcement) => {
    update.reset();
    setBase(newer);
  };
  return (
    <AnnouncementEditor
      key={base.version}
      draft={draftOf(base)}
      pending={update.isPending}
      submit={words.save}
      onSave={(draft) => update.mutate({ announcement: base.id, version: base.version, ...draft })}
      error={
        <EditNotice
          error={update.error}
          isLive={isOut(found)}
          onLoad={load}
          onKeep={({ version }) => (variables ? update.mutate({ ...variables, version }) : undefined)}
        />
      }
      actions={(isChanged) =>
        mayPublish ? (
          <>
            {isOut(base) ? (
              <WithdrawButton of={base} isChanged={isChanged} onDecided={load} />
            ) : (
              <PublishButton of={base} isChanged={isChanged} onDecided={load} />
            )}
            <DeleteAnnouncement of={base} />
          </>
        ) : null
      }
    />
  );
}

type EditNoticeProps = {
  error: unknown;
  isLive: boolean;
  onLoad: (newer: Announcement) => void;
  onKeep: (newer: Announcement) => void;
};

function EditNotice({ error, isLive, onLoad, onKeep }: EditNoticeProps) {
  const words = useMessages({ en, zh });
  if (!error) return isLive ? <Notice>{words.isLive}</Notice> : null;
  const { message, details } = toFailure(error);
  const { current } = (details ?? {}) as { current?: Announcement };
  if (!current) return <Notice tone="bad">{message}</Notice>;
  return (
    <Notice tone="warn">
      {words.conflict}{' '}
      <Button size="small" onClick={() => onLoad(current)}>
        {words.takeTheirs}
      </Button>{' '}
      <Button size="small" onClick={() => onKeep(current)}>
        {words.keepMine}
      </Button>
    </Notice>
  );
}
