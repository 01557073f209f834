import { useState } from 'react';
import { Checkbox } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { StateMark } from '../../web/kit/marks.tsx';
import { Page, PageHead, Section } from '../../web/kit/page.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import { type Notice, noticeKinds, type NoticeSettings } from './schema.ts';

/** What concerned the member, and what is told by e-mail. */
export function NoticesPage() {
  const words = useMessages({ en, zh });
  const settings = useQuery(api.notices.settings.queryOptions({ input: {} }));
  const notices = useQuery(api.notices.list.queryOptions({ input: {} }));
  return (
    <Page title={words.title} crumbs={[{ label: words.settings, to: '/settings/members' }]}>
      <Answer of={settings} what={words.reading}>
        {(found) => (
          <>
            <PageHead
              verdict={words.head(found.mailIsSetUp, found.emailKinds.length, found.address)}
              note={found.mailIsSetUp ? words.chooseNote : words.setUp}
            />
            <Choose settings={found} />
          </>
        )}
      </Answer>
      <Answer of={notices} what={words.reading}>
        {({ notices: all }) => (
          <Section title={words.list} subtitle={words.listNote} ruled>
            <NoticeTable label={words.list} notices={all} empty={<EmptyState>{words.empty}</EmptyState>} />
          </Section>
        )}
      </Answer>
    </Page>
  );
}

function Choose({ settings }: { settings: NoticeSettings }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const [kinds, setKinds] = useState<string[]>(settings.emailKinds);
  const update = useMutation(
    api.notices.updateSettings.mutationOptions({
      onSuccess: async () => {
        toast({ text: words.saved });
        await queries.invalidateQueries({ queryKey: api.notices.key() });
      },
      onError: toastFailure,
    }),
  );
  const save = () => update.mutate({ emailKinds: noticeKinds.filter((kind) => kinds.includes(kind)) });
  return (
    <div className="form">
      <Checkbox.Group label={words.choose} value={kinds} onChange={setKinds}>
        {noticeKinds.map((kind) => (
          <Checkbox key={kind} value={kind} label={words.kinds[kind]} mt={6} />
        ))}
      </Checkbox.Group>
      <div className="actions">
        <Button kind="primary" pending={update.isPending} onClick={save}>
          {words.save}
        </Button>
      </div>
    </div>
  );
}

const marks = { waiting: 'waiting', sent: 'done', failed: 'failed', kept: 'not_yet' } as const;

type TableProps = { label: string; notices: Notice[]; empty: React.ReactNode; actions?: (row: Notice) => React.ReactNode };

/** Notices with what became of them. */
export function NoticeTable({ label, notices, empty, actions }: TableProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const day = (value: string | null) => (value ? format.date(value, { year: true }) : '');
  return (
    <Table
      label={label}
      rows={notices}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'what',
          head: words.what,
          cell: ({ content }) => (
            <Link to={content.path}>{words.sentence({ ...content, written: { day: day(content.day), before: day(content.before) } })}</Link>
          ),
        },
        { key: 'when', head: words.when, cell: ({ createdAt }) => format.dateTime(createdAt) },
        {
          key: 'state',
          head: words.mail,
          cell: ({ state, tries, error }) => (
            <>
              <StateMark state={marks[state]}>{words.states[state]}</StateMark>
              {error ? <div className="meta">{words.tries(tries, error)}</div> : null}
            </>
          ),
        },
        ...(actions ? [{ key: 'actions', head: words.open, silent: true, cell: actions }] : []),
      ]}
    />
  );
}
