import { Owner } from '../charters/owner.tsx';
import { useState } from 'react';
import { client } from '../../web/kit/client.ts';
import { Button, ButtonLink } from '../../web/kit/controls.tsx';
import { Drawer } from '../../web/kit/drawer.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Facts, Section } from '../../web/kit/page.tsx';
import { useMayEdit, useSession } from '../../web/kit/session.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';
import type { Launch } from '../launches/schema.ts';
import { EvidenceList } from '../positionings/evidence-fields.tsx';
import { CriterionPlanForm } from './criterion-plan.tsx';
import { CriterionStateForm } from './criterion-state.tsx';
import type { Criterion, Gate } from './schema.ts';
import { useGateAct } from './use-gates.tsx';
import { WaiveDialog } from './waive.tsx';
import { Standing, useGateWords, useMayDecide } from './words.tsx';

type DrawerProps = { launch: Launch; gate: Gate; criterion: Criterion; onClose: () => void };

/** One criterion: how it stands and why, and what may be changed of it. */
export function CriterionDrawer({ launch, gate, criterion, onClose }: DrawerProps) {
  const { words, gateName, nameOf } = useGateWords();
  const mayEdit = useMayEdit();
  const mayDecide = useMayDecide();
  const isOpen = gate.standing !== 'passed';
  return (
    <Drawer open onClose={onClose} title={nameOf(criterion)} subtitle={gateName(gate.stage)}>
      <div className="stack">
        <CriterionFacts criterion={criterion} />
        {criterion.checksItself ? <ChecksItself launch={launch} criterion={criterion} /> : null}
        {isOpen ? null : <Notice>{words.passedCriteria}</Notice>}
        {!criterion.checksItself && mayEdit && isOpen ? (
          <Section title={words.setTitle} ruled>
            <CriterionStateForm key={criterion.version} criterion={criterion} />
          </Section>
        ) : null}
        {mayDecide && isOpen ? (
          <Section title={words.planTitle} ruled>
            <CriterionPlanForm key={criterion.version} criterion={criterion} />
          </Section>
        ) : null}
        {mayDecide && isOpen ? <Acts criterion={criterion} onClose={onClose} /> : null}
      </div>
    </Drawer>
  );
}

function CriterionFacts({ criterion }: { criterion: Criterion }) {
  const { words, format, foundOf } = useGateWords();
  const { functions } = useMessages({ en: charterEn, zh: charterZh });
  const { standing, owner, dueOn, waiver, setBy, setAt, checksItself, evidence } = criterion;
  return (
    <>
      <Facts
        items={[
          [words.state, <Standing key="state" of={standing} shown />],
          [words.why, foundOf(criterion)],
          ...(waiver ? [[words.standings.waived, words.waived(waiver.by, waiver.reason)] as [string, string]] : []),
          [words.function, functions[criterion.function]],
          [words.owner, <Owner key="owner" owner={owner} />],
          [words.dueHead, format.date(dueOn, { year: true })],
          ...(setBy && setAt ? [[words.checked, words.setBy(setBy, format.dateTime(setAt))] as [string, string]] : []),
        ]}
      />
      {checksItself ? null : <EvidenceList evidence={evidence} none={words.noEvidence} />}
    </>
  );
}

const fixes = {
  differentiator: 'positioning',
  audience: 'edit',
  goals: 'goals',
  deliverables: 'deliverables',
  feedback: 'positioning',
  tier: '',
} as const;

/** That nobody sets it, and where to go to make it so. */
function ChecksItself({ launch: { key }, criterion: { kind } }: { launch: Launch; criterion: Criterion }) {
  const { words } = useGateWords();
  const place = kind in fixes ? (kind as keyof typeof fixes) : null;
  return (
    <>
      <p className="meta">{words.checksItself}</p>
      {place ? <ButtonLink to={`/launches/${key}/${fixes[place]}`}>{words.fix[place]}</ButtonLink> : null}
    </>
  );
}

function Acts({ criterion, onClose }: { criterion: Criterion; onClose: () => void }) {
  const { words, nameOf } = useGateWords();
  const [waiving, setWaiving] = useState(false);
  const isOwner = useSession().role === 'owner';
  const { id, kind, required, result, waiver } = criterion;
  const restore = useGateAct({ run: () => client.gates.restoreCriterion({ criterion: id }), done: words.saved });
  const remove = useGateAct({
    run: () => client.gates.removeCriterion({ criterion: id }),
    done: () => toast({ text: words.removed(nameOf(criterion)), undo: () => restore.mutate(undefined) }),
    onDone: onClose,
  });
  const waivable = required && !waiver && result.state !== 'ready';
  const mayWaive = waivable && (isOwner || kind !== 'differentiator');
  return (
    <div className="row">
      {mayWaive ? <Button onClick={() => setWaiving(true)}>{words.waive}</Button> : null}
      {waivable && !mayWaive ? <span className="meta">{words.onlyOwner}</span> : null}
      {kind === 'differentiator' || waiver ? null : (
        <Button kind="danger" pending={remove.isPending} onClick={() => remove.mutate(undefined)}>
          {words.remove}
        </Button>
      )}
      {waiving ? <WaiveDialog criterion={criterion} onClose={() => setWaiving(false)} /> : null}
    </div>
  );
}
