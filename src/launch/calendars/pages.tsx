import { useState } from 'react';
import { NumberInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useAddress } from '../../web/kit/address.ts';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { useChanges } from '../../web/kit/changes.ts';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Columns, Page, PageHead, Section } from '../../web/kit/page.tsx';
import { addDays, daysBetween, isDay } from '../../web/kit/questions/ranges.ts';
import { useSession } from '../../web/kit/session.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { Answer } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { FreezeDialog } from './freeze-dialog.tsx';
import { CalendarLinks } from './links.tsx';
import { en, zh } from './messages.ts';
import type { Calendar, CalendarLaunch } from './schema.ts';

/** All launches by month, what stands in each other's way, and the way into a calendar program. */
export function CalendarPage() {
  const words = useMessages({ en, zh });
  const { role } = useSession();
  const [freezing, setFreezing] = useState(false);
  useChanges(['calendars']);
  const [asked, setFrom] = useAddress('from');
  const from = asked && isDay(asked) ? asked : undefined;
  const answer = useQuery(api.calendars.get.queryOptions({ input: { from } }));
  const maySet = role === 'owner' || role === 'pmm';
  return (
    <Page
      title={words.title}
      actions={
        <>
          {answer.data ? <Turning calendar={answer.data} setFrom={setFrom} /> : null}
          {maySet ? <Button onClick={() => setFreezing(true)}>{words.addFreeze}</Button> : null}
        </>
      }
    >
      <Answer of={answer} what={words.reading}>
        {(calendar) => (
          <>
            <Head calendar={calendar} />
            <Columns split="wide-narrow" ruled>
              <Months calendar={calendar} />
              <div>
                <Collisions calendar={calendar} />
                {maySet ? <Distance key={calendar.version} calendar={calendar} /> : null}
                <Freezes calendar={calendar} maySet={maySet} />
                <CalendarLinks />
              </div>
            </Columns>
          </>
        )}
      </Answer>
      {freezing ? <FreezeDialog onClose={() => setFreezing(false)} /> : null}
    </Page>
  );
}

/** Half a year back, half a year on, and home to today. */
function Turning({ calendar: { from, to }, setFrom }: { calendar: Calendar; setFrom: (from: string | undefined) => void }) {
  const words = useMessages({ en, zh });
  const today = useToday();
  const days = daysBetween(from, to) + 1;
  const turnTo = (day: string) => setFrom(day === today ? undefined : day);
  return (
    <>
      <Button onClick={() => turnTo(addDays(from, -days))}>{words.earlier}</Button>
      {from === today ? null : <Button onClick={() => setFrom(undefined)}>{words.fromToday}</Button>}
      <Button onClick={() => turnTo(addDays(from, days))}>{words.later}</Button>
    </>
  );
}

function Head({ calendar: { launches, collisions, from, to } }: { calendar: Calendar }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const frozen = launches.filter(({ frozenBy }) => frozenBy.length > 0).length;
  const span = from === useToday() ? null : ([format.date(from, { year: true }), format.date(to, { year: true })] as const);
  return <PageHead verdict={<Starred text={words.head(launches.length, collisions.length, frozen, span)} />} />;
}

type Entry = { day: string; kind: 'market' | 'ready'; launch: CalendarLaunch };

const entriesOf = ({ launches, from, to }: Calendar): Entry[] =>
  launches
    .flatMap((launch): Entry[] => [
      { day: launch.marketDate, kind: 'market', launch },
      ...(launch.readyDate ? [{ day: launch.readyDate, kind: 'ready' as const, launch }] : []),
    ])
    .filter(({ day }) => day >= from && day <= to)
    .toSorted((one, other) => one.day.localeCompare(other.day));

