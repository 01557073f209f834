import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { DateField } from '../../web/kit/date-field.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { ShownOnce } from '../../web/kit/shown-once.tsx';
import { Answer, Notice } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import type { Question } from '../questions/schema.ts';
import { en, zh } from './messages.ts';
import type { SharedAnswer } from './schema.ts';

type Props = { question: Question; onClose: () => void };

/** Makes a link to the answer of a question, and lists those that work. */
export function ShareDialog({ question, onClose }: Props) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const today = useToday();
  const [until, setUntil] = useState<string | null>(null);
  const make = useMutation(
    api.sharedAnswers.create.mutationOptions({ onSuccess: () => queries.invalidateQueries({ queryKey: api.sharedAnswers.key() }) }),
  );
  return (
    <Dialog open onClose={onClose} title={words.title(question.name)} wide>
      <div className="stack">
        {make.data ? (
          <ShownOnce label={words.link} help={words.linkHelp} value={make.data.link} copy={words.copy} copied={words.copied} />
        ) : (
          <div className="form">
            <p>{words.lead}</p>
            {make.error ? <Notice tone="bad">{toFailure(make.error).message}</Notice> : null}
            <DateField label={words.until} description={words.untilHelp} value={until} onChange={setUntil} min={today} clearable />
            <div className="actions">
              <Button kind="primary" pending={make.isPending} onClick={() => make.mutate({ question: question.id, until })} data-autofocus>
                {words.make}
              </Button>
            </div>
          </div>
        )}
        <Links question={question} />
      </div>
    </Dialog>
  );
}

function Links({ question }: { question: Question }) {
  const words = useMessages({ en, zh });
  const links = useQuery(api.sharedAnswers.list.queryOptions({ input: { question: question.id } }));
  return (
    <Section title={words.links} ruled>
      <Answer of={links} what={words.readingLinks}>
        {({ shared }) => <LinkTable links={shared} />}
      </Answer>
    </Section>
  );
}

function LinkTable({ links }: { links: SharedAnswer[] }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return (
    <Table
      label={words.links}
      size="compact"
      rows={links}
      rowKey={({ id }) => id}
      empty={<p className="meta">{words.none}</p>}
      columns={[
        { key: 'made', head: words.made, cell: ({ createdAt }) => format.dateTime(createdAt) },
        { key: 'by', head: words.by, cell: ({ createdBy }) => createdBy },
        { key: 'until', head: words.until, cell: ({ until }) => (until ? format.date(until, { year: true }) : words.noEnd) },
        { key: 'revoke', head: words.actions, silent: true, cell: (link) => <Revoke link={link} /> },
      ]}
    />
  );
}

function Revoke({ link: { id } }: { link: SharedAnswer }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const revoke = useMutation(
    api.sharedAnswers.revoke.mutationOptions({
      onSuccess: async () => {
        toast({ text: words.revoked });
        await queries.invalidateQueries({ queryKey: api.sharedAnswers.key() });
      },
      onError: toastFailure,
    }),
  );
  return (
    <Button size="small" kind="danger" pending={revoke.isPending} onClick={() => revoke.mutate({ shared: id })}>
      {words.revoke}
    </Button>
  );
}
