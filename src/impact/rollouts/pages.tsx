import { useState } from 'react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { api, client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { CsvButton } from '../../web/kit/csv-button.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead, Section } from '../../web/kit/page.tsx';
import { useMayEdit, useSession } from '../../web/kit/session.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { DeviationDialog } from './deviation-dialog.tsx';
import { RolloutForm } from './form.tsx';
import { en, zh } from './messages.ts';
import { Arms, useRolloutWords } from './said.tsx';
import type { Rollout } from './schema.ts';
import { SendDialog } from './send-dialog.tsx';

export function Rollouts() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const said = useRolloutWords();
  const navigate = useNavigate();
  const mayEdit = useMayEdit();
  const [isNew, setNew] = useState(false);
  const answer = useQuery(api.rollouts.list.queryOptions({ input: {} }));
  useKeys({ c: () => mayEdit && setNew(true) });
  const plan = mayEdit ? (
    <Button kind="primary" icon={Plus} keys="C" onClick={() => setNew(true)}>
      {words.plan}
    </Button>
  ) : null;
  return (
    <Page title={words.title} actions={answer.data?.rollouts.length ? plan : null}>
      <Answer of={answer} what={words.reading}>
        {({ rollouts }) => (
          <>
            <PageHead verdict={words.head(rollouts.length)} note={words.note} />
            <Table
              label={words.title}
              rows={rollouts}
              rowKey={({ id }) => id}
              empty={<EmptyState actions={plan}>{words.empty}</EmptyState>}
              columns={[
                {
                  key: 'name',
                  head: words.name,
                  cell: ({ id, name }) => (
                    <Link to="/rollouts/$rollout" params={{ rollout: id }}>
                      {name}
                    </Link>
                  ),
                },
                { key: 'lot', head: words.lot, cell: (one) => words.lots[one.plan.lot] },
                { key: 'goal', head: words.goal, cell: (one) => one.plan.outcome.event },
                {
                  key: 'accounts',
                  head: words.accounts,
                  number: true,
                  cell: ({ basis }) => format.number(basis.eligible - basis.leftOut),
                },
                {
                  key: 'detectable',
                  head: words.detectable,
                  number: true,
                  cell: ({ basis }) => (basis.detectable === null ? words.none : said.points(basis.detectable)),
                },
                { key: 'answerable', head: words.answerable, cell: ({ basis }) => words.answers[basis.answerable] },
                { key: 'created', head: words.created, cell: ({ createdAt }) => format.date(createdAt) },
              ]}
            />
          </>
        )}
      </Answer>
      <Dialog open={isNew} onClose={() => setNew(false)} title={words.plan} wide>
        {isNew ? (
          <RolloutForm
            onCancel={() => setNew(false)}
            onDrawn={({ id, name }) => {
              toast({ text: words.drawn(name) });
              void navigate({ to: '/rollouts/$rollout', params: { rollout: id } });
            }}
          />
        ) : null}
      </Dialog>
    </Page>
  );
}

export function RolloutPage() {
  const words = useMessages({ en, zh });
  const { rollout: id = '' }: { rollout?: string } = useParams({ strict: false });
  const answer = useQuery(api.rollouts.get.queryOptions({ input: { rollout: id } }));
  const mayEdit = useMayEdit();
  const isOwner = useSession()?.role === 'owner';
  const [open, setOpen] = useState<'send' | 'deviation' | null>(null);
  const remove = useDelete();
  const actions = answer.data ? (
    <>
      {mayEdit ? <Button onClick={() => remove(answer.data)}>{words.delete}</Button> : null}
      {mayEdit ? <Button onClick={() => setOpen('deviation')}>{words.record}</Button> : null}
      {isOwner ? (
        <Button kind="primary" onClick={() => setOpen('send')}>
          {words.send}
        </Button>
      ) : null}
    </>
  ) : null;
  return (
    <Page title={answer.data?.name ?? words.title} crumbs={[{ label: words.title, to: '/rollouts' }]} actions={actions}>
      <Answer of={answer} what={words.reading}>
        {(rollout) => <RolloutView rollout={rollout} />}
      </Answer>
      <SendDialog rollout={id} open={open === 'send'} onClose={() => setOpen(null)} />
      <DeviationDialog rollout={id} open={open === 'deviation'} onClose={() => setOpen(null)} />
    </Page>
  );
}

function RolloutView({ rollout }: { rollout: Rollout }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const said = useRolloutWords();
  const { plan, basis, deviations, createdBy, createdAt } = rollout;
  return (
    <>
      <PageHead
        eyebrow={rollout.name}
        verdict={<Starred text={said.verdict(basis, plan)} />}
        note={`${said.rests(basis, plan)} ${words.byWhom(createdBy, format.date(createdAt), String(plan.seed))}`.trim()}
      />
      <Arms basis={basis} plan={plan} />
      <Section title={words.deviations} subtitle={words.deviationsNote} ruled>
        <Table
          label={words.deviations}
          rows={deviations}
          rowKey={({ id }) => id}
          empty={<EmptyState>{words.noDeviations}</EmptyState>}
          columns={[
            { key: 'name', head: words.account, cell: ({ name, account }) => name || account },
            { key: 'arm', head: words.arm, cell: ({ wave }) => said.side(wave, plan) },
            { key: 'got', head: words.got, cell: ({ got }) => words.gots[got ? 'yes' : 'no'] },
            { key: 'day', head: words.day, cell: ({ day }) => format.date(day) },
            { key: 'note', head: words.remark, cell: ({ note }) => note },
          ]}
        />
      </Section>
      <AccountList rollout={rollout} />
    </>
  );
}

const step = 100;
/** More than a page holds are in the file. */
const most = 500;

function AccountList({ rollout: { id, plan } }: { rollout: Rollout }) {
  const words = useMessages({ en, zh });
  const said = useRolloutWords();
  const [limit, setLimit] = useState(step);
  const list = useQuery({
    ...api.rollouts.accounts.queryOptions({ input: { rollout: id, offset: 0, limit } }),
    placeholderData: keepPreviousData,
  });
  return (
    <Section
      title={words.list}
      subtitle={words.listNote}
      ruled
      actions={<CsvButton file={() => client.rollouts.exportAccounts({ rollout: id })} />}
    >
      <Answer of={list} what={words.reading}>
        {({ accounts, total }) => (
          <Table
            label={words.list}
            rows={accounts}
            rowKey={({ account }) => account}
            total={total}
            more={limit < most ? { onMore: () => setLimit(Math.min(most, limit + step)), pending: list.isFetching, step } : undefined}
            columns={[
              { key: 'name', head: words.account, cell: ({ name, sourceId, account }) => name || sourceId || account },
              { key: 'arm', head: words.arm, cell: ({ wave }) => said.side(wave, plan) },
              { key: 'stratum', head: words.stratum, cell: ({ stratum }) => stratum },
            ]}
          />
        )}
      </Answer>
    </Section>
  );
}

/** Deletes at once, goes to the list, and offers to take it back. */
function useDelete() {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const changed = () => queries.invalidateQueries({ queryKey: api.rollouts.key() });
  const restore = useMutation(api.rollouts.restore.mutationOptions({ onSuccess: changed, onError: toastFailure }));
  const remove = useMutation(api.rollouts.delete.mutationOptions({ onError: toastFailure }));
  return ({ id, name }: Rollout) =>
    remove.mutate(
      { rollout: id },
      {
        onSuccess: async () => {
          await navigate({ to: '/rollouts' });
          void changed();
          toast({ text: words.deleted(name), undo: () => restore.mutate({ rollout: id }) });
        },
      },
    );
}
