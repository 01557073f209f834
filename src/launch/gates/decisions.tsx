import { Owner } from '../charters/owner.tsx';
import { Link } from '@tanstack/react-router';
import { useAddress } from '../../web/kit/address.ts';
import { Drawer } from '../../web/kit/drawer.tsx';
import { Facts, Section } from '../../web/kit/page.tsx';
import { Table } from '../../web/kit/table.tsx';
import type { Decision, Gate } from './schema.ts';
import { OptionalTag, Standing, useGateWords } from './words.tsx';

type Line = Decision & { stage: string };

/** What was decided at the gates, with how every criterion stood at that moment. */
export function Decisions({ gates }: { gates: Gate[] }) {
  const { words, format, gateName } = useGateWords();
  const [open, setOpen] = useAddress('decision');
  const lines = gates
    .flatMap(({ stage, decisions }) => decisions.map((each): Line => ({ ...each, stage })))
    .toSorted((one, other) => other.at.localeCompare(one.at) || other.number - one.number);
  const shown = lines.find(({ id }) => id === open);
  return (
    <Section title={words.decisions} count={lines.length === 0 ? words.noDecisions : format.number(lines.length)} ruled>
      {lines.length === 0 ? null : (
        <Table
          label={words.decisions}
          rows={lines}
          rowKey={({ id }) => id}
          onOpen={({ id }) => setOpen(id)}
          selected={({ id }) => id === open}
          columns={[
            {
              key: 'outcome',
              head: words.outcome,
              cell: ({ id, outcome }) => (
                <Link to="." search={(old: object) => ({ ...old, decision: id })} replace>
                  {words.outcomes[outcome]}
                </Link>
              ),
            },
            { key: 'gate', head: words.gate, cell: ({ stage }) => gateName(stage) },
            { key: 'who', head: words.whoDecided, cell: ({ by }) => by },
            { key: 'when', head: words.when, cell: ({ at }) => <span className="nowrap">{format.dateTime(at)}</span> },
            { key: 'stood', head: words.criteria, cell: ({ criteria }) => words.stood(readyOf(criteria), criteria.length) },
            { key: 'note', head: words.why, width: '34%', cell: ({ note }) => note || '–' },
          ]}
        />
      )}
      {shown ? <DecisionDrawer decision={shown} onClose={() => setOpen(undefined)} /> : null}
    </Section>
  );
}

const readyOf = (criteria: Decision['criteria']): number => criteria.filter(({ result }) => result.state === 'ready').length;

function DecisionDrawer({ decision, onClose }: { decision: Line; onClose: () => void }) {
  const { words, format, gateName, stageOf, nameOf, whyOf } = useGateWords();
  const { outcome, stage, note, by, at, stageBefore, stageAfter, positioningVersion, criteria } = decision;
  return (
    <Drawer
      open
      onClose={onClose}
      size="wide"
      title={words.decisionTitle(words.outcomes[outcome], gateName(stage))}
      subtitle={words.setBy(by, format.dateTime(at))}
    >
      <div className="stack">
        <Facts
          items={[
            [words.stageHead, words.stageMoved(stageOf(stageBefore), stageOf(stageAfter))],
            [words.positioningHead, positioningVersion ? words.version(format.number(positioningVersion)) : words.none],
            [words.noteLabel, note || '–'],
          ]}
        />
        <div className="stretch">
          <Table
            label={words.stood(readyOf(criteria), criteria.length)}
            rows={criteria}
            rowKey={({ id }) => id}
            empty={<p className="meta">{words.noCriteria}</p>}
            columns={[
              {
                key: 'criterion',
                head: words.criterion,
                cell: (each) => (
                  <>
                    <Standing of={each.standing} /> {nameOf(each)} <OptionalTag required={each.required} />
                  </>
                ),
              },
              { key: 'why', head: words.why, cell: whyOf },
              { key: 'owner', head: words.owner, cell: ({ owner }) => <Owner owner={owner} /> },
            ]}
          />
        </div>
      </div>
    </Drawer>
  );
}
