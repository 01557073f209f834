import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useChanges } from '../../web/kit/changes.ts';
import { api, client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { CsvButton } from '../../web/kit/csv-button.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead, Section } from '../../web/kit/page.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { Answer, EmptyState, Notice } from '../../web/kit/states.tsx';
import { type Column, Table } from '../../web/kit/table.tsx';
import { en, zh } from './messages.ts';
import type { SelfReported, SelfReports } from './schema.ts';
import { SelfReportDrawer } from './setting.tsx';

/** What people say themselves of how they came, beside what was tracked. */
export function SelfReportsPage() {
  const words = useMessages({ en, zh });
  const { role } = useSession();
  const [isOpen, setOpen] = useState(false);
  useChanges(['selfReports']);
  const answer = useQuery(api.selfReports.get.queryOptions({ input: {} }));
  const setting = useQuery(api.selfReports.setting.queryOptions({ input: {} }));
  const isChosen = (setting.data?.sources.length ?? 0) > 0;
  const choose =
    role === 'owner' || role === 'pmm' ? (
      <Button kind={isChosen ? 'plain' : 'primary'} onClick={() => setOpen(true)}>
        {isChosen ? words.setup : words.choose}
      </Button>
    ) : null;
  return (
    <Page title={words.title} actions={isChosen ? choose : null}>
      <Answer of={answer} what={words.reading}>
        {(found) =>
          found.answers === 0 ? (
            <>
              <PageHead verdict={words.headEmpty} note={words.note} />
              <EmptyState actions={isChosen ? null : choose}>{isChosen ? words.emptyFound : words.empty}</EmptyState>
            </>
          ) : (
            <Found found={found} />
          )
        }
      </Answer>
      <SelfReportDrawer open={isOpen} onClose={() => setOpen(false)} />
    </Page>
  );
}

function Found({ found }: { found: SelfReports }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const answers = format.number(found.answers);
  const [most] = found.channels;
  return (
    <>
      <PageHead
        verdict={
          <Starred text={most ? words.head(most.channel, format.share(most.share, { digits: 0 }), answers) : words.headNone(answers)} />
        }
        note={words.note}
      />
      {found.truncated ? <Notice tone="warn">{words.truncated}</Notice> : null}
      <p className="prose">
        <Starred text={words.blind(format.number(found.withoutTouch), answers)} />
      </p>
      <Section
        title={words.list}
        subtitle={
          found.firstDay && found.lastDay
            ? words.listSub(format.date(found.firstDay), format.date(found.lastDay), found.undated)
            : words.listSubUndated
        }
        actions={<CsvButton file={() => client.selfReports.export({})} />}
      >
        <Table
          label={words.list}
          rows={found.channels}
          rowKey={({ channel, program }) => `${channel} ${program?.id ?? ''}`}
          columns={channelColumns(words, format)}
        />
      </Section>
      <Unmatched found={found} />
    </>
  );
}

const channelColumns = (words: typeof en, format: ReturnType<typeof useFormat>): Column<SelfReported>[] => [
  { key: 'channel', head: words.channel, cell: ({ channel }) => channel, sort: ({ channel }) => channel },
  {
    key: 'program',
    head: words.program,
    cell: ({ program }) =>
      program ? (
        <Link to="/programs/$program" params={{ program: program.key }}>
          {program.name}
        </Link>
      ) : (
        <span className="ink3">–</span>
      ),
  },
  { key: 'answers', head: words.answers, number: true, cell: ({ answers }) => format.number(answers), sort: ({ answers }) => answers },
  {
    key: 'share',
    head: words.share,
    number: true,
    cell: ({ share, low, high }) => {
      const [point, from, to] = [share, low, high].map((value) => format.share(value, { digits: 0 }));
      return format.interval(point!, from!, to!);
    },
  },
  {
    key: 'tracked',
    head: words.tracked,
    cell: ({ tracked }) =>
      format.list(
        tracked.map(({ channel, answers }) =>
          words.counted(channel === null ? words.noTouch : channel || words.noChannel, format.number(answers)),
        ),
      ),
  },
];

function Unmatched({ found: { unmatched, unmatchedAnswers } }: { found: SelfReports }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (unmatchedAnswers === 0) return null;
  return (
    <Section title={words.unmatched(format.number(unmatchedAnswers), unmatchedAnswers === 1)} subtitle={words.unmatchedSub}>
      <Table
        label={words.unmatched(format.number(unmatchedAnswers), unmatchedAnswers === 1)}
        size="compact"
        rows={unmatched}
        rowKey={({ answer }) => answer}
        columns={[
          { key: 'answer', head: words.answer, cell: ({ answer }) => answer },
          { key: 'answers', head: words.answers, number: true, cell: ({ answers }) => format.number(answers) },
        ]}
      />
    </Section>
  );
}
