import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useAddressSort } from '../../web/kit/address.ts';
import { api } from '../../web/kit/client.ts';
import { Avatar, Button, Tag } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead } from '../../web/kit/page.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { Answer } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { useKitWords } from '../../web/kit/words.ts';
import { MemberMenu, RoleField } from './controls.tsx';
import { InviteDialog, OpenInvitations, useInvitations } from './invite.tsx';
import { en, zh } from './messages.ts';
import type { WorkspaceMember } from './schema.ts';

export function Members() {
  const words = useMessages({ en, zh });
  const isOwner = useSession().role === 'owner';
  const members = useQuery(api.members.list.queryOptions({ input: {} }));
  const invitations = useInvitations(isOwner);
  const [inviting, setInviting] = useState(false);
  useKeys({ c: () => isOwner && setInviting(true) });
  const invite = isOwner ? (
    <Button kind="primary" icon={UserPlus} keys="C" onClick={() => setInviting(true)}>
      {words.invite}
    </Button>
  ) : null;
  const waiting = invitations.data?.invitations ?? [];
  return (
    <Page title={words.title} crumbs={[{ label: words.settings, to: '/settings/members' }]} actions={invite}>
      <Answer of={members} what={words.reading}>
        {({ members: all }) => (
          <>
            <Head members={all} waiting={waiting.length} />
            <MemberTable members={all} isOwner={isOwner} />
          </>
        )}
      </Answer>
      {waiting.length > 0 ? <OpenInvitations invitations={waiting} /> : null}
      <InviteDialog open={inviting} onClose={() => setInviting(false)} />
    </Page>
  );
}

function Head({ members, waiting }: { members: WorkspaceMember[]; waiting: number }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { role } = useSession();
  const open = members.filter(({ disabledAt }) => disabledAt === null);
  const owners = open.filter((each) => each.role === 'owner');
  const isAlone = members.length === 1 && waiting === 0;
  const note = role === 'owner' ? (isAlone ? words.alone : undefined) : words.readOnly(format.list(owners.map(({ name }) => name)));
  return <PageHead verdict={words.head(open.length, owners.length, waiting)} note={note} />;
}

function MemberTable({ members, isOwner }: { members: WorkspaceMember[]; isOwner: boolean }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { role: roleWords } = useKitWords();
  const { member: self } = useSession();
  return (
    <Table
      label={words.title}
      rows={members}
      rowKey={({ id }) => id}
      {...useAddressSort()}
      columns={[
        {
          key: 'name',
          head: words.name,
          sort: ({ name }) => name,
          cell: ({ id, name, disabledAt }) => (
            <span className="row">
              <Avatar name={name} />
              <span className={disabledAt ? 'ink3' : 'med'}>{name}</span>
              {id === self.id ? <Tag>{words.you}</Tag> : null}
              {disabledAt ? <Tag tone="warn">{words.off}</Tag> : null}
            </span>
          ),
        },
        { key: 'email', head: words.email, sort: ({ email }) => email, cell: ({ email }) => email },
        {
          key: 'role',
          head: words.role,
          sort: ({ role }) => role,
          width: '200px',
          cell: (member) => (isOwner ? <RoleField member={member} /> : (roleWords[member.role] ?? member.role)),
        },
        {
          key: 'joined',
          head: words.joined,
          sort: ({ joinedAt }) => joinedAt,
          cell: ({ joinedAt }) => format.date(joinedAt, { year: true }),
        },
        ...(isOwner
          ? [{ key: 'actions', head: words.actions, silent: true, cell: (member: WorkspaceMember) => <MemberMenu member={member} /> }]
          : []),
      ]}
    />
  );
}
