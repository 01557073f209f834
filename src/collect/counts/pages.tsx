import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useAddress } from '../../web/kit/address.ts';
import { LineChart } from '../../web/kit/charts/line-chart.tsx';
import { api } from '../../web/kit/client.ts';
import { Segmented, TextButton } from '../../web/kit/controls.tsx';
import { Drawer } from '../../web/kit/drawer.tsx';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { LiveAnswer } from '../../web/kit/live-answer.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead, Section } from '../../web/kit/page.tsx';
import { useMayEdit, useSession } from '../../web/kit/session.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { Table, type Column } from '../../web/kit/table.tsx';
import { Connect } from './connect.tsx';
import { en, zh } from './messages.ts';
import type { Counts, KeyCount, PeriodCount } from './schema.ts';
import { firstDay, periodsUpTo, type Span, spans } from './spans.ts';

const refreshMilliseconds = 5000;
const fates = ['stored', 'duplicate', 'failed', 'waiting'] as const;
const isSpan = (text: string | undefined): text is Span => text !== undefined && Object.hasOwn(spans, text);

/** What clients sent, and what became of it. */
export function EventsReceived() {
  const words = useMessages({ en, zh });
  const today = useToday();
  const [asked, setAsked] = useAddress('span');
  const span = isSpan(asked) ? asked : 'month';
  const { by } = spans[span];
  const from = firstDay(span, today);
  const answer = useQuery({
    ...api.events.counts.queryOptions({ input: { by, from } }),
    refetchInterval: refreshMilliseconds,
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={words.title}>
      <LiveAnswer of={answer} what={words.reading}>
        {(counts) =>
          counts.keys.every(({ lastAt, received }) => lastAt === null && received === 0) ? (
            <>
              <PageHead verdict={words.nothingYet} note={words.note} />
              <Connect />
            </>
          ) : (
            <Received counts={counts} span={span} onSpan={setAsked} />
          )
        }
      </LiveAnswer>
    </Page>
  );
}

type ReceivedProps = { counts: Counts; span: Span; onSpan: (span: Span) => void };

function Received({ counts, span, onSpan }: ReceivedProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const inSpan = words.inSpan[span];
  const last = counts.keys
    .flatMap(({ lastAt }) => lastAt ?? [])
    .toSorted()
    .at(-1);
  const verdict =
    counts.received === 0
      ? words.nothingIn(inSpan)
      : words.head(format.number(counts.received), format.number(counts.failed), counts.failed, inSpan);
  return (
    <>
      <PageHead
        verdict={<Starred text={verdict} />}
        note={`${last ? words.lastEvent(format.dateTime(last)) : ''} ${words.note}`.trim()}
        aside={
          <Segmented
            label={words.span}
            name="span"
            value={span}
            choices={(Object.keys(spans) as Span[]).map((value) => ({ value, label: words.spans[value] }))}
            onChange={onSpan}
          />
        }
      />
      {counts.isWhole ? null : <Notice tone="warn">{words.notWhole}</Notice>}
      {counts.received > 0 ? <OverTime counts={counts} span={span} /> : null}
      <ByKey counts={counts} span={span} />
      <details className="fold">
        <summary>{words.connect}</summary>
        <Connect />
      </details>
    </>
  );
}

function OverTime({ counts, span }: { counts: Counts; span: Span }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { timeZone } = useSession().workspace;
  const today = useToday();
  const [now] = useState(() => new Date());
  const { by } = spans[span];
  const found = new Map(counts.periods.map((period) => [period.at, period]));
  const ats = [...new Set([...periodsUpTo(span, today, now, timeZone), ...found.keys()])].toSorted();
  const shown = fates.filter((fate) => fate === 'stored' || counts[fate] > 0);
  return (
    <LineChart
      title={words.chart(by)}
      subtitle={words.sum}
      by={by}
      write={format.number}
      measure={words.measure}
      series={shown.map((fate) => ({
        key: fate,
        name: words[fate],
        points: ats.map((at) => ({ at, value: found.get(at)?.[fate] ?? 0 })),
      }))}
    />
  );
}

function ByKey({ counts, span }: { counts: Counts; span: Span }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const mayEdit = useMayEdit();
  const [opened, setOpened] = useState<string | null>(null);
  const open = counts.keys.find(({ key }) => key === opened);
  const nameOf = ({ key, name }: KeyCount) => name ?? words.gone(key);
  const { by } = spans[span];
  return (
    <Section title={words.byKey} subtitle={words.sum}>
      <Table
        label={words.byKey}
        rows={counts.keys}
        rowKey={({ key }) => key}
        onOpen={({ key }) => setOpened(key)}
        columns={[
          {
            key: 'key',
            head: words.key,
            cell: (row) => <TextButton onClick={() => setOpened(row.key)}>{nameOf(row)}</TextButton>,
            sort: nameOf,
          },
          ...useCountColumns<KeyCount>((row) =>
            row.failed > 0 && mayEdit ? (
              <Link to="/failed-events" search={{ key: row.key }} title={words.failedHref}>
                {format.number(row.failed)}
              </Link>
            ) : (
              format.number(row.failed)
            ),
          ),
          {
            key: 'last',
            head: words.last,
            cell: ({ lastAt }) => (lastAt ? format.dateTime(lastAt) : <span className="ink3">{words.never}</span>),
            sort: ({ lastAt }) => lastAt,
          },
        ]}
        totals={[words.all, ...(['received', ...fates] as const).map((fate) => format.number(counts[fate])), '']}
      />
      <Drawer open={open !== undefined} onClose={() => setOpened(null)} size="wide" title={open ? nameOf(open) : ''} subtitle={words.sum}>
        {open ? <Periods periods={open.periods} by={by} /> : null}
      </Drawer>
    </Section>
  );
}

function Periods({ periods, by }: { periods: PeriodCount[]; by: 'hour' | 'day' }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return (
    <Table
      label={words.periods(by)}
      size="compact"
      rows={periods.toReversed()}
      rowKey={({ at }) => at}
      empty={<p className="ink2">{words.noPeriods}</p>}
      columns={[
        {
          key: 'at',
          head: words.period[by],
          cell: ({ at }) => (by === 'hour' ? format.dateTime(at) : format.date(at, { weekday: true })),
          sort: ({ at }) => at,
        },
        ...useCountColumns<PeriodCount>(({ failed }) => format.number(failed)),
      ]}
    />
  );
}

/** Received, and the four things that can have become of it. */
function useCountColumns<Row extends Pick<PeriodCount, 'received' | (typeof fates)[number]>>(
  failed: (row: Row) => React.ReactNode,
): Column<Row>[] {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return (['received', ...fates] as const).map((fate) => ({
    key: fate,
    head: words[fate],
    number: true,
    cell: (row) => (fate === 'failed' ? failed(row) : format.number(row[fate])),
    sort: (row) => row[fate],
  }));
}
