import { useState } from 'react';
import { Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Conflict } from '../../web/kit/conflict.tsx';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { useUnsaved } from '../../web/kit/unsaved.ts';
import type { Launch } from '../launches/schema.ts';
import { type Draft, draftOf, fieldsOf } from './draft.ts';
import { en, zh } from './messages.ts';
import { MetricFields, TargetFields } from './metric-fields.tsx';
import { PowerPanel } from './power-panel.tsx';
import { comparisons, type Goal, purposes } from './schema.ts';
import { useGoalWords, useRefreshGoals } from './use-goals.tsx';

export type GoalForm = ReturnType<typeof useDraft>;

type FormProps = {
  launch: Launch;
  goal: Goal | null;
  all: Goal[];
  parentId?: string | null;
  onDone: (id: string) => void;
  onCancel: () => void;
};

const isShare = (value: number | '') => Number(value) > 0 && Number(value) <= 100;

function useDraft(goal: Goal | null, parentId: string | null) {
  const words = useMessages({ en, zh });
  const needsText = (value: string, { kind }: Draft) => (kind !== 'outside' || value.trim() ? null : words.textNeeded);
  return useForm<Draft & { reason: string }>({
    initialValues: { ...draftOf(goal, parentId), reason: '' },
    validateInputOnBlur: true,
    validate: {
      name: (value) => (value.trim() ? null : words.nameNeeded),
      target: (value, { kind }) => (kind === 'none' || isShare(value) ? null : words.targetNeeded),
      step: ({ event }, { kind }) => (kind !== 'behaviour' || event !== '' ? null : words.eventNeeded),
      question: needsText,
      source: needsText,
      reason: (value) => (!goal?.registered || value.trim().length > 2 ? null : words.reasonNeeded),
    },
  });
}

/** What a goal is for, in whose service, and what is compared and decided. */
function WordFields({ form, all, goal }: { form: GoalForm; all: Goal[]; goal: Goal | null }) {
  const words = useMessages({ en, zh });
  const parents = all.filter(({ id, withdrawn }) => id !== goal?.id && !withdrawn);
  return (
    <>
      <TextInput label={words.name} description={words.nameHelp} data-autofocus {...form.getInputProps('name')} />
      <div className="pair">
        <Select
          label={words.purpose}
          data={purposes.map((value) => ({ value, label: words.purposes[value] }))}
          allowDeselect={false}
          {...form.getInputProps('purpose')}
        />
        <Select
          label={words.parent}
          data={[{ value: '', label: words.noParent }, ...parents.map(({ id, name }) => ({ value: id, label: name }))]}
          allowDeselect={false}
          {...form.getInputProps('parentId')}
        />
      </div>
    </>
  );
}

function DecisionFields({ form }: { form: GoalForm }) {
  const words = useMessages({ en, zh });
  if (form.values.kind === 'none') return null;
  return (
    <>
      <Select
        label={words.comparison}
        description={`${words.comparisonNotes[form.values.comparison]} ${words.comparisonHelp}`}
        data={comparisons.map((value) => ({ value, label: words.comparisons[value] })).toReversed()}
        allowDeselect={false}
        {...form.getInputProps('comparison')}
      />
      <Textarea
        label={`${words.rule} (${words.optional})`}
        description={`${words.usualRule} ${words.ruleHelp}`}
        autosize
        minRows={2}
        {...form.getInputProps('rule')}
      />
    </>
  );
}

/** Saves a new goal, a changed draft, or an amendment with its reason; what somebody else changed meanwhile is shown, not overwritten. */
function useSave({ launch, goal, onDone }: FormProps, form: GoalForm) {
  const words = useMessages({ en, zh });
  const refresh = useRefreshGoals();
  const [base, setBase] = useState(goal);
  const done = async (saved: Goal, text: string) => {
    await refresh();
    toast({ text });
    onDone(saved.id);
  };
  const create = useMutation(api.goals.create.mutationOptions({ onSuccess: (saved) => done(saved, words.created(saved.name)) }));
  const update = useMutation(api.goals.update.mutationOptions({ onSuccess: (saved) => done(saved, words.saved(saved.name)) }));
  const save = form.onSubmit((draft) => {
    const fields = fieldsOf(draft);
    if (base) update.mutate({ goal: base.id, version: base.version, ...fields, ...(base.registered && { reason: draft.reason.trim() }) });
    else create.mutate({ launch: launch.key, ...fields });
  });
  const failed = update.error ?? create.error;
  const current = failed ? (toFailure(failed).details as { current?: Goal } | undefined)?.current : undefined;
  const keep = (now: Goal) => {
    setBase(now);
    update.reset();
  };
  return { save, failed, base, current, keep, pending: create.isPending || update.isPending };
}

export function GoalFormBody(props: FormProps) {
  const { launch, goal, all, parentId = null, onCancel } = props;
  const words = useMessages({ en, zh });
  const form = useDraft(goal, parentId);
  const { save, failed, base, current, keep, pending } = useSave(props, form);
  useUnsaved(form.isDirty() && !pending);
  return (
    <form className="form" noValidate onSubmit={save}>
      {goal?.registered ? <Notice tone="warn">{words.amendNote}</Notice> : null}
      {failed && current && base ? (
        <Clash
          launch={launch}
          before={base}
          current={current}
          message={toFailure(failed).message}
          onKeep={() => keep(current)}
          onTake={onCancel}
        />
      ) : failed ? (
        <Notice tone="bad">{toFailure(failed).message}</Notice>
      ) : null}
      <WordFields form={form} all={all} goal={goal} />
      <MetricFields form={form} launch={launch} />
      <TargetFields form={form} />
      <DecisionFields form={form} />
      {form.values.kind === 'none' ? null : <PowerPanel launch={launch} fields={fieldsOf(form.values)} goal={goal} />}
      {goal?.registered ? (
        <Textarea label={words.reason} description={words.reasonHelp} autosize minRows={2} {...form.getInputProps('reason')} />
      ) : null}
      <div className="actions">
        <Button type="submit" kind="primary" pending={pending}>
          {goal?.registered ? words.saveAmendment : goal ? words.save : words.saveNew}
        </Button>
        <Button onClick={onCancel}>{words.cancel}</Button>
      </div>
    </form>
  );
}

type ClashProps = { launch: Launch; before: Goal; current: Goal; message: string; onKeep: () => void; onTake: () => void };

function Clash({ launch, before, current, message, onKeep, onTake }: ClashProps) {
  const { words, measuredBy, target } = useGoalWords(launch);
  const refresh = useRefreshGoals();
  const lines = (goal: Goal): [string, string][] => [
    [words.name, goal.name],
    [words.purpose, words.purposes[goal.purpose]],
    [words.metric, measuredBy(goal.metric)],
    [words.columns.target, target(goal)],
    [words.comparison, words.comparisons[goal.comparison]],
    [words.rule, goal.rule],
    [words.state, goal.registered ? words.judgedBy : words.draft],
  ];
  const were = lines(before);
  const fields = lines(current).flatMap(([label, now], index) =>
    now === were[index]![1] ? [] : [{ label, before: were[index]![1], now }],
  );
  return <Conflict message={message} fields={fields} onKeep={onKeep} onTake={() => void refresh().then(onTake)} />;
}
