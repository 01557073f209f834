import { useMemo, useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { api, client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead, Section } from '../../web/kit/page.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { RowsDrawer } from '../questions/rows-drawer.tsx';
import { PqlForm } from './form.tsx';
import { en, zh } from './messages.ts';
import { definition, type Definition, type Pql } from './schema.ts';
import { BackTestSection, useTestVerdict } from './test-section.tsx';

/** What a definition says, in words. */
function useDefinitionWords() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return {
    rule: ({ line, days }: Definition) => words.rule(format.number(line), format.number(days)),
    goal: ({ conversion, within }: Definition) =>
      words.goal(conversion.by === 'won' ? words.conversions.won : conversion.step.event, format.number(within)),
    criteria: ({ criteria }: Definition) =>
      criteria.map(({ step, times, points }) =>
        words.criterionWords(
          step.filters.length > 0 ? words.filtered(step.event) : step.event,
          format.number(times),
          format.number(points),
        ),
      ),
  };
}

/** A rule that was found elsewhere and comes with the address; what is none is left out. */
const startOf = (text: string | undefined): Definition | undefined => {
  try {
    return definition.parse(JSON.parse(text ?? ''));
  } catch {
    return undefined;
  }
};

export function Pqls() {
  const words = useMessages({ en, zh });
  const said = useDefinitionWords();
  const format = useFormat();
  const navigate = useNavigate();
  const mayEdit = useMayEdit();
  const answer = useQuery(api.pqls.list.queryOptions({ input: {} }));
  const { define: given }: { define?: string } = useSearch({ strict: false });
  const start = useMemo(() => startOf(given), [given]);
  const [isNew, setNew] = useState(start !== undefined);
  useKeys({ c: () => mayEdit && setNew(true) });
  const define = mayEdit ? (
    <Button kind="primary" icon={Plus} keys="C" onClick={() => setNew(true)}>
      {words.define}
    </Button>
  ) : null;
  return (
    <Page title={words.title} actions={answer.data?.pqls.length ? define : null}>
      <Answer of={answer} what={words.reading}>
        {({ pqls }) => (
          <>
            <PageHead verdict={words.head(pqls.length)} note={words.note} />
            <Table
              label={words.title}
              rows={pqls}
              rowKey={({ id }) => id}
              empty={<EmptyState actions={define}>{words.empty}</EmptyState>}
              columns={[
                {
                  key: 'name',
                  head: words.name,
                  cell: ({ id, name }) => (
                    <Link to="/pqls/$pql" params={{ pql: id }}>
                      {name}
                    </Link>
                  ),
                },
                { key: 'unit', head: words.unit, cell: ({ definition }) => words.units[definition.unit] },
                { key: 'line', head: words.line, cell: ({ definition }) => said.rule(definition) },
                { key: 'goal', head: words.conversion, cell: ({ definition }) => said.goal(definition) },
                { key: 'version', head: words.version, number: true, cell: ({ version }) => format.number(version) },
              ]}
            />
          </>
        )}
      </Answer>
      <Dialog open={isNew} onClose={() => setNew(false)} title={words.define} wide>
        {isNew ? (
          <PqlForm
            start={start}
            onCancel={() => setNew(false)}
            onSaved={({ id, name }) => {
              toast({ text: words.created(name) });
              void navigate({ to: '/pqls/$pql', params: { pql: id } });
            }}
          />
        ) : null}
      </Dialog>
    </Page>
  );
}