function Months({ calendar }: { calendar: Calendar }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const months = Map.groupBy(entriesOf(calendar), ({ day }) => day.slice(0, 7));
  if (months.size === 0)
    return (
      <Section title={words.months}>
        <p className="meta">{words.empty}</p>
      </Section>
    );
  return (
    <div>
      {[...months].map(([month, entries]) => (
        <Section key={month} title={words.month(format.month(`${month}-01`), month.slice(0, 4))}>
          <Table
            label={month}
            rows={entries}
            rowKey={({ kind, launch }) => `${launch.key} ${kind}`}
            columns={[
              {
                key: 'launch',
                head: words.launch,
                width: '32%',
                cell: ({ launch }) => (
                  <Link to="/launches/$launch" params={{ launch: launch.key }}>
                    {launch.name}
                  </Link>
                ),
              },
              { key: 'day', head: words.date, width: '90px', cell: ({ day }) => format.date(day) },
              {
                key: 'what',
                head: words.what,
                width: '22%',
                cell: ({ kind, launch }) => (
                  <>
                    {words[kind]}
                    {kind === 'market' ? <span className="meta"> {words.tier(launch.tier)}</span> : null}
                    {kind === 'market' && launch.frozenBy.length > 0 ? (
                      <span className="overdue"> {words.frozen(format.list(launch.frozenBy))}</span>
                    ) : null}
                  </>
                ),
              },
              { key: 'audience', head: words.audience, cell: ({ launch }) => format.list(launch.segments) || words.everybody },
            ]}
          />
        </Section>
      ))}
    </div>
  );
}

function Collisions({ calendar: { collisions, collisionDays } }: { calendar: Calendar }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return (
    <Section title={words.collisions} subtitle={words.collisionsSub(collisionDays)}>
      {collisions.length === 0 ? <p className="meta">{words.noCollisions}</p> : null}
      <ul className="stack">
        {collisions.map(({ first, second, daysApart, segments }) => (
          <li key={`${first.key} ${second.key}`}>
            {words.collision(first.name, second.name, daysApart)}: {words.both(format.list(segments) || words.everybody)}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** How many days there have to be between two launches for the same audience. */
function Distance({ calendar: { collisionDays, version } }: { calendar: Calendar }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const [days, setDays] = useState<number | string>(collisionDays);
  const update = useMutation(
    api.calendars.update.mutationOptions({
      onSuccess: (saved) => {
        toast({ text: words.savedDistance(saved.collisionDays) });
        return queries.invalidateQueries({ queryKey: api.calendars.key() });
      },
      onError: toastFailure,
    }),
  );
  return (
    <form
      className="row distance"
      onSubmit={(event) => {
        event.preventDefault();
        update.mutate({ collisionDays: Number(days), version });
      }}
    >
      <NumberInput
        label={words.distance}
        description={words.distanceHelp}
        min={0}
        max={365}
        allowDecimal={false}
        value={days}
        onChange={setDays}
      />
      {Number(days) !== collisionDays && days !== '' ? (
        <Button type="submit" pending={update.isPending}>
          {words.save}
        </Button>
      ) : null}
    </form>
  );
}

function Freezes({ calendar: { freezes }, maySet }: { calendar: Calendar; maySet: boolean }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: api.calendars.key() });
  const again = useMutation(api.freezePeriods.create.mutationOptions({ onSuccess: refresh, onError: toastFailure }));
  const remove = useMutation(api.freezePeriods.delete.mutationOptions({ onSuccess: refresh, onError: toastFailure }));
  return (
    <Section title={words.freezes}>
      {freezes.length === 0 ? <p className="meta">{words.noFreezes}</p> : null}
      <ul className="stack">
        {freezes.map(({ id, name, from, to }) => (
          <li key={id} className="row">
            <span>
              {name} <span className="meta">{format.range(format.date(from), format.date(to))}</span>
            </span>
            {maySet ? (
              <Button
                size="small"
                kind="quiet"
                onClick={() =>
                  remove.mutate(
                    { freeze: id },
                    { onSuccess: () => toast({ text: words.takenOut(name), undo: () => again.mutate({ name, from, to }) }) },
                  )
                }
              >
                {words.takeOut}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
