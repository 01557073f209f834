import '../../web/kit/styles/launch.css';
import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api } from '../../web/kit/client.ts';
import { Tag } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { PlaceProvider, useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { StateMark } from '../../web/kit/marks.tsx';
import { Facts, PageHead, Section } from '../../web/kit/page.tsx';
import { PlainPage } from '../../web/kit/plain-page.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { Answer, EmptyState, Notice } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { en as announcementEn, zh as announcementZh } from '../announcements/messages.ts';
import { useGateWords } from '../gates/words.tsx';
import { en as launchEn, zh as launchZh } from '../launches/messages.ts';
import { en as dayEn, zh as dayZh } from '../run-steps/messages.ts';
import { en, zh } from './messages.ts';
import type { LaunchStatus } from './schema.ts';

const halfMinute = 30_000;
const millisecondsOfDay = 86_400_000;

/** Where the address of a status page leads, without signing in. */
export function StatusPage() {
  const words = useMessages({ en, zh });
  const { token = '' }: { token?: string } = useParams({ strict: false });
  const opened = useQuery({ ...api.statusPages.open.queryOptions({ input: { token } }), refetchInterval: halfMinute });
  if (opened.error && ['not_found', 'invalid'].includes(toFailure(opened.error).code))
    return (
      <PlainPage title={words.gone}>
        <p className="lead">{words.goneText}</p>
      </PlainPage>
    );
  return (
    <PlainPage title={opened.data?.launch.name ?? words.reading} wide>
      {opened.data && opened.error ? <Notice tone="warn">{words.lost}</Notice> : null}
      {opened.data ? (
        <Placed status={opened.data} />
      ) : (
        <Answer of={opened} what={words.reading}>
          {() => null}
        </Answer>
      )}
    </PlainPage>
  );
}

/** Days and hours are those of the workspace, wherever they are read. */
function Placed({ status }: { status: LaunchStatus }) {
  const { timeZone } = status;
  const place = useMemo(() => ({ timeZone, currency: 'USD' }), [timeZone]);
  return (
    <PlaceProvider place={place}>
      <Status {...status} />
    </PlaceProvider>
  );
}

function useVerdict({ launch, today }: Pick<LaunchStatus, 'launch' | 'today'>): string {
  const words = useMessages({ en, zh });
  if (launch.state === 'cancelled') return words.cancelled;
  const days = Math.round((Date.parse(launch.marketDate) - Date.parse(today)) / millisecondsOfDay);
  return days === 0 ? words.goesToday : days > 0 ? words.goesOut(days) : words.wentOut(-days);
}

function Status(status: LaunchStatus) {
  const words = useMessages({ en, zh });
  const { stages } = useMessages({ en: launchEn, zh: launchZh });
  const format = useFormat();
  const { launch, deliverables, changedAt } = status;
  const verdict = useVerdict(status);
  const date = (day: string | null) => (day ? format.date(day, { year: true }) : words.open);
  return (
    <>
      <PageHead verdict={<Starred text={verdict} />} note={words.changed(format.dateTime(changedAt))} />
      <Section title={words.dates}>
        <Facts
          items={[
            [words.stage, stages[launch.stage]],
            [words.ready, date(launch.readyDate)],
            [words.market, date(launch.marketDate)],
            [
              words.needed,
              deliverables.of > 0 ? words.neededOf(format.number(deliverables.finished), format.number(deliverables.of)) : words.neededNone,
            ],
          ]}
        />
      </Section>
      <PassedGates gates={status.gates} />
      <Day status={status} />
      <Published announcements={status.announcements} />
    </>
  );
}

function PassedGates({ gates }: Pick<LaunchStatus, 'gates'>) {
  const words = useMessages({ en, zh });
  const { gateName } = useGateWords();
  const format = useFormat();
  return (
    <Section title={words.gates}>
      {gates.length === 0 ? <p className="meta">{words.gatesNone}</p> : null}
      <Facts
        items={gates.map(({ stage, passedAt }) => [
          gateName(stage),
          <StateMark key={stage} state={passedAt ? 'done' : 'waiting'}>
            {passedAt ? words.passed(format.dateTime(passedAt)) : words.notPassed}
          </StateMark>,
        ])}
      />
    </Section>
  );
}

function Day({ status: { steps, timeZone } }: { status: LaunchStatus }) {
  const words = useMessages({ en, zh });
  const day = useMessages({ en: dayEn, zh: dayZh });
  const format = useFormat();
  const next = steps.find(({ state }) => state === 'waiting');
  return (
    <Section title={words.day} subtitle={words.dayNote(timeZone)}>
      <Table
        label={words.day}
        rows={steps}
        rowKey={({ id }) => id}
        empty={<EmptyState>{words.dayNone}</EmptyState>}
        columns={[
          {
            key: 'step',
            head: words.step,
            cell: ({ id, text }) => (
              <>
                {text} {id === next?.id ? <Tag tone="sea">{day.next}</Tag> : null}
              </>
            ),
          },
          {
            key: 'when',
            head: words.when,
            width: '160px',
            cell: ({ dayOffset, atTime }) => (
              <span className="num">
                {dayOffset === 0 ? '' : `${day.dayOf(dayOffset)}, `}
                {atTime}
              </span>
            ),
          },
          {
            key: 'state',
            head: words.state,
            width: '190px',
            cell: ({ state, checkedAt }) => (
              <>
                <StateMark state={state}>{day.states[state]}</StateMark>
                {checkedAt ? <span className="meta block">{format.dateTime(checkedAt)}</span> : null}
              </>
            ),
          },
        ]}
      />
    </Section>
  );
}

function Published({ announcements }: Pick<LaunchStatus, 'announcements'>) {
  const words = useMessages({ en, zh });
  const { categories } = useMessages({ en: announcementEn, zh: announcementZh });
  const format = useFormat();
  return (
    <Section title={words.published}>
      {announcements.length === 0 ? <p className="meta">{words.publishedNone}</p> : null}
      <ul className="plain-list">
        {announcements.map(({ title, category, publishedAt, url }) => (
          <li key={publishedAt + title}>
            {url ? <a href={url}>{title}</a> : title}{' '}
            <span className="meta">
              {categories[category]}, {format.dateTime(publishedAt)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
