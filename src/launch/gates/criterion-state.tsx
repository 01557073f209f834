import { NumberInput, Radio } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { Notice } from '../../web/kit/states.tsx';
import { evidenceDrafts, EvidenceFields, evidenceOf } from '../positionings/evidence-fields.tsx';
import { type Criterion, type CriterionState, criterionStates } from './schema.ts';
import { useGateAct } from './use-gates.tsx';
import { useGateWords } from './words.tsx';

/** Says how a criterion stands, and on what evidence. */
export function CriterionStateForm({ criterion }: { criterion: Criterion }) {
  const { words, format } = useGateWords();
  const [state, setState] = useState<CriterionState | null>(criterion.setAt ? criterion.result.state : null);
  const [counted, setCounted] = useState<number | ''>(criterion.counted ?? '');
  const [countedOf, setCountedOf] = useState<number | ''>(criterion.countedOf ?? '');
  const [evidence, setEvidence] = useState(() => evidenceDrafts(criterion.evidence));
  const isField = criterion.kind === 'field_readiness';
  const save = useGateAct({
    run: () =>
      client.gates.setState({
        criterion: criterion.id,
        version: criterion.version,
        evidence: evidenceOf(evidence),
        ...(isField ? { counted: counted || 0, countedOf: countedOf || 0 } : { state: state ?? undefined }),
      }),
    done: words.saved,
    quiet: true,
  });
  const asNumber = (set: (value: number | '') => void) => (value: string | number) => set(typeof value === 'number' ? value : '');
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
      {isField ? (
        <>
          <div className="pair">
            <NumberInput label={words.counted} min={0} allowDecimal={false} value={counted} onChange={asNumber(setCounted)} />
            <NumberInput label={words.countedOf} min={1} allowDecimal={false} value={countedOf} onChange={asNumber(setCountedOf)} />
          </div>
          <p className="meta">{words.needed(format.share(criterion.threshold ?? 1, { digits: 0 }))}</p>
        </>
      ) : (
        <Radio.Group label={words.state} value={state} onChange={(value) => setState(value)}>
          <div className="row">
            {criterionStates.map((each) => (
              <Radio key={each} value={each} label={words.states[each]} />
            ))}
          </div>
        </Radio.Group>
      )}
      <EvidenceFields label={words.evidence} value={evidence} onChange={setEvidence} />
      <div className="actions">
        <Button type="submit" kind="primary" pending={save.isPending}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}
