import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Download, Plus, Printer } from 'lucide-react';
import { useAddressSort } from '../../web/kit/address.ts';
import { api, client } from '../../web/kit/client.ts';
import { Conflict, type Differing } from '../../web/kit/conflict.tsx';
import { Button, ButtonLink } from '../../web/kit/controls.tsx';
import { saveText } from '../../web/kit/export-file.ts';
import { toFailure } from '../../web/kit/failure.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { useLocale, useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead } from '../../web/kit/page.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Answer, EmptyState, Notice } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { ExchangeLaunches, ImportLaunches } from './exchange.tsx';
import { LaunchFrame, useLaunch } from './frame.tsx';
import { LaunchForm } from './form.tsx';
import { GoalWords, LaunchDocument } from './document.tsx';
import { en, zh } from './messages.ts';
import type { Launch } from './schema.ts';

const today = () => new Date().toISOString().slice(0, 10);

export function Launches() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const navigate = useNavigate();
  const mayEdit = useMayEdit();
  const answer = useQuery(api.launches.list.queryOptions({ input: {} }));
  useKeys({ c: () => mayEdit && void navigate({ to: '/launches/new' }) });
  const create = mayEdit ? (
    <ButtonLink kind="primary" icon={Plus} keys="C" to="/launches/new">
      {words.create}
    </ButtonLink>
  ) : null;
  return (
    <Page title={words.title} actions={answer.data?.launches.length ? create : null}>
      <Answer of={answer} what={words.reading}>
        {({ launches }) => {
          const next = launches.findLast(({ marketDate }) => marketDate >= today());
          return (
            <>
              <PageHead verdict={words.head(launches.length, next ? words.headNext(next.name, format.date(next.marketDate)) : null)} />
              <LaunchTable
                launches={launches}
                empty={
                  <EmptyState
                    actions={
                      <>
                        {create}
                        <ImportLaunches />
                      </>
                    }
                  >
                    {words.empty}
                  </EmptyState>
                }
              />
              {launches.length > 0 ? <ExchangeLaunches /> : null}
            </>
          );
        }}
      </Answer>
    </Page>
  );
}

function LaunchTable({ launches, empty }: { launches: Launch[]; empty: React.ReactNode }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const navigate = useNavigate();
  return (
    <Table
      label={words.title}
      rows={launches}
      rowKey={({ id }) => id}
      empty={empty}
      onOpen={({ key }) => void navigate({ to: '/launches/$launch', params: { launch: key } })}
      {...useAddressSort()}
      columns={[
        {
          key: 'name',
          head: words.name,
          cell: ({ key, name }) => (
            <Link to="/launches/$launch" params={{ launch: key }}>
              {name}
            </Link>
          ),
          sort: ({ name }) => name,
        },
        { key: 'tier', head: words.tier, number: true, cell: ({ tier }) => format.number(tier), sort: ({ tier }) => tier },
        { key: 'stage', head: words.stage, cell: ({ stage }) => words.stages[stage], sort: ({ stage }) => stage },
        { key: 'market', head: words.marketDate, cell: ({ marketDate }) => format.date(marketDate), sort: ({ marketDate }) => marketDate },
        { key: 'feature', head: words.feature, cell: ({ feature }) => feature?.name ?? words.noFeature },
        { key: 'goal', head: words.goal, cell: (launch) => <GoalWords launch={launch} /> },
        {
          key: 'report',
          head: words.report,
          silent: true,
          cell: ({ key }) => (
            <Link to="/launches/$launch/report" params={{ launch: key }}>
              {words.report}
            </Link>
          ),
        },
      ]}
    />
  );
}

const crumbs = (label: string) => [{ label, to: '/launches' }];

export function NewLaunch() {
  const words = useMessages({ en, zh });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const create = useMutation(
    api.launches.create.mutationOptions({
      onSuccess: async (launch) => {
        await queries.invalidateQueries({ queryKey: api.launches.key() });
        toast({ text: words.created(launch.name) });
        await navigate({ to: '/launches/$launch', params: { launch: launch.key } });
      },
    }),
  );
  return (
    <Page title={words.newTitle} crumbs={crumbs(words.title)}>
      <PageHead title={words.newTitle} />
      <LaunchForm
        pending={create.isPending}
        onSave={(fields) => create.mutate(fields)}
        onCancel={() => void navigate({ to: '/launches' })}
        error={create.error ? <Notice tone="bad">{toFailure(create.error).message}</Notice> : null}
      />
    </Page>
  );
}

