import { useQuery } from '@tanstack/react-query';
import type { MemberStatus, Program } from '../../launch/programs/schema.ts';
import { api, client } from '../../web/kit/client.ts';
import { CsvButton } from '../../web/kit/csv-button.tsx';
import { Drawer } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Answer } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { en, zh } from './messages.ts';
import type { Horizon } from './schema.ts';

type Props = { program: Program; from: MemberStatus; days: Horizon; onClose: () => void };

/** The deals behind the figures of one horizon. */
export function ReturnedDeals({ program, from, days, onClose }: Props) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const asked = { program: program.id, from, days };
  const answer = useQuery(api.programReturns.rows.queryOptions({ input: { ...asked, limit: 500 } }));
  return (
    <Drawer
      open
      onClose={onClose}
      size="wide"
      title={words.deals(days)}
      subtitle={words.dealsSub}
      actions={<CsvButton file={() => client.programReturns.exportRows(asked)} />}
    >
      <Answer of={answer} what={words.readingDeals}>
        {({ deals, total }) => (
          <Table
            label={words.deals(days)}
            size="compact"
            rows={deals}
            total={total}
            rowKey={({ id }) => id}
            columns={[
              { key: 'deal', head: words.deal, cell: ({ name, id }) => name || id, sort: ({ name }) => name },
              { key: 'role', head: words.role, cell: ({ role }) => words.roles[role], sort: ({ role }) => role },
              { key: 'state', head: words.state, cell: ({ state }) => words.states[state] ?? state, sort: ({ state }) => state },
              { key: 'created', head: words.created, cell: ({ createdAt }) => format.date(createdAt), sort: ({ createdAt }) => createdAt },
              { key: 'closed', head: words.closed, cell: ({ closedAt }) => format.date(closedAt), sort: ({ closedAt }) => closedAt },
              {
                key: 'amount',
                head: words.amount,
                number: true,
                cell: ({ amount, currency }) => format.money(amount, { currency: currency || undefined }),
                sort: ({ amount }) => amount,
              },
            ]}
          />
        )}
      </Answer>
    </Drawer>
  );
}
