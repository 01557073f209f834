import { useState } from 'react';
import { Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { useConfirm } from '../../web/kit/confirm.tsx';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { ShownOnce } from '../../web/kit/shown-once.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { useKitWords } from '../../web/kit/words.ts';
import type { Invitation } from '../invitations/schema.ts';
import { useRoleChoices } from './controls.tsx';
import { en, zh } from './messages.ts';
import type { WorkspaceMember } from './schema.ts';

export const useInvitations = (enabled: boolean) => useQuery({ ...api.invitations.list.queryOptions({ input: {} }), enabled });

function useInvitationsChanged() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: api.invitations.key() });
}

export function OpenInvitations({ invitations }: { invitations: Invitation[] }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { role: roleWords } = useKitWords();
  const confirm = useConfirm();
  const changed = useInvitationsChanged();
  const revoke = useMutation(
    api.invitations.revoke.mutationOptions({
      onSuccess: async () => {
        toast({ text: words.revoked });
        await changed();
      },
      onError: toastFailure,
    }),
  );
  const ask = async ({ id, email }: Invitation) => {
    const yes = await confirm({ title: words.revokeTitle(email), text: words.revokeText, action: words.revoke, danger: true });
    if (yes) revoke.mutate({ invitation: id });
  };
  return (
    <Section title={words.invitations} subtitle={words.invitationsNote} ruled>
      <Table
        label={words.invitations}
        rows={invitations}
        rowKey={({ id }) => id}
        columns={[
          { key: 'email', head: words.email, cell: ({ email }) => email },
          { key: 'role', head: words.role, cell: ({ role }) => roleWords[role] ?? role },
          { key: 'by', head: words.invitedBy, cell: ({ invitedBy }) => invitedBy ?? '–' },
          { key: 'until', head: words.until, cell: ({ expiresAt }) => format.date(expiresAt, { year: true }) },
          {
            key: 'revoke',
            head: words.actions,
            silent: true,
            cell: (invitation) => (
              <Button size="small" kind="danger" onClick={() => void ask(invitation)}>
                {words.revoke}
              </Button>
            ),
          },
        ]}
      />
    </Section>
  );
}

/** Asks whom to invite, then shows the link, once. */
export function InviteDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const [made, setMade] = useState<{ link: string; invitation: Invitation } | null>(null);
  const close = () => {
    onClose();
    setMade(null);
  };
  return (
    <Dialog open={open} onClose={close} title={words.invite} actions={made ? <Button onClick={close}>{words.done}</Button> : undefined}>
      {made ? (
        <ShownOnce
          label={words.link}
          help={words.linkHelp(made.invitation.email, format.date(made.invitation.expiresAt))}
          value={made.link}
          copy={words.copy}
          copied={words.copied}
        />
      ) : (
        <InviteForm onMade={setMade} onCancel={close} />
      )}
    </Dialog>
  );
}

type FormProps = { onMade: (made: { link: string; invitation: Invitation }) => void; onCancel: () => void };

function InviteForm({ onMade, onCancel }: FormProps) {
  const words = useMessages({ en, zh });
  const choices = useRoleChoices();
  const changed = useInvitationsChanged();
  const form = useForm<{ email: string; role: WorkspaceMember['role'] }>({
    initialValues: { email: '', role: 'contributor' },
    validate: { email: (value) => (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : words.emailNeeded) },
  });
  const create = useMutation(
    api.invitations.create.mutationOptions({
      onSuccess: async (made) => {
        onMade(made);
        await changed();
      },
    }),
  );
  return (
    <form className="form" onSubmit={form.onSubmit((values) => create.mutate(values))} noValidate>
      {create.error ? <Notice tone="bad">{toFailure(create.error).message}</Notice> : null}
      <TextInput
        label={words.inviteEmail}
        description={words.inviteEmailHelp}
        type="email"
        data-autofocus
        {...form.getInputProps('email')}
      />
      <Select
        label={words.role}
        description={words.may[form.values.role]}
        data={choices}
        allowDeselect={false}
        {...form.getInputProps('role')}
      />
      <div className="actions">
        <Button type="submit" kind="primary" pending={create.isPending}>
          {words.inviteAction}
        </Button>
        <Button onClick={onCancel}>{words.cancel}</Button>
      </div>
    </form>
  );
}