export function PqlPage() {
  const words = useMessages({ en, zh });
  const { pql: id = '' }: { pql?: string } = useParams({ strict: false });
  const answer = useQuery(api.pqls.get.queryOptions({ input: { pql: id } }));
  const mayEdit = useMayEdit();
  const [isEdited, setEdited] = useState(false);
  const remove = useDelete();
  useKeys({ e: () => mayEdit && setEdited(true) });
  const actions =
    mayEdit && answer.data ? (
      <>
        <Button onClick={() => remove(answer.data)}>{words.delete}</Button>
        <Button kind="primary" keys="E" onClick={() => setEdited(true)}>
          {words.edit}
        </Button>
      </>
    ) : null;
  return (
    <Page title={answer.data?.name ?? words.title} crumbs={[{ label: words.title, to: '/pqls' }]} actions={actions}>
      <Answer of={answer} what={words.reading}>
        {(pql) => <PqlView pql={pql} key={pql.version} />}
      </Answer>
      <Dialog open={isEdited} onClose={() => setEdited(false)} title={words.edit} wide>
        {isEdited && answer.data ? (
          <PqlForm
            pql={answer.data}
            onCancel={() => setEdited(false)}
            onSaved={({ name }) => {
              toast({ text: words.changed(name) });
              setEdited(false);
            }}
          />
        ) : null}
      </Dialog>
    </Page>
  );
}

function PqlView({ pql }: { pql: Pql }) {
  const words = useMessages({ en, zh });
  const said = useDefinitionWords();
  const format = useFormat();
  const [version, setVersion] = useState(pql.version);
  const [day, setDay] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const test = useQuery(api.pqls.backTest.queryOptions({ input: { pql: pql.id, version, ...(day && { day }) } }));
  const leads = useQuery(api.pqls.leads.queryOptions({ input: { pql: pql.id, offset: 0, limit: 1 } }));
  const verdict = useTestVerdict();
  return (
    <>
      <PageHead
        eyebrow={pql.name}
        verdict={<Starred text={test.data ? verdict(test.data) : pql.name} />}
        note={`${said.rule(pql.definition)}. ${said.goal(pql.definition)}.`}
      />
      <Section title={words.leads} subtitle={words.leadsNote} ruled>
        <Answer of={leads} what={words.reading}>
          {({ total }) =>
            total > 0 ? (
              <Button onClick={() => setOpen(true)}>{words.showLeads(format.number(total))}</Button>
            ) : (
              <EmptyState>{words.noLeads}</EmptyState>
            )
          }
        </Answer>
      </Section>
      <BackTestSection pql={pql} of={test} version={version} onVersion={setVersion} day={day} onDay={setDay} />
      <Section title={words.criteria} ruled>
        <ul>
          {said.criteria(pql.definition).map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </Section>
      <Section title={words.versions} ruled>
        <Table
          label={words.versions}
          rows={pql.versions}
          rowKey={(one) => String(one.version)}
          columns={[
            { key: 'version', head: words.version, number: true, cell: (one) => format.number(one.version) },
            { key: 'rule', head: words.line, cell: ({ definition }) => said.rule(definition) },
            { key: 'criteria', head: words.criteria, cell: ({ definition }) => said.criteria(definition).join('; ') },
            { key: 'by', head: words.by, cell: ({ createdBy }) => createdBy },
            { key: 'from', head: words.from, cell: ({ createdAt }) => format.date(createdAt) },
          ]}
        />
      </Section>
      <RowsDrawer
        asked={isOpen ? { pql: pql.id } : null}
        title={words.leads}
        subtitle={said.rule(pql.definition)}
        read={(page) => client.pqls.leads({ pql: pql.id, ...page })}
        file={() => client.pqls.exportLeads({ pql: pql.id })}
        onClose={() => setOpen(false)}
      />
    </>
  );
}

/** Deletes at once, goes to the list, and offers to take it back. */
function useDelete() {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const changed = () => queries.invalidateQueries({ queryKey: api.pqls.key() });
  const restore = useMutation(api.pqls.restore.mutationOptions({ onSuccess: changed, onError: toastFailure }));
  const remove = useMutation(api.pqls.delete.mutationOptions({ onError: toastFailure }));
  return ({ id, name }: Pql) =>
    remove.mutate(
      { pql: id },
      {
        onSuccess: async () => {
          await navigate({ to: '/pqls' });
          void changed();
          toast({ text: words.deleted(name), undo: () => restore.mutate({ pql: id }) });
        },
      },
    );
}
