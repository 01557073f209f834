import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { ShownOnce } from '../../web/kit/shown-once.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';

/** The secret addresses at which calendar programs read along. */
export function CalendarLinks() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const mayEdit = useMayEdit();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const links = useQuery(api.calendarLinks.list.queryOptions({ input: {} })).data?.links ?? [];
  const revoke = useMutation(
    api.calendarLinks.revoke.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.calendarLinks.key() }),
      onError: toastFailure,
    }),
  );
  return (
    <Section
      title={words.links}
      subtitle={words.linksSub}
      actions={
        mayEdit ? (
          <Button size="small" onClick={() => setAdding(true)}>
            {words.addLink}
          </Button>
        ) : null
      }
    >
      {links.length === 0 ? <p className="meta">{words.noLinks}</p> : null}
      <ul className="stack">
        {links.map(({ id, name, createdBy, createdAt }) => (
          <li key={id} className="row">
            <span>
              {name} <span className="meta">{words.by(createdBy, format.date(createdAt))}</span>
            </span>
            {mayEdit ? (
              <Button
                size="small"
                kind="quiet"
                onClick={() => revoke.mutate({ link: id }, { onSuccess: () => toast({ text: words.revoked(name) }) })}
              >
                {words.revoke}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {adding ? <LinkDialog onClose={() => setAdding(false)} /> : null}
    </Section>
  );
}

function LinkDialog({ onClose }: { onClose: () => void }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const make = useMutation(
    api.calendarLinks.create.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.calendarLinks.key() }),
      onError: toastFailure,
    }),
  );
  return (
    <Dialog open onClose={onClose} title={words.linkTitle}>
      {make.data ? (
        <div className="form">
          <ShownOnce label={words.linkTitle} help={words.linkMade} value={make.data.url} copy={words.copy} copied={words.copied} />
          <div className="actions">
            <Button kind="primary" onClick={onClose}>
              {words.done}
            </Button>
          </div>
        </div>
      ) : (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim()) make.mutate({ name });
          }}
        >
          <TextInput label={words.linkName} data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <div className="actions">
            <Button type="submit" kind="primary" pending={make.isPending}>
              {words.make}
            </Button>
            <Button onClick={onClose}>{words.cancel}</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
