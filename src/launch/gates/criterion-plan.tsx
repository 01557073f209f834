import { useState } from 'react';
import { client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { Notice } from '../../web/kit/states.tsx';
import { type PlanDraft, PlanFields, planOf } from './plan-fields.tsx';
import type { Criterion } from './schema.ts';
import { useGateAct } from './use-gates.tsx';
import { useGateWords } from './words.tsx';

const draftOf = (criterion: Criterion): PlanDraft => ({
  function: criterion.function,
  text: criterion.text,
  required: criterion.required,
  leadDays: criterion.leadDays,
  fixedDay: criterion.fixedDay,
  ownerId: criterion.owner?.id ?? null,
  threshold: criterion.threshold === null ? '' : Math.round(criterion.threshold * 1000) / 10,
});

/** Changes who answers for a criterion, by when, and what is enough. */
export function CriterionPlanForm({ criterion }: { criterion: Criterion }) {
  const { words } = useGateWords();
  const [draft, setDraft] = useState(() => draftOf(criterion));
  const save = useGateAct({
    run: () => client.gates.updateCriterion({ criterion: criterion.id, version: criterion.version, ...planOf(draft, criterion.kind) }),
    done: words.saved,
    quiet: true,
  });
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
    >
      {save.error ? <Notice tone="bad">{toFailure(save.error).message}</Notice> : null}
      <PlanFields kind={criterion.kind} owner={criterion.owner} value={draft} onChange={setDraft} />
      <div className="actions">
        <Button type="submit" pending={save.isPending}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}
