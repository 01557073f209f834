import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Answer } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import { KeyName, useMayDecide } from './pages.tsx';
import { type KeyType, keyType, type OwnKey } from './schema.ts';

type Split = { keyType: KeyType; keyValue: string };

/** A key that something joined to this person, and so can be split off. */
const splittable = ({ by, ...key }: OwnKey): Split | null => {
  const type = keyType.safeParse(key.keyType);
  return by !== '' && type.success ? { keyType: type.data, keyValue: key.keyValue } : null;
};

/** The browsers and ids of one person, each of which can be split off. */
export function PersonKeys({ person }: { person: string }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const mayDecide = useMayDecide();
  const answer = useQuery(api.identities.keys.queryOptions({ input: { person } }));
  const [asked, setAsked] = useState<Split | null>(null);
  return (
    <Section title={words.keys} subtitle={words.keysNote} ruled>
      <Answer of={answer} what={words.reading}>
        {({ keys }) => (
          <Table
            label={words.keys}
            rows={keys}
            rowKey={(key) => `${key.keyType} ${key.keyValue}`}
            empty={<p className="meta">{words.noKeys}</p>}
            columns={[
              { key: 'key', head: words.key, cell: (key) => <KeyName {...key} /> },
              { key: 'by', head: words.joinedBy, cell: ({ by }) => words.bys[by] ?? by },
              {
                key: 'events',
                head: words.keyEvents,
                number: true,
                cell: ({ events }) => format.number(events),
                sort: ({ events }) => events,
              },
              {
                key: 'last',
                head: words.last,
                cell: ({ lastAt }) => (lastAt ? format.dateTime(lastAt) : '–'),
                sort: ({ lastAt }) => lastAt,
              },
              {
                key: 'split',
                head: words.actions,
                silent: true,
                cell: (key) => {
                  const split = splittable(key);
                  if (!split || !mayDecide) return null;
                  return (
                    <Button size="small" onClick={() => setAsked(split)} aria-label={words.splitKey(key.keyValue)}>
                      {words.split}
                    </Button>
                  );
                },
              },
            ]}
          />
        )}
      </Answer>
      {asked ? <SplitDialog person={person} split={asked} onClose={() => setAsked(null)} /> : null}
    </Section>
  );
}

function SplitDialog({ person, split, onClose }: { person: string; split: Split; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const splitting = useMutation(
    api.identities.split.mutationOptions({
      onSuccess: async () => {
        toast({ text: words.splitDone(split.keyValue) });
        onClose();
        await queries.invalidateQueries();
      },
      onError: toastFailure,
    }),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.splitTitle(split.keyValue)}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="primary" pending={splitting.isPending} onClick={() => splitting.mutate({ person, ...split, reason })}>
            {words.split}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{words.splitText}</p>
        <TextInput
          label={words.splitReason}
          maxLength={500}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </div>
    </Dialog>
  );
}

const step = 50;

/** The newest events of one person, whichever browser or id they came with. */
export function PersonEvents({ person }: { person: string }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const [limit, setLimit] = useState(step);
  const answer = useQuery({ ...api.identities.events.queryOptions({ input: { person, limit } }), placeholderData: keepPreviousData });
  return (
    <Section title={words.timeline} subtitle={words.timelineNote} ruled>
      <Answer of={answer} what={words.reading}>
        {({ events, total }) => (
          <Table
            label={words.timeline}
            size="compact"
            rows={events.map((event, index) => ({ ...event, index }))}
            rowKey={({ index }) => String(index)}
            empty={<p className="meta">{words.noEvents}</p>}
            total={total}
            more={
              events.length < 500 ? { onMore: () => setLimit(Math.min(500, limit + step)), pending: answer.isFetching, step } : undefined
            }
            columns={[
              { key: 'event', head: words.event, cell: ({ name }) => name },
              { key: 'when', head: words.when, cell: ({ at }) => format.dateTime(at) },
              { key: 'through', head: words.through, cell: (event) => <KeyName {...event} /> },
            ]}
          />
        )}
      </Answer>
    </Section>
  );
}
