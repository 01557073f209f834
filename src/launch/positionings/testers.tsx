import { useMutation } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { StateMark } from '../../web/kit/marks.tsx';
import { Section } from '../../web/kit/page.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { AddStatement } from './add-statement.tsx';
import { en, zh } from './messages.ts';
import type { Positioning, Statement } from './schema.ts';
import { usePositioningRefresh } from './use-positioning.tsx';

const marks = { understood: 'met', unclear: 'cannot_tell', not_believed: 'missed', not_relevant: 'missed' } as const;

/** What testers said of the versions, and whether somebody has taken it in. */
export function Testers({ positioning }: { positioning: Positioning }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const mayEdit = useMayEdit();
  const [adding, setAdding] = useState(false);
  const { statements, launch } = positioning;
  const refresh = usePositioningRefresh();
  const unread = statements.filter(({ reviewedAt }) => reviewedAt === null).length;
  const review = useMutation({
    mutationFn: () => client.positionings.reviewStatements({ launch: launch.key }),
    onSuccess: async () => {
      await refresh();
      toast({ text: words.reviewed });
    },
    onError: toastFailure,
  });
  const understood = statements.filter(({ verdict }) => verdict === 'understood').length;
  const actions = mayEdit ? (
    <>
      {unread > 0 ? (
        <Button size="small" pending={review.isPending} onClick={() => review.mutate()}>
          {words.reviewAll(unread)}
        </Button>
      ) : null}
      <Button size="small" icon={Plus} onClick={() => setAdding(true)}>
        {words.addStatement}
      </Button>
    </>
  ) : null;
  return (
    <Section
      title={words.testers}
      count={statements.length > 0 ? words.understoodShare(format.number(understood), format.number(statements.length)) : null}
      actions={actions}
      ruled
    >
      <Statements launch={launch.key} statements={statements} />
      {adding ? <AddStatement positioning={positioning} onClose={() => setAdding(false)} /> : null}
    </Section>
  );
}

function Statements({ launch, statements }: { launch: string; statements: Statement[] }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const mayEdit = useMayEdit();
  return (
    <Table
      label={words.testers}
      rows={statements}
      rowKey={({ id }) => id}
      empty={<p className="meta">{words.noTesters}</p>}
      columns={[
        { key: 'quote', head: words.quote, width: '38%', cell: ({ quote }) => <q className="said">{quote}</q> },
        { key: 'who', head: words.who, cell: ({ who, account }) => (account ? `${who}, ${account}` : who) },
        {
          key: 'verdict',
          head: words.verdict,
          cell: ({ verdict }) => <StateMark state={marks[verdict]}>{words.verdicts[verdict]}</StateMark>,
          sort: ({ verdict }) => verdict,
        },
        { key: 'stage', head: words.stage, cell: ({ stage }) => words.stages[stage], sort: ({ stage }) => stage },
        {
          key: 'version',
          head: words.ofVersion,
          number: true,
          cell: ({ version }) => format.number(version),
          sort: ({ version }) => version,
        },
        { key: 'day', head: words.day, cell: ({ day }) => <span className="nowrap">{format.date(day)}</span>, sort: ({ day }) => day },
        {
          key: 'reviewed',
          head: words.review,
          cell: ({ reviewedBy }) => reviewedBy ?? <span className="ink3">{words.notReviewed}</span>,
        },
        ...(mayEdit
          ? [
              {
                key: 'remove',
                head: words.remove,
                silent: true,
                cell: (statement: Statement) => <Remove launch={launch} statement={statement} />,
              },
            ]
          : []),
      ]}
    />
  );
}

function Remove({ launch, statement: { id, who } }: { launch: string; statement: Statement }) {
  const words = useMessages({ en, zh });
  const refresh = usePositioningRefresh();
  const input = { launch, statement: id };
  const restore = useMutation({
    mutationFn: () => client.positionings.restoreStatement(input),
    onSuccess: refresh,
    onError: toastFailure,
  });
  const remove = useMutation({
    mutationFn: () => client.positionings.removeStatement(input),
    onSuccess: async () => {
      await refresh();
      toast({ text: words.removed, undo: () => restore.mutate() });
    },
    onError: toastFailure,
  });
  return (
    <Button size="small" kind="quiet" aria-label={words.removeOf(who)} pending={remove.isPending} onClick={() => remove.mutate()}>
      {words.remove}
    </Button>
  );
}
