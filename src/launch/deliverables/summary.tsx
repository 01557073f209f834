import { Owner } from '../charters/owner.tsx';
import { Link } from '@tanstack/react-router';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Answer } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import type { Launch } from '../launches/schema.ts';
import { Due, SignMarks } from './marks.tsx';
import { en, zh } from './messages.ts';
import { isOpen } from './schema.ts';
import { useDeliverables } from './use-deliverables.tsx';

const most = 8;

/** The bill of materials on the overview: how far it is, and what is due next. */
export function DeliverablesSummary({ launch }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const answer = useDeliverables(launch.key);
  const all = answer.data?.deliverables ?? [];
  const required = all.filter((one) => one.required && one.status !== 'dropped');
  const open = all.filter(isOpen);
  const count = all.length > 0 ? words.summary(format.number(open.length), format.number(all.length)) : null;
  return (
    <Section
      title={words.title}
      count={count}
      subtitle={
        required.length > 0
          ? words.summarySigned(format.number(required.filter(({ isSigned }) => isSigned).length), format.number(required.length))
          : undefined
      }
      actions={
        <Link to="/launches/$launch/deliverables" params={{ launch: launch.key }}>
          {words.all}
        </Link>
      }
    >
      <Answer of={answer} what={words.reading}>
        {() => (
          <Table
            label={words.nextDue}
            size="compact"
            rows={open.toSorted((one, other) => one.dueOn.localeCompare(other.dueOn)).slice(0, most)}
            rowKey={({ id }) => id}
            empty={<p className="meta">{words.nothingDue}</p>}
            foot={null}
            columns={[
              {
                key: 'name',
                head: words.name,
                cell: ({ id, name }) => (
                  <Link to="/launches/$launch/deliverables" params={{ launch: launch.key }} search={{ open: id }}>
                    {name}
                  </Link>
                ),
              },
              { key: 'owner', head: words.owner, cell: ({ owner }) => <Owner owner={owner} /> },
              { key: 'due', head: words.due, cell: (one) => <Due of={one} /> },
              { key: 'status', head: words.status, cell: ({ status }) => words.statuses[status] },
              { key: 'signs', head: words.signs, cell: ({ signOffs }) => <SignMarks signs={signOffs} /> },
            ]}
          />
        )}
      </Answer>
    </Section>
  );
}
