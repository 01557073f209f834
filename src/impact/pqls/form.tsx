import '../../web/kit/styles/criteria.css';
import '../../web/kit/styles/questions.css';
import '../../web/kit/styles/question-steps.css';
import { Input, NumberInput, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { isWhole, type Step } from '../../web/kit/questions/values.ts';
import { Notice } from '../../web/kit/states.tsx';
import { OneStep } from '../questions/one-step.tsx';
import { en, zh } from './messages.ts';
import { conversions, type Definition, type Pql } from './schema.ts';

type Criterion = { step: Step; times: number; points: number };
type Values = Pick<Definition, 'unit' | 'days' | 'line' | 'within'> & {
  name: string;
  criteria: Criterion[];
  by: 'event' | 'won';
  goal: Step;
};

const empty = (): Step => ({ event: '', filters: [] });

const valuesOf = (pql?: Pql, start?: Definition): Values => {
  const { conversion, ...definition } = pql?.definition ??
    start ?? {
      unit: 'accounts' as const,
      days: 14,
      criteria: [{ step: empty(), times: 1, points: 1 }],
      line: 1,
      conversion: { by: 'won' as const },
      within: 60,
    };
  return { name: pql?.name ?? '', ...definition, by: conversion.by, goal: conversion.by === 'event' ? conversion.step : empty() };
};

const whole = ({ event, filters }: Step) => ({ event: event ?? '', filters: filters.filter(isWhole) });
const definitionOf = ({ unit, days, criteria, line, by, goal, within }: Values): Definition => ({
  unit,
  days,
  criteria: criteria.map(({ step, times, points }) => ({ step: whole(step), times, points })),
  line,
  conversion: by === 'won' ? { by } : { by, step: whole(goal) },
  within,
});
const pointsOf = ({ criteria }: Pick<Values, 'criteria'>): number => criteria.reduce((sum, { points }) => sum + points, 0);

type Props = {
  pql?: Pql;
  /** With what a new one begins. */
  start?: Definition;
  onSaved: (pql: Pql) => void;
  onCancel: () => void;
};

/** Defines a PQL, or writes its next version. */
export function PqlForm({ pql, start, onSaved, onCancel }: Props) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const queries = useQueryClient();
  const done = async (saved: Pql) => {
    await queries.invalidateQueries({ queryKey: api.pqls.key() });
    onSaved(saved);
  };
  const create = useMutation(api.pqls.create.mutationOptions({ onSuccess: done }));
  const update = useMutation(api.pqls.update.mutationOptions({ onSuccess: done }));
  const form = useForm<Values>({
    initialValues: valuesOf(pql, start),
    validate: {
      name: (value) => (value.trim() ? null : words.nameNeeded),
      criteria: (value) => (value.every(({ step }) => step.event) ? null : words.eventNeeded),
      line: (value, values) => (value <= pointsOf(values) ? null : words.lineTooHigh(format.number(pointsOf(values)))),
      goal: (value, { by }) => (by === 'won' || value.event ? null : words.conversionNeeded),
    },
  });
  const { values, setFieldValue } = form;
  const save = form.onSubmit((given) => {
    const fields = { name: given.name, definition: definitionOf(given) };
    if (pql) update.mutate({ pql: pql.id, version: pql.version, ...fields });
    else create.mutate(fields);
  });
  const error = create.error ?? update.error;
  return (
    <form className="form" onSubmit={save} noValidate>
      {error ? <Notice tone="bad">{toFailure(error).message}</Notice> : null}
      <TextInput label={words.name} data-autofocus {...form.getInputProps('name')} />
      <div className="pair">
        <Select
          label={words.unit}
          allowDeselect={false}
          data={(['accounts', 'people'] as const).map((value) => ({ value, label: words.units[value] }))}
          {...form.getInputProps('unit')}
        />
        <NumberInput label={words.days} min={1} max={90} allowDecimal={false} {...form.getInputProps('days')} />
      </div>
      <Criteria
        value={values.criteria}
        onChange={(criteria) => setFieldValue('criteria', criteria)}
        error={form.errors.criteria as string}
      />
      <NumberInput
        label={words.line}
        description={words.lineHelp(format.number(pointsOf(values)))}
        min={1}
        max={1000}
        allowDecimal={false}
        {...form.getInputProps('line')}
      />
      <div className="pair">
        <Select
          label={words.conversion}
          allowDeselect={false}
          data={conversions.map((value) => ({ value, label: words.conversions[value] }))}
          {...form.getInputProps('by')}
        />
        <NumberInput label={words.within} min={1} max={365} allowDecimal={false} {...form.getInputProps('within')} />
      </div>
      {values.by === 'event' ? (
        <Input.Wrapper label={words.event} labelElement="div" error={form.errors.goal}>
          <OneStep label={words.conversion} value={values.goal} onChange={(goal) => setFieldValue('goal', goal)} />
        </Input.Wrapper>
      ) : null}
      {pql ? <p className="meta">{words.versionWarning}</p> : null}
      <div className="actions">
        <Button type="submit" kind="primary" pending={create.isPending || update.isPending}>
          {words.save}
        </Button>
        <Button onClick={onCancel}>{words.cancel}</Button>
      </div>
    </form>
  );
}

type CriteriaProps = { value: Criterion[]; onChange: (value: Criterion[]) => void; error?: string };

function Criteria({ value, onChange, error }: CriteriaProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const change = (place: number, more: Partial<Criterion>) => onChange(value.map((one, at) => (at === place ? { ...one, ...more } : one)));
  return (
    <Input.Wrapper label={words.criteria} labelElement="div" error={error}>
      {value.map((criterion, place) => (
        <CriterionRow
          // A criterion has nothing of its own but its place.
          // oxlint-disable-next-line react/no-array-index-key
          key={place}
          place={format.number(place + 1)}
          value={criterion}
          onChange={(more) => change(place, more)}
          onRemove={value.length > 1 ? () => onChange(value.toSpliced(place, 1)) : undefined}
        />
      ))}
      {value.length < 10 ? (
        <Button kind="quiet" size="small" icon={Plus} onClick={() => onChange([...value, { step: empty(), times: 1, points: 1 }])}>
          {words.add}
        </Button>
      ) : null}
    </Input.Wrapper>
  );
}

type RowProps = { place: string; value: Criterion; onChange: (more: Partial<Criterion>) => void; onRemove?: () => void };

function CriterionRow({ place, value: { step, times, points }, onChange, onRemove }: RowProps) {
  const words = useMessages({ en, zh });
  const whole = (change: (value: number) => void) => (value: number | string) => typeof value === 'number' && change(value);
  return (
    <div className="criterion">
      <OneStep label={words.criterion(place)} value={step} onChange={(next) => onChange({ step: next })} />
      <NumberInput
        aria-label={`${words.criterion(place)}: ${words.times}`}
        label={words.times}
        w={110}
        min={1}
        max={10_000}
        allowDecimal={false}
        value={times}
        onChange={whole((value) => onChange({ times: value }))}
      />
      <NumberInput
        aria-label={`${words.criterion(place)}: ${words.points}`}
        label={words.points}
        w={90}
        min={1}
        max={100}
        allowDecimal={false}
        value={points}
        onChange={whole((value) => onChange({ points: value }))}
      />
      {onRemove ? <Button kind="quiet" size="small" icon={X} aria-label={words.remove(place)} onClick={onRemove} /> : null}
    </div>
  );
}
