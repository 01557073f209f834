import { useState } from 'react';
import { Switch, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, client } from '../../web/kit/client.ts';
import { Button, ButtonLink } from '../../web/kit/controls.tsx';
import { saveText } from '../../web/kit/export-file.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Columns, Page, PageHead, Section } from '../../web/kit/page.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import { RateTables } from './rate-tables.tsx';
import type { DomainRule, Identities, IdentityTable, Split } from './schema.ts';

/** Whether to offer decisions about who is who; the server decides in any case. */
export const useMayDecide = (): boolean => ['owner', 'pmm'].includes(useSession().role);

export function IdentitiesPage() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const answer = useQuery(api.identities.get.queryOptions({ input: {} }));
  const send = (
    <ButtonLink kind="primary" to="/settings/keys">
      {words.send}
    </ButtonLink>
  );
  return (
    <Page title={words.title}>
      <Answer of={answer} what={words.reading}>
        {(data) => {
          const { people, known, firstAt, lastAt } = data.rates;
          if (!firstAt || people === 0)
            return (
              <>
                <PageHead verdict={words.headNone} />
                <EmptyState actions={send}>{words.empty}</EmptyState>
                <Decisions of={data} />
              </>
            );
          const day = (at: string | null) => format.date(at, { year: true });
          return (
            <>
              <PageHead
                verdict={<Starred text={words.head(format.number(known), format.share(known / people), format.number(people))} />}
                note={words.note(day(firstAt), day(lastAt))}
              />
              <RateTables rates={data.rates} />
              <Decisions of={data} />
              <Unjoined of={data} />
            </>
          );
        }}
      </Answer>
    </Page>
  );
}

function Decisions({ of: { rule, splits } }: { of: Identities }) {
  return (
    <Columns split="halves" ruled>
      <Rule key={JSON.stringify(rule)} rule={rule} />
      <Splits splits={splits} />
    </Columns>
  );
}

function Rule({ rule }: { rule: DomainRule }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const queries = useQueryClient();
  const mayDecide = useMayDecide();
  const [joins, setJoins] = useState(rule.joins);
  const [excluded, setExcluded] = useState(rule.excluded.join('\n'));
  const update = useMutation(
    api.identities.updateDomains.mutationOptions({
      onSuccess: async ({ changedAccount: changed }) => {
        toast({ text: words.saved(changed, format.number(changed)) });
        await queries.invalidateQueries();
      },
      onError: toastFailure,
    }),
  );
  const domains = excluded.split(/[\s,]+/).filter(Boolean);
  return (
    <Section title={words.rule} subtitle={words.ruleNote}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          update.mutate({ joins, excluded: domains });
        }}
      >
        <Switch
          label={words.joins}
          checked={joins}
          disabled={!mayDecide}
          onChange={({ currentTarget }) => setJoins(currentTarget.checked)}
        />
        <Textarea
          label={words.excluded}
          description={words.excludedHelp}
          autosize
          minRows={2}
          maxRows={12}
          value={excluded}
          disabled={!mayDecide}
          onChange={({ currentTarget }) => setExcluded(currentTarget.value)}
        />
        {mayDecide ? (
          <div className="actions">
            <Button type="submit" pending={update.isPending}>
              {words.save}
            </Button>
          </div>
        ) : null}
      </form>
    </Section>
  );
}

function Splits({ splits }: { splits: Split[] }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const mayDecide = useMayDecide();
  return (
    <Section title={words.splits} subtitle={words.splitsNote}>
      <Table
        label={words.splits}
        rows={splits}
        rowKey={({ id }) => id}
        empty={<p className="meta">{words.noSplits}</p>}
        columns={[
          { key: 'key', head: words.key, cell: ({ keyType, keyValue }) => <KeyName keyType={keyType} keyValue={keyValue} /> },
          {
            key: 'not',
            head: words.isNot,
            cell: ({ person, user }) => (
              <Link to="/people/$person" params={{ person }}>
                {user || person}
              </Link>
            ),
          },
          { key: 'reason', head: words.reason, cell: ({ reason }) => reason || '–' },
          { key: 'by', head: words.by, cell: ({ by }) => by },
          { key: 'when', head: words.when, cell: ({ at }) => format.dateTime(at) },
          { key: 'undo', head: words.actions, silent: true, cell: ({ id }) => (mayDecide ? <Undo split={id} /> : null) },
        ]}
      />
    </Section>
  );
}

