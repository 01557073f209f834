import { Radio, Textarea, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { DateField } from '../../web/kit/date-field.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useToday } from '../../web/kit/format-context.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { MemberPicker } from '../charters/member-picker.tsx';
import type { Launch } from '../launches/schema.ts';
import { type Gate, type Outcome, outcomes } from './schema.ts';
import { useGateAct, useRefresh } from './use-gates.tsx';
import { Standing, useGateWords } from './words.tsx';

type LeftDraft = { text: string; ownerId: string | null; dueOn: string | null };

type Refused = { current?: Gate; decision?: Gate['decisions'][number] | null; criteria?: unknown[] };

const refusedBy = (error: unknown): Refused => (error ? ((toFailure(error).details as Refused | undefined) ?? {}) : {});

/** Why a decision was refused: what is not ready, what somebody else decided, or the server's own words. */
function Refusal({ error }: { error: unknown }) {
  const { words } = useGateWords();
  const { criteria, decision, current } = refusedBy(error);
  if (criteria) return words.notClear(criteria.length);
  if (decision) return words.decidedMeanwhile(decision.by, words.outcomes[decision.outcome]);
  return !error || current ? words.changedMeanwhile : toFailure(error).message;
}

/** What is about to be decided, against which version of the gate. */
function useDecision(launch: Launch, gate: Gate, onClose: () => void) {
  const { words, stageOf } = useGateWords();
  const [outcome, setOutcome] = useState<Outcome>(gate.standing === 'passed' ? 'hold' : 'go');
  const [note, setNote] = useState('');
  const [left, setLeft] = useState<LeftDraft[]>([{ text: '', ownerId: null, dueOn: null }]);
  // What was read when the dialog opened; a decision that rests on something else is refused.
  const [version, setVersion] = useState(gate.version);
  const refresh = useRefresh();
  const followUps =
    outcome === 'go_with_followups' ? left.map((each) => ({ ...each, ownerId: each.ownerId ?? '', dueOn: each.dueOn ?? '' })) : [];
  const decide = useGateAct({
    run: () => client.gates.decide({ gate: gate.id, version, outcome, note, followUps }),
    done: (answer) => {
      const [{ stageBefore, stageAfter }] = (answer as Gate).decisions as [Gate['decisions'][number]];
      const said = words.outcomes[outcome];
      toast({ text: stageBefore === stageAfter ? words.decided(said) : words.decidedMoved(said, launch.name, stageOf(stageAfter)) });
    },
    onDone: onClose,
    quiet: true,
  });
  const newest = Math.max(gate.version, refusedBy(decide.error).current?.version ?? 0);
  const readAgain = () => {
    decide.reset();
    setVersion(newest);
    void refresh();
  };
  return { outcome, setOutcome, note, setNote, left, setLeft, decide, isOld: newest > version, readAgain };
}

/** Go, go with follow-ups, hold or no-go: what it means, what stands in the way, and what is left to do. */
export function DecideDialog({ launch, gate, onClose }: { launch: Launch; gate: Gate; onClose: () => void }) {
  const { words, gateName } = useGateWords();
  const { outcome, setOutcome, note, setNote, left, setLeft, decide, isOld, readAgain } = useDecision(launch, gate, onClose);
  const actions = (
    <>
      <Button onClick={onClose}>{words.cancel}</Button>
      <Button kind="primary" pending={decide.isPending} onClick={() => decide.mutate(undefined)}>
        {words.decideAs(words.outcomes[outcome])}
      </Button>
    </>
  );
  return (
    <Dialog open onClose={onClose} title={words.decideTitle(gateName(gate.stage))} actions={actions} wide>
      <div className="form">
        {decide.error || isOld ? (
          <Notice tone={isOld ? 'warn' : 'bad'}>
            <Refusal error={decide.error} /> {isOld ? <Button onClick={readAgain}>{words.reload}</Button> : null}
          </Notice>
        ) : null}
        <InTheWay gate={gate} />
        <OutcomeField gate={gate} value={outcome} onChange={setOutcome} />
        {outcome === 'go_with_followups' ? <LeftFields value={left} onChange={setLeft} /> : null}
        <Textarea
          label={words.noteLabel}
          description={words.noteHelp}
          autosize
          minRows={2}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <p className="meta">{words.stays}</p>
      </div>
    </Dialog>
  );
}

type OutcomeProps = { gate: Gate; value: Outcome; onChange: (outcome: Outcome) => void };

function OutcomeField({ gate: { standing, leadsTo }, value, onChange }: OutcomeProps) {
  const { words, stageOf } = useGateWords();
  // Who has let a launch through can only take that back.
  const offered = outcomes.filter((each) => standing !== 'passed' || each === 'hold' || each === 'no_go');
  return (
    <Radio.Group label={words.outcome} value={value} onChange={onChange}>
      <div className="stack">
        {offered.map((each) => (
          <Radio key={each} value={each} label={words.outcomes[each]} description={words.outcomeHelp(each, leadsTo && stageOf(leadsTo))} />
        ))}
      </div>
    </Radio.Group>
  );
}

function InTheWay({ gate: { criteria, standing } }: { gate: Gate }) {
  const { words, nameOf, whyOf } = useGateWords();
  const failing = criteria.filter((each) => each.required && (each.standing === 'fails' || each.standing === 'waits'));
  if (failing.length === 0 || standing === 'passed') return null;
  return (
    <div>
      <p className="strong">{words.inTheWay(failing.length)}</p>
      <ul>
        {failing.map((each) => (
          <li key={each.id}>
            <Standing of={each.standing} /> {nameOf(each)}: <span className="ink2">{whyOf(each)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function LeftFields({ value, onChange }: { value: LeftDraft[]; onChange: (value: LeftDraft[]) => void }) {
  const { words } = useGateWords();
  const today = useToday();
  const set = (place: number, change: Partial<LeftDraft>) =>
    onChange(value.map((each, index) => (index === place ? { ...each, ...change } : each)));
  return (
    <fieldset className="stack">
      <legend className="strong">{words.followUps}</legend>
      {value.map((each, place) => (
        <div className="form" key={place}>
          <TextInput label={words.followUp} value={each.text} onChange={(event) => set(place, { text: event.currentTarget.value })} />
          <div className="pair">
            <MemberPicker label={words.owner} value={each.ownerId} onChange={(ownerId) => set(place, { ownerId })} />
            <DateField label={words.by} min={today} value={each.dueOn} onChange={(dueOn) => set(place, { dueOn })} />
          </div>
          {value.length > 1 ? (
            <p>
              <Button size="small" icon={X} onClick={() => onChange(value.filter((_, index) => index !== place))}>
                {words.removeFollowUp}
              </Button>
            </p>
          ) : null}
        </div>
      ))}
      <p>
        <Button size="small" icon={Plus} onClick={() => onChange([...value, { text: '', ownerId: null, dueOn: null }])}>
          {words.addFollowUp}
        </Button>
      </p>
    </fieldset>
  );
}
