import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { saveBlob } from '../../web/kit/export-file.ts';
import { toFailure } from '../../web/kit/failure.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';

export type Person = { id: string; name: string | null; email: string | null };

/** All pages of an export; the browser keeps each on its own, so that nothing is joined in memory. */
const exportPerson = async (person: string): Promise<{ fileName: string; parts: Blob[]; lines: number }> => {
  const parts: Blob[] = [];
  let lines = 0;
  for (let after: string | undefined; ;) {
    const page = await client.subjectExports.get({ person, after });
    parts.push(new Blob(page.lines.map((line) => `${line}\n`)));
    lines += page.lines.length;
    if (page.next === null) return { fileName: page.fileName, parts, lines };
    after = page.next;
  }
};

/** What an owner can do with all that is held of a person: take it along, or have it erased. */
export function PersonActs({ person }: { person: Person }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { role } = useSession();
  const [isAsked, setAsked] = useState(false);
  const save = useMutation({
    mutationFn: () => exportPerson(person.id),
    onSuccess: ({ fileName, parts, lines }) => {
      saveBlob(fileName, new Blob(parts, { type: 'application/x-ndjson' }));
      toast({ text: words.exported(format.number(lines)) });
    },
    onError: toastFailure,
  });
  if (role !== 'owner') return null;
  return (
    <div className="row">
      <Button onClick={() => save.mutate()} pending={save.isPending}>
        {words.export}
      </Button>
      <Button kind="danger" onClick={() => setAsked(true)}>
        {words.erase}
      </Button>
      {isAsked ? <EraseDialog person={person} onClose={() => setAsked(false)} /> : null}
    </div>
  );
}

/** Asks for the address once more: nobody erases the wrong person by a slip. */
function EraseDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const wanted = person.email ?? person.name ?? person.id;
  const erase = useMutation(
    api.erasures.create.mutationOptions({
      onSuccess: async () => {
        onClose();
        await queries.invalidateQueries();
      },
    }),
  );
  const actions = (
    <>
      <Button onClick={onClose}>{words.cancel}</Button>
      <Button
        kind="danger"
        pending={erase.isPending}
        disabled={typed.trim() !== wanted}
        onClick={() => erase.mutate({ person: person.id, confirm: person.id, waitSeconds: 0 })}
      >
        {words.erase}
      </Button>
    </>
  );
  return (
    <Dialog open onClose={onClose} title={words.eraseTitle(wanted)} actions={actions}>
      <div className="form">
        {erase.error ? <Notice tone="bad">{toFailure(erase.error).message}</Notice> : null}
        <p className="ink2">{words.eraseNote}</p>
        <TextInput
          label={words.eraseType(wanted)}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          data-autofocus
        />
      </div>
    </Dialog>
  );
}