export function KeyName({ keyType, keyValue }: { keyType: string; keyValue: string }) {
  const words = useMessages({ en, zh });
  return (
    <>
      <code>{keyValue}</code> <span className="meta">{words.kinds[keyType] ?? keyType}</span>
    </>
  );
}

function Undo({ split }: { split: string }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const undo = useMutation(
    api.identities.undoSplit.mutationOptions({
      onSuccess: async () => {
        toast({ text: words.undone });
        await queries.invalidateQueries();
      },
      onError: toastFailure,
    }),
  );
  return (
    <Button size="small" pending={undo.isPending} onClick={() => undo.mutate({ split })}>
      {words.undo}
    </Button>
  );
}

function Export({ table, any }: { table: IdentityTable; any: boolean }) {
  const words = useMessages({ en, zh });
  if (!any) return null;
  const save = () => void client.identities.export({ table }).then(({ fileName, csv }) => saveText(fileName, csv), toastFailure);
  return (
    <Button size="small" onClick={save}>
      {words.export}
    </Button>
  );
}

/** What joins nobody, and why. */
function Unjoined({ of: { rule, domains, aliases, browsers } }: { of: Identities }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const why = ({ accounts, excluded }: Identities['domains'][number]) =>
    excluded
      ? words.isExcluded
      : accounts > 1
        ? words.several(format.number(accounts))
        : accounts === 1 && !rule.joins
          ? words.off
          : words.noAccount;
  return (
    <>
      <Section ruled title={words.domains} subtitle={words.domainsNote} actions={<Export table="domains" any={domains.length > 0} />}>
        <Table
          label={words.domains}
          rows={domains}
          rowKey={({ domain }) => domain}
          empty={<p className="meta">{words.noDomains}</p>}
          columns={[
            { key: 'domain', head: words.domain, cell: ({ domain }) => domain, sort: ({ domain }) => domain },
            {
              key: 'people',
              head: words.peopleHead,
              number: true,
              cell: ({ people }) => format.number(people),
              sort: ({ people }) => people,
            },
            { key: 'why', head: words.why, cell: why },
          ]}
        />
      </Section>
      <Columns split="halves" ruled>
        <Section title={words.aliases} subtitle={words.aliasesNote} actions={<Export table="aliases" any={aliases.length > 0} />}>
          <Table
            label={words.aliases}
            rows={aliases}
            rowKey={({ previous, user }) => JSON.stringify([previous, user])}
            empty={<p className="meta">{words.noAliases}</p>}
            columns={[
              { key: 'previous', head: words.previous, cell: ({ previous }) => <code>{previous}</code> },
              { key: 'user', head: words.user, cell: ({ user }) => <code>{user}</code> },
              { key: 'since', head: words.since, cell: ({ since }) => format.date(since, { year: true }) },
              { key: 'why', head: words.why, cell: (row) => words.whys[row.why] },
            ]}
          />
        </Section>
        <Section title={words.browsers} subtitle={words.browsersNote} actions={<Export table="browsers" any={browsers.length > 0} />}>
          <Table
            label={words.browsers}
            rows={browsers}
            rowKey={({ browser }) => browser}
            empty={<p className="meta">{words.noBrowsers}</p>}
            columns={[
              { key: 'browser', head: words.browser, cell: ({ browser }) => <code>{browser}</code> },
              {
                key: 'people',
                head: words.peopleHead,
                number: true,
                cell: ({ people }) => format.number(people),
                sort: ({ people }) => people,
              },
              { key: 'users', head: words.users, cell: ({ users }) => users.join(', ') },
              {
                key: 'events',
                head: words.eventsHead,
                number: true,
                cell: ({ events }) => format.number(events),
                sort: ({ events }) => events,
              },
            ]}
          />
        </Section>
      </Columns>
    </>
  );
}
