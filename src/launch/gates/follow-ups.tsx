import { Owner } from '../charters/owner.tsx';
import { client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { useToday } from '../../web/kit/format-context.tsx';
import { Section } from '../../web/kit/page.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Table } from '../../web/kit/table.tsx';
import type { FollowUp, Gate } from './schema.ts';
import { useGateAct } from './use-gates.tsx';
import { useGateWords } from './words.tsx';

type Line = FollowUp & { stage: string };

/** What the decisions left to do, until it is done. */
export function FollowUps({ gates }: { gates: Gate[] }) {
  const { words, format, gateName } = useGateWords();
  const mayEdit = useMayEdit();
  const today = useToday();
  const lines = gates.flatMap(({ stage, followUps }) => followUps.map((each): Line => ({ ...each, stage })));
  if (lines.length === 0) return null;
  const open = lines.filter(({ doneAt }) => doneAt === null).length;
  return (
    <Section title={words.leftTitle(open)} ruled>
      <Table
        label={words.followUps}
        rows={lines}
        rowKey={({ id }) => id}
        columns={[
          { key: 'text', head: words.followUp, width: '40%', cell: ({ text }) => text },
          { key: 'owner', head: words.owner, cell: ({ owner }) => <Owner owner={owner} /> },
          {
            key: 'due',
            head: words.dueHead,
            cell: ({ dueOn, doneAt }) => <span className={!doneAt && dueOn < today ? 'nowrap bad' : 'nowrap'}>{format.date(dueOn)}</span>,
          },
          { key: 'gate', head: words.gate, cell: ({ stage }) => gateName(stage) },
          {
            key: 'done',
            head: words.done,
            cell: ({ doneBy, doneAt }) => (doneBy && doneAt ? words.doneBy(doneBy, format.date(doneAt)) : '–'),
          },
          ...(mayEdit ? [{ key: 'act', head: words.done, silent: true, cell: (line: Line) => <Close of={line} /> }] : []),
        ]}
      />
    </Section>
  );
}

function Close({ of: { id, version, doneAt } }: { of: Line }) {
  const { words } = useGateWords();
  const done = doneAt === null;
  const close = useGateAct({ run: () => client.gates.closeFollowUp({ followUp: id, version, done }), done: words.saved });
  return (
    <Button size="small" pending={close.isPending} onClick={() => close.mutate(undefined)}>
      {done ? words.done : words.reopen}
    </Button>
  );
}
