import '../../web/kit/styles/matrix.css';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead, Section } from '../../web/kit/page.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { Answer, PermissionState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { CharterForm } from './form.tsx';
import { Matrix } from './matrix.tsx';
import { en, zh } from './messages.ts';
import type { Charter } from './schema.ts';

/** Who belongs to which function, who signs for it, and which part it has in what. */
export function CharterPage() {
  const words = useMessages({ en, zh });
  const isOwner = useSession().role === 'owner';
  const [editing, setEditing] = useState(false);
  const answer = useQuery(api.charters.get.queryOptions({ input: {} }));
  useKeys({ e: () => isOwner && answer.data !== undefined && setEditing(true) });
  const change = (
    <Button kind="primary" keys="E" onClick={() => setEditing(true)}>
      {words.edit}
    </Button>
  );
  return (
    <Page
      title={words.title}
      crumbs={[{ label: words.settings, to: '/settings/members' }]}
      actions={isOwner && !editing && answer.data ? change : null}
    >
      <Answer of={answer} what={words.reading}>
        {(charter) => (
          <>
            <PageHead verdict={words.verdict(withApprovers(charter), charter.functions.length)} note={words.note} />
            {isOwner ? null : <PermissionState>{words.onlyOwners}</PermissionState>}
            {editing ? <CharterForm charter={charter} onDone={() => setEditing(false)} /> : <Reading charter={charter} />}
          </>
        )}
      </Answer>
    </Page>
  );
}

const withApprovers = ({ functions }: Charter): number =>
  functions.filter(({ members }) => members.some(({ approves, gone }) => approves && !gone)).length;

function Reading({ charter }: { charter: Charter }) {
  const words = useMessages({ en, zh });
  return (
    <>
      <Section title={words.membersTitle} subtitle={words.membersHelp}>
        <Table
          label={words.membersTitle}
          rows={charter.functions}
          rowKey={(row) => row.function}
          columns={[
            { key: 'function', head: words.functionHead, cell: (row) => words.functions[row.function], width: '22%' },
            { key: 'members', head: words.members, cell: ({ members }) => <Names of={members} /> },
            {
              key: 'approvers',
              head: words.approvers,
              cell: ({ members }) => <Names of={members.filter(({ approves }) => approves)} none={words.anOwner} />,
            },
          ]}
        />
      </Section>
      <Section title={words.partsTitle} subtitle={words.partsHelp}>
        <Matrix parts={charter.parts} />
      </Section>
    </>
  );
}

function Names({ of, none }: { of: Charter['functions'][number]['members']; none?: string }) {
  const words = useMessages({ en, zh });
  if (of.length === 0) return <span className="ink3">{none ?? words.none}</span>;
  return <span>{of.map(({ name, gone }) => (gone ? words.gone(name) : name)).join(words.comma)}</span>;
}
