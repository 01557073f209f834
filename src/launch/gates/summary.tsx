import { Owner } from '../charters/owner.tsx';
import { Link } from '@tanstack/react-router';
import { Section } from '../../web/kit/page.tsx';
import { Answer } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import type { Launch } from '../launches/schema.ts';
import type { Gate, Gates } from './schema.ts';
import { useGates } from './use-gates.tsx';
import { Standing, useGateWords } from './words.tsx';

/** The gate that is next, for the page that shows a launch as a whole. */
export function GatesSummary({ launch }: { launch: Launch }) {
  const { words } = useGateWords();
  return (
    <Answer of={useGates(launch.key)} what={words.reading}>
      {(gates) => <Next launch={launch} gates={gates} />}
    </Answer>
  );
}

function Next({ launch, gates: { gates, verdict } }: { launch: Launch; gates: Gates }) {
  const { words, gateName } = useGateWords();
  const next = gates.find(({ standing }) => standing !== 'passed');
  const all = (
    <Link to="/launches/$launch/gates" params={{ launch: launch.key }}>
      {words.open}
    </Link>
  );
  if (gates.length === 0)
    return (
      <Section title={words.summary} actions={all}>
        <p className="meta">{words.noGates}</p>
      </Section>
    );
  if (!next) return <Section title={words.allPassed(verdict.passed)} actions={all} />;
  const { fails, waits, waived } = next.counts;
  return (
    <Section title={gateName(next.stage)} count={words.counts(fails, waits, waived)} actions={all}>
      <ShortTable launch={launch} gate={next} />
    </Section>
  );
}

function ShortTable({ launch, gate }: { launch: Launch; gate: Gate }) {
  const { words, gateName, nameOf, whyOf } = useGateWords();
  return (
    <Table
      label={gateName(gate.stage)}
      rows={gate.criteria}
      rowKey={({ id }) => id}
      empty={<p className="meta">{words.noCriteria}</p>}
      columns={[
        {
          key: 'criterion',
          head: words.criterion,
          cell: (criterion) => (
            <>
              <Standing of={criterion.standing} />{' '}
              <Link to="/launches/$launch/gates" params={{ launch: launch.key }} search={{ criterion: criterion.id }}>
                {nameOf(criterion)}
              </Link>
            </>
          ),
        },
        { key: 'why', head: words.why, cell: whyOf },
        { key: 'owner', head: words.owner, cell: ({ owner }) => <Owner owner={owner} /> },
      ]}
    />
  );
}
