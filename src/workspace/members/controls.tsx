import { Menu, Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { api } from '../../web/kit/client.ts';
import { useConfirm } from '../../web/kit/confirm.tsx';
import { Button } from '../../web/kit/controls.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { useKitWords } from '../../web/kit/words.ts';
import { en, zh } from './messages.ts';
import { memberRoles, type WorkspaceMember } from './schema.ts';

/** After a change of members everything that shows them is read again; the session too, since it may be one's own role. */
function useChanged() {
  const queries = useQueryClient();
  return async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: api.members.key() }),
      queries.invalidateQueries({ queryKey: api.sessions.key() }),
    ]);
  };
}

export function useRoleChoices() {
  const { role } = useKitWords();
  return memberRoles.map((value) => ({ value, label: role[value] ?? value }));
}

export function RoleField({ member }: { member: WorkspaceMember }) {
  const words = useMessages({ en, zh });
  const { role: roleWords } = useKitWords();
  const changed = useChanged();
  const choices = useRoleChoices();
  const update = useMutation(
    api.members.update.mutationOptions({
      onSuccess: async ({ name, role }) => {
        toast({ text: words.changed(name, roleWords[role] ?? role) });
        await changed();
      },
      onError: toastFailure,
    }),
  );
  return (
    <Select
      aria-label={words.roleOf(member.name)}
      size="xs"
      data={choices}
      value={update.isPending ? (update.variables?.role ?? member.role) : member.role}
      onChange={(role) => role && role !== member.role && update.mutate({ member: member.id, role })}
      allowDeselect={false}
      comboboxProps={{ width: 200 }}
    />
  );
}

/** What an owner can do to a member, each after a question that says what is lost. */
export function MemberMenu({ member: { id, name, disabledAt } }: { member: WorkspaceMember }) {
  const words = useMessages({ en, zh });
  const confirm = useConfirm();
  const changed = useChanged();
  const options = (say: (name: string) => string) => ({
    onSuccess: async () => {
      toast({ text: say(name) });
      await changed();
    },
    onError: toastFailure,
  });
  const disable = useMutation(api.members.disable.mutationOptions(options(words.disabled)));
  const enable = useMutation(api.members.enable.mutationOptions(options(words.enabled)));
  const remove = useMutation(api.members.remove.mutationOptions(options(words.removed)));
  const ask = async (title: string, text: string, action: string, act: () => void) => {
    if (await confirm({ title, text, action, danger: true })) act();
  };
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <Button kind="quiet" size="small" icon={Ellipsis} aria-label={words.actionsFor(name)} />
      </Menu.Target>
      <Menu.Dropdown>
        {disabledAt ? (
          <Menu.Item onClick={() => enable.mutate({ member: id })}>{words.enable}</Menu.Item>
        ) : (
          <Menu.Item
            onClick={() => void ask(words.disableTitle(name), words.disableText, words.disable, () => disable.mutate({ member: id }))}
          >
            {words.disable}
          </Menu.Item>
        )}
        <Menu.Item onClick={() => void ask(words.removeTitle(name), words.removeText, words.remove, () => remove.mutate({ member: id }))}>
          {words.remove}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
