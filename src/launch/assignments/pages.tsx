import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useChanges } from '../../web/kit/changes.ts';
import { api } from '../../web/kit/client.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead, Section } from '../../web/kit/page.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { Table, type Column } from '../../web/kit/table.tsx';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';
import { en as gateEn, zh as gateZh } from '../gates/messages.ts';
import { en, zh } from './messages.ts';
import { placeOf } from './place.ts';
import type { Assignment } from './schema.ts';

function useColumns(): Column<Assignment>[] {
  const words = useMessages({ en, zh });
  const charter = useMessages({ en: charterEn, zh: charterZh });
  const gates = useMessages({ en: gateEn, zh: gateZh });
  const format = useFormat();
  const kinds: Record<string, string> = gates.kinds;
  const named = ({ kind, what, criterionKind }: Assignment) =>
    kind === 'approve_tier' ? words.tier(what) : what || kinds[criterionKind ?? ''] || words.kinds[kind];
  const asked = ({ kind, function: wanted }: Assignment) => {
    if (wanted && kind === 'sign') return words.signFor(charter.functions[wanted]);
    if (wanted && kind === 'approve_tier') return words.approveFor(charter.functions[wanted]);
    return words.kinds[kind];
  };
  return [
    {
      key: 'what',
      head: words.what,
      sort: named,
      cell: (one) => (
        <Link {...placeOf(one)} params={{ launch: one.launch.key }}>
          {named(one)}
        </Link>
      ),
    },
    { key: 'kind', head: words.kind, sort: asked, cell: asked },
    {
      key: 'launch',
      head: words.launch,
      sort: ({ launch }) => launch.name,
      cell: ({ launch }) => (
        <Link to="/launches/$launch" params={{ launch: launch.key }}>
          {launch.name}
        </Link>
      ),
    },
    {
      key: 'due',
      head: words.due,
      sort: ({ dueOn }) => dueOn,
      cell: ({ dueOn, isLate }) => (dueOn ? <span className={isLate ? 'overdue' : undefined}>{format.date(dueOn)}</span> : '–'),
    },
  ];
}

const keyOf = ({ kind, id, function: wanted }: Assignment) => `${kind} ${id} ${wanted}`;

/** Everything that waits for whoever is signed in, by when, for which launch. */
export function AssignmentsPage() {
  const words = useMessages({ en, zh });
  const charter = useMessages({ en: charterEn, zh: charterZh });
  useChanges(['assignments']);
  const columns = useColumns();
  const answer = useQuery(api.assignments.list.queryOptions({ input: {} }));
  return (
    <Page title={words.title}>
      <Answer of={answer} what={words.reading}>
        {({ waiting, ownerless }) => (
          <>
            <PageHead verdict={<Starred text={words.head(waiting.length, waiting.filter(({ isLate }) => isLate).length)} />} />
            <Table label={words.title} rows={waiting} rowKey={keyOf} columns={columns} empty={<EmptyState>{words.empty}</EmptyState>} />
            {ownerless.length > 0 ? (
              <Section title={words.ownerless} subtitle={words.ownerlessSub} ruled>
                <Table
                  label={words.ownerless}
                  rows={ownerless}
                  rowKey={keyOf}
                  columns={[
                    ...(columns as Column<(typeof ownerless)[number]>[]),
                    { key: 'owner', head: words.owner, cell: ({ owner }) => charter.gone(owner.name) },
                  ]}
                />
              </Section>
            ) : null}
          </>
        )}
      </Answer>
    </Page>
  );
}
