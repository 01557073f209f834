import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useAddress } from '../../web/kit/address.ts';
import { client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { PageHead, Section } from '../../web/kit/page.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { LaunchFrame } from '../launches/frame.tsx';
import type { Launch } from '../launches/schema.ts';
import { AddCriterion } from './add-criterion.tsx';
import { CriterionDrawer } from './criterion-drawer.tsx';
import { CriterionTable } from './criterion-table.tsx';
import { DecideDialog } from './decide.tsx';
import { Decisions } from './decisions.tsx';
import { FollowUps } from './follow-ups.tsx';
import type { Gate, Gates } from './schema.ts';
import { useGateAct, useGates } from './use-gates.tsx';
import { useGateWords, useMayDecide } from './words.tsx';

export function GatesPage() {
  return <LaunchFrame tab="gates">{(launch) => <GatesOf launch={launch} />}</LaunchFrame>;
}

function GatesOf({ launch }: { launch: Launch }) {
  const { words } = useGateWords();
  return (
    <Answer of={useGates(launch.key)} what={words.reading}>
      {(gates) => (gates.gates.length === 0 ? <NoGates launch={launch} /> : <AllGates launch={launch} gates={gates} />)}
    </Answer>
  );
}

function NoGates({ launch: { key, tier } }: { launch: Launch }) {
  const { words } = useGateWords();
  const mayDecide = useMayDecide();
  const create = useGateAct({ run: () => client.gates.create({ launch: key }), done: words.created });
  const action = (
    <Button kind="primary" icon={Plus} pending={create.isPending} onClick={() => create.mutate(undefined)}>
      {words.create(tier)}
    </Button>
  );
  return <EmptyState actions={mayDecide ? action : null}>{mayDecide ? words.empty : words.emptyRead}</EmptyState>;
}

/** The sentence that the launch is clear or not, and what of it nobody owns. */
export function GatesVerdict({ gates: { gates, verdict } }: { gates: Gates }) {
  const { words } = useGateWords();
  const ownerless = gates
    .filter(({ standing }) => standing !== 'passed')
    .flatMap(({ criteria }) => criteria.filter((each) => each.needsOwner));
  const sentence =
    verdict.ahead === 0
      ? words.allPassed(verdict.passed)
      : verdict.isClear
        ? words.clear(verdict.ahead)
        : words.verdict(verdict.fails, verdict.waits);
  const note = [ownerless.length > 0 ? words.needOwner(ownerless.length) : '', words.note].filter(Boolean).join(' ');
  return <PageHead verdict={sentence} note={note} />;
}

/** E: the row that has the focus, or else the first criterion that stands in the way. */
const openNext = (gates: Gate[], open: (id: string) => void): void => {
  const focused = document.activeElement;
  if (focused instanceof HTMLAnchorElement && focused.closest('td.name')) return focused.click();
  const ahead = gates.filter(({ standing }) => standing !== 'passed').flatMap(({ criteria }) => criteria);
  const next = ahead.find(({ standing }) => standing === 'fails') ?? ahead[0];
  if (next) open(next.id);
};

function AllGates({ launch, gates }: { launch: Launch; gates: Gates }) {
  const [open, setOpen] = useAddress('criterion');
  const [deciding, setDeciding] = useState<string | null>(null);
  useKeys({ e: () => openNext(gates.gates, setOpen) });
  const next = gates.gates.find(({ standing }) => standing !== 'passed');
  const shown = gates.gates.find(({ criteria }) => criteria.some(({ id }) => id === open));
  const decided = gates.gates.find(({ id }) => id === deciding);
  return (
    <>
      <GatesVerdict gates={gates} />
      {gates.gates.map((gate) => (
        <GateSection key={gate.id} gate={gate} isNext={gate.id === next?.id} onDecide={() => setDeciding(gate.id)} />
      ))}
      <FollowUps gates={gates.gates} />
      <Decisions gates={gates.gates} />
      {shown ? (
        <CriterionDrawer
          key={open}
          launch={launch}
          gate={shown}
          criterion={shown.criteria.find(({ id }) => id === open)!}
          onClose={() => setOpen(undefined)}
        />
      ) : null}
      {decided ? <DecideDialog launch={launch} gate={decided} onClose={() => setDeciding(null)} /> : null}
    </>
  );
}

function GateSection({ gate, isNext, onDecide }: { gate: Gate; isNext: boolean; onDecide: () => void }) {
  const { words, gateName } = useGateWords();
  const mayDecide = useMayDecide();
  const [adding, setAdding] = useState(false);
  const isPassed = gate.standing === 'passed';
  const actions = mayDecide ? (
    <>
      {isPassed ? null : (
        <Button size="small" icon={Plus} onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      )}
      <Button size="small" kind={isNext ? 'primary' : 'plain'} onClick={onDecide}>
        {words.decide}
      </Button>
    </>
  ) : null;
  return (
    <Section ruled title={gateName(gate.stage)} count={<GateCount gate={gate} />} subtitle={<GateWhen gate={gate} />} actions={actions}>
      <CriterionTable gate={gate} />
      {adding ? <AddCriterion gate={gate} onClose={() => setAdding(false)} /> : null}
    </Section>
  );
}

/** How many fail and wait; of a gate that is passed, who let the launch through. */
export function GateCount({ gate: { standing, counts, decisions } }: { gate: Gate }) {
  const { words, format } = useGateWords();
  const [newest] = decisions;
  if (standing === 'passed' && newest) return words.passedBy(words.outcomes[newest.outcome], newest.by, format.date(newest.at));
  return words.counts(counts.fails, counts.waits, counts.waived);
}

function GateWhen({ gate: { leadsTo, dueOn, standing } }: { gate: Gate }) {
  const { words, stageOf } = useGateWords();
  const format = useFormat();
  const today = useToday();
  const isLate = standing !== 'passed' && dueOn < today;
  return [leadsTo ? words.leadsTo(stageOf(leadsTo)) : words.last, (isLate ? words.overdue : words.due)(format.date(dueOn))].join(
    format.locale === 'zh' ? '，' : ', ',
  );
}
