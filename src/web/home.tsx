import { useState } from 'react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import type { LandingReport } from '../impact/landing-reports/schema.ts';
import type { Launch } from '../launch/launches/schema.ts';
import { GetStarted } from './get-started.tsx';
import { Answer } from './home-answer.tsx';
import { Judged, Upcoming } from './home-tables.tsx';
import { api } from './kit/client.ts';
import { ButtonLink } from './kit/controls.tsx';
import { useFormat } from './kit/format-context.tsx';
import { useMessages } from './kit/locale.tsx';
import { Columns, Page } from './kit/page.tsx';
import { useMayEdit, useSession } from './kit/session.tsx';
import { Answer as Known, ErrorState, LoadingState } from './kit/states.tsx';
import { en, zh } from './messages.ts';

/** More than these are a click away; measuring every launch of years would make Home wait. */
const measured = 6;
const headlineToCome = ['52%', '44%', '36%'];

export type Measured = { launch: Launch; report: LandingReport | undefined; error: unknown; pending: boolean };

export function Home() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const mayEdit = useMayEdit();
  const today = useToday();
  const launches = useQuery(api.launches.list.queryOptions({ input: {} }));
  const create = (
    <ButtonLink icon={Plus} keys="C" to="/launches/new">
      {words.empty.launchAction}
    </ButtonLink>
  );
  return (
    <Page
      title={words.home}
      note={format.date(today, { weekday: true, year: true })}
      actions={mayEdit && launches.data?.launches.length ? create : null}
    >
      <Known of={launches} what={words.reading} lines={['74%', '58%']}>
        {(data) => (data.launches.length === 0 ? <GetStarted /> : <Answered launches={data.launches} today={today} />)}
      </Known>
    </Page>
  );
}

function Answered({ launches, today }: { launches: Launch[]; today: string }) {
  const words = useMessages({ en, zh });
  const past = launches.filter(({ marketDate }) => marketDate <= today);
  const upcoming = launches.filter(({ marketDate }) => marketDate > today).toSorted((a, b) => a.marketDate.localeCompare(b.marketDate));
  const latest = past.slice(0, measured);
  const reports = useQueries({
    queries: latest.map(({ key }) => api.landingReports.get.queryOptions({ input: { launch: key } })),
  });
  const judged = latest.map((launch, index): Measured => {
    const answer = reports[index];
    return { launch, report: answer?.data, error: answer?.error, pending: answer?.isPending ?? false };
  });
  const waiting = judged.some(({ pending }) => pending);
  const failed = reports.length > 0 && reports.every(({ isError }) => isError);
  if (failed) return <ErrorState error={reports[0]?.error} onRetry={() => reports.forEach((report) => void report.refetch())} />;
  const both = judged.length > 0 && upcoming.length > 0;
  return (
    <>
      {waiting ? (
        <div className="answer-to-come">
          <LoadingState what={words.measuring} lines={headlineToCome} />
        </div>
      ) : (
        <Answer judged={judged} upcoming={upcoming} today={today} />
      )}
      <Columns split={both ? 'wide-narrow' : 'whole'} ruled>
        {judged.length > 0 ? <Judged rows={judged} alone={!both} more={past.length > measured} /> : null}
        {upcoming.length > 0 ? <Upcoming launches={upcoming} today={today} /> : null}
      </Columns>
    </>
  );
}

/** Today where the workspace is: a launch is out when its day has come there. */
function useToday(): string {
  const { workspace } = useSession();
  const [now] = useState(() => new Date());
  return new Intl.DateTimeFormat('en-CA', { timeZone: workspace.timeZone }).format(now);
}