export function EditLaunch() {
  const words = useMessages({ en, zh });
  const answer = useLaunch();
  return (
    <Page
      title={words.edit}
      crumbs={[...crumbs(words.title), ...(answer.data ? [{ label: answer.data.name, to: `/launches/${answer.data.key}` }] : [])]}
    >
      <Answer of={answer} what={words.readingOne}>
        {(launch) => <Edit launch={launch} />}
      </Answer>
    </Page>
  );
}

/** In words, what is another now than when the form was opened. */
function useDiffering() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return (before: Launch, now: Launch): Differing[] => {
    const lines = (of: Launch): [string, string][] => [
      [words.name, of.name],
      [words.stage, words.stages[of.stage]],
      [words.tier, String(of.tier)],
      [words.marketDate, format.date(of.marketDate, { year: true })],
      [words.readyDate, format.date(of.readyDate, { year: true })],
      [words.marketingOwner, of.marketingOwner?.name ?? ''],
      [words.productOwner, of.productOwner?.name ?? ''],
      [words.feature, of.feature?.name ?? ''],
      [words.moreFeatures, format.list(of.moreFeatures.map(({ name }) => name))],
      [words.segments, format.list(of.eligibility.segments)],
      [words.plans, format.list(of.eligibility.plans)],
      [words.personas, format.list(of.personas)],
      [words.job, of.job],
      [words.languages, format.list(of.languages)],
      [words.regions, format.list(of.regions)],
      [words.brief, of.brief],
    ];
    const were = lines(before);
    return lines(now).flatMap(([label, value], index) =>
      value === were[index]![1] ? [] : [{ label, before: were[index]![1], now: value }],
    );
  };
}

function Edit({ launch }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const differing = useDiffering();
  // What the form was filled from: a newer one that arrives meanwhile must not be overwritten unseen.
  const [base, setBase] = useState(launch);
  const back = () => navigate({ to: '/launches/$launch', params: { launch: launch.key } });
  const refresh = () => queries.invalidateQueries({ queryKey: api.launches.key() });
  const update = useMutation(
    api.launches.update.mutationOptions({
      onSuccess: async ({ name }) => {
        await refresh();
        toast({ text: words.saved(name) });
        await back();
      },
    }),
  );
  const failure = update.error ? toFailure(update.error) : null;
  const current = failure?.code === 'conflict' ? (failure.details as { current?: Launch } | undefined)?.current : undefined;
  const take = async () => {
    await refresh();
    await back();
  };
  const error =
    failure && current ? (
      <Conflict
        message={failure.message}
        fields={differing(base, current)}
        onKeep={() => {
          setBase(current);
          update.reset();
        }}
        onTake={() => void take()}
      />
    ) : failure ? (
      <Notice tone="bad">{failure.message}</Notice>
    ) : null;
  return (
    <>
      <PageHead title={words.editTitle(launch.name)} />
      <LaunchForm
        launch={base}
        pending={update.isPending}
        onSave={(fields) => update.mutate({ launch: launch.key, version: base.version, ...fields })}
        onCancel={() => void back()}
        error={error}
      />
    </>
  );
}

export function LaunchPage() {
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  return (
    <LaunchFrame
      tab="overview"
      actions={({ key }) => (
        <>
          <ButtonLink icon={Printer} to={`/launches/${key}/print`}>
            {words.print}
          </ButtonLink>
          <ExportButton launch={key} />
          {mayEdit ? <ButtonLink to={`/launches/${key}/edit`}>{words.edit}</ButtonLink> : null}
        </>
      )}
    >
      {(launch) => <LaunchDocument launch={launch} />}
    </LaunchFrame>
  );
}

function ExportButton({ launch }: { launch: string }) {
  const words = useMessages({ en, zh });
  const { locale } = useLocale();
  const save = useMutation({
    mutationFn: () => client.launches.export({ launch, locale }),
    onSuccess: ({ fileName, markdown }) => saveText(fileName, markdown),
    onError: toastFailure,
  });
  return (
    <Button icon={Download} pending={save.isPending} onClick={() => save.mutate()}>
      {words.exportMarkdown}
    </Button>
  );
}
