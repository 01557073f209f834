import { Select } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { Notice } from '../../web/kit/states.tsx';
import { type PlanDraft, PlanFields, planOf } from './plan-fields.tsx';
import { type CriterionKind, criterionKinds, type Gate } from './schema.ts';
import { useGateAct } from './use-gates.tsx';
import { useGateWords } from './words.tsx';

/** One more thing that must be so before a gate is passed. */
export function AddCriterion({ gate, onClose }: { gate: Gate; onClose: () => void }) {
  const { words } = useGateWords();
  const [kind, setKind] = useState<CriterionKind>('manual');
  const [draft, setDraft] = useState<PlanDraft>({
    function: 'product_marketing',
    text: '',
    required: true,
    leadDays: gate.leadDays,
    fixedDay: gate.fixedDay,
    ownerId: null,
    threshold: 80,
  });
  const add = useGateAct({
    run: () => client.gates.addCriterion({ gate: gate.id, kind, ...planOf(draft, kind) }),
    done: words.added,
    onDone: onClose,
    quiet: true,
  });
  // One that checks itself is there once; what is set by hand may be there in other words.
  const there = new Set(gate.criteria.filter(({ checksItself }) => checksItself).map((each) => each.kind));
  const actions = (
    <>
      <Button onClick={onClose}>{words.cancel}</Button>
      <Button kind="primary" pending={add.isPending} onClick={() => add.mutate(undefined)}>
        {words.add}
      </Button>
    </>
  );
  return (
    <Dialog open onClose={onClose} title={words.add} actions={actions} wide>
      <div className="form">
        {add.error ? <Notice tone="bad">{toFailure(add.error).message}</Notice> : null}
        <Select
          label={words.kind}
          data={criterionKinds.filter((each) => !there.has(each)).map((each) => ({ value: each, label: words.kinds[each] }))}
          allowDeselect={false}
          value={kind}
          onChange={(chosen) => chosen && setKind(chosen)}
        />
        <PlanFields kind={kind} value={draft} onChange={setDraft} />
      </div>
    </Dialog>
  );
}
