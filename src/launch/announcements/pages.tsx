import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useChanges } from '../../web/kit/changes.ts';
import { api } from '../../web/kit/client.ts';
import { Button, ButtonLink } from '../../web/kit/controls.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead } from '../../web/kit/page.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { ChangelogLine } from '../changelogs/line.tsx';
import { ChangelogSettings } from '../changelogs/settings.tsx';
import { LaunchFrame } from '../launches/frame.tsx';
import type { Launch } from '../launches/schema.ts';
import { AnnouncementList } from './list.tsx';
import { en, zh } from './messages.ts';
import type { Announcement, AnnouncementState } from './schema.ts';

const countOf = (announcements: Announcement[], state: AnnouncementState) => announcements.filter((each) => each.state === state).length;

function CreateLink({ launch }: { launch?: string }) {
  const words = useMessages({ en, zh });
  return (
    <ButtonLink kind="primary" icon={Plus} keys="C" to="/announcements/new" search={launch ? { launch } : undefined}>
      {words.create}
    </ButtonLink>
  );
}

/** Everything that the workspace announced, or is about to. */
export function Announcements() {
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  const navigate = useNavigate();
  const answer = useQuery(api.announcements.list.queryOptions({ input: {} }));
  const [settings, setSettings] = useState(false);
  useChanges();
  useKeys({ c: () => mayEdit && void navigate({ to: '/announcements/new' } as never) });
  const create = mayEdit ? <CreateLink /> : null;
  return (
    <Page title={words.title} actions={answer.data?.announcements.length ? create : null}>
      <Answer of={answer} what={words.reading}>
        {({ announcements }) => (
          <>
            <PageHead
              verdict={words.head(
                countOf(announcements, 'published'),
                countOf(announcements, 'scheduled'),
                countOf(announcements, 'draft'),
              )}
              note={<ChangelogLine />}
            />
            <AnnouncementList
              announcements={announcements}
              actions={<Button onClick={() => setSettings(true)}>{words.setup}</Button>}
              empty={<EmptyState actions={create}>{mayEdit ? words.empty : words.emptyRead}</EmptyState>}
            />
          </>
        )}
      </Answer>
      <ChangelogSettings open={settings} onClose={() => setSettings(false)} />
    </Page>
  );
}

/** What is announced for one launch. */
export function LaunchAnnouncements() {
  const mayEdit = useMayEdit();
  return (
    <LaunchFrame tab="announcements" actions={({ key }) => (mayEdit ? <CreateLink launch={key} /> : null)}>
      {(launch) => <OfLaunch launch={launch} />}
    </LaunchFrame>
  );
}

function OfLaunch({ launch }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const answer = useQuery(api.announcements.list.queryOptions({ input: { launch: launch.key } }));
  return (
    <Answer of={answer} what={words.reading}>
      {({ announcements }) => (
        <>
          <PageHead
            verdict={words.head(countOf(announcements, 'published'), countOf(announcements, 'scheduled'), countOf(announcements, 'draft'))}
            note={<ChangelogLine />}
          />
          <AnnouncementList announcements={announcements} ofLaunch empty={<EmptyState>{words.emptyOfLaunch}</EmptyState>} />
        </>
      )}
    </Answer>
  );
}
