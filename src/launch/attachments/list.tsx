import { useMutation, useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { api, client } from '../../web/kit/client.ts';
import { Button, TextButton } from '../../web/kit/controls.tsx';
import { saveBlob } from '../../web/kit/export-file.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Answer } from '../../web/kit/states.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { DropFiles } from './drop-files.tsx';
import { en, zh } from './messages.ts';
import type { Attachment } from './schema.ts';
import { useRefresh } from './use-refresh.tsx';

/** The files of a deliverable, and for those who may change it the way to add and remove them. */
export function Attachments({ deliverable }: { deliverable: string }) {
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  const answer = useQuery(api.attachments.list.queryOptions({ input: { deliverable } }));
  return (
    <Section title={words.title} subtitle={mayEdit ? words.content : undefined}>
      <Answer of={answer} what={words.reading}>
        {({ attachments }) => (
          <ul className="signatures attachments">
            {attachments.length === 0 ? <li className="meta">{words.none}</li> : null}
            {attachments.map((one) => (
              <Line key={one.id} one={one} mayEdit={mayEdit} />
            ))}
          </ul>
        )}
      </Answer>
      {mayEdit ? <DropFiles deliverable={deliverable} /> : null}
    </Section>
  );
}

function Line({ one, mayEdit }: { one: Attachment; mayEdit: boolean }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const refresh = useRefresh();
  const save = useMutation({
    mutationFn: () => client.attachments.download({ attachment: one.id }),
    onSuccess: (file) => saveBlob(one.name, file),
    onError: toastFailure,
  });
  const restore = useMutation(api.attachments.restore.mutationOptions({ onSuccess: refresh, onError: toastFailure }));
  const remove = useMutation(
    api.attachments.delete.mutationOptions({
      onSuccess: async () => {
        await refresh();
        toast({ text: words.removed(one.name), undo: () => restore.mutate({ attachment: one.id }) });
      },
      onError: toastFailure,
    }),
  );
  return (
    <li>
      <TextButton onClick={() => save.mutate()}>{one.name}</TextButton>
      <span className="meta">{words.facts(format.bytes(one.sizeBytes), one.addedBy, format.dateTime(one.addedAt))}</span>
      {mayEdit ? (
        <Button
          kind="quiet"
          size="small"
          icon={X}
          aria-label={words.remove(one.name)}
          pending={remove.isPending}
          onClick={() => remove.mutate({ attachment: one.id })}
        />
      ) : null}
    </li>
  );
}
