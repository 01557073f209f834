import '../../web/kit/styles/questions.css';
import '../../web/kit/styles/question-steps.css';
import { Input, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { isWhole, type Step } from '../../web/kit/questions/values.ts';
import { Starred } from '../../web/kit/starred.tsx';
import { Answer, Notice } from '../../web/kit/states.tsx';
import { OneStep } from '../questions/one-step.tsx';
import { en, zh } from './messages.ts';
import { useRolloutWords } from './said.tsx';
import { lots, type Rollout, type RolloutPlan } from './schema.ts';

type Values = Omit<RolloutPlan, 'outcome' | 'only' | 'treatedShare' | 'worthHaving'> & {
  name: string;
  outcome: Step;
  sharePercent: number;
  worthPoints: number;
};

const start: Values = {
  name: '',
  plans: [],
  segments: [],
  lot: 'stratified',
  sharePercent: 50,
  waves: 4,
  by: 'plan',
  outcome: { event: '', filters: [] },
  days: 28,
  worthPoints: 5,
  seed: 1,
};

const planOf = ({ plans, segments, lot, waves, by, days, seed, sharePercent, worthPoints, outcome }: Values): RolloutPlan => ({
  plans,
  segments,
  lot,
  waves,
  by,
  days,
  seed,
  only: [],
  treatedShare: sharePercent / 100,
  worthHaving: worthPoints / 100,
  outcome: { event: outcome.event ?? '', filters: outcome.filters.filter(isWhole) },
});

const isPlan = ({ sharePercent, worthPoints, days, waves, outcome }: Values): boolean =>
  Boolean(outcome.event) && sharePercent > 0 && sharePercent < 100 && worthPoints > 0 && worthPoints < 100 && days >= 1 && waves >= 2;

type Props = { onDrawn: (rollout: Rollout) => void; onCancel: () => void };

/** Plans a roll-out; what it could tell is said below while it is being planned. */
export function RolloutForm({ onDrawn, onCancel }: Props) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const create = useMutation(
    api.rollouts.create.mutationOptions({
      onSuccess: async (made) => {
        await queries.invalidateQueries({ queryKey: api.rollouts.key() });
        onDrawn(made);
      },
    }),
  );
  const form = useForm<Values>({
    initialValues: start,
    validate: {
      name: (value) => (value.trim() ? null : words.nameNeeded),
      outcome: (value) => (value.event ? null : words.goalNeeded),
    },
  });
  const { values, setFieldValue } = form;
  const save = form.onSubmit((given) => create.mutate({ name: given.name, ...planOf(given) }));
  return (
    <form className="form" onSubmit={save} noValidate>
      {create.error ? <Notice tone="bad">{toFailure(create.error).message}</Notice> : null}
      <TextInput label={words.name} data-autofocus {...form.getInputProps('name')} />
      <div className="pair">
        <TagsInput label={words.plans} description={words.everyHelp} maxTags={50} {...form.getInputProps('plans')} />
        <TagsInput label={words.segments} description={words.everyHelp} maxTags={50} {...form.getInputProps('segments')} />
      </div>
      <Input.Wrapper label={words.goal} labelElement="div" error={form.errors.outcome}>
        <OneStep label={words.goal} value={values.outcome} onChange={(outcome) => setFieldValue('outcome', outcome)} />
      </Input.Wrapper>
      <div className="pair">
        <NumberInput label={words.days} min={1} max={180} allowDecimal={false} {...form.getInputProps('days')} />
        <NumberInput label={words.worth} min={0.1} max={99} step={1} decimalScale={1} {...form.getInputProps('worthPoints')} />
      </div>
      <div className="pair">
        <Select
          label={words.lot}
          description={words.lotHelp[values.lot]}
          allowDeselect={false}
          data={lots.map((value) => ({ value, label: words.lots[value] }))}
          {...form.getInputProps('lot')}
        />
        {values.lot === 'stepped_wedge' ? (
          <NumberInput label={words.waves} min={2} max={12} allowDecimal={false} {...form.getInputProps('waves')} />
        ) : values.lot === 'pairs' ? null : (
          <NumberInput label={words.share} min={1} max={99} allowDecimal={false} {...form.getInputProps('sharePercent')} />
        )}
      </div>
      <div className="pair">
        {values.lot === 'stratified' ? (
          <Select
            label={words.by}
            allowDeselect={false}
            data={(['plan', 'segment'] as const).map((value) => ({ value, label: words.bys[value] }))}
            {...form.getInputProps('by')}
          />
        ) : null}
        <NumberInput
          label={words.seed}
          description={words.seedHelp}
          min={0}
          max={2_147_483_647}
          allowDecimal={false}
          {...form.getInputProps('seed')}
        />
      </div>
      <Foretold values={values} />
      <div className="actions">
        <Button type="submit" kind="primary" pending={create.isPending}>
          {words.draw}
        </Button>
        <Button onClick={onCancel}>{words.cancel}</Button>
      </div>
    </form>
  );
}

/** What the plan could tell, asked anew when it has rested for a moment. */
function Foretold({ values }: { values: Values }) {
  const words = useMessages({ en, zh });
  const said = useRolloutWords();
  const [rested] = useDebouncedValue(values, 400);
  const plan = planOf(rested);
  const preview = useQuery({
    ...api.rollouts.preview.queryOptions({ input: plan }),
    enabled: isPlan(rested),
    placeholderData: keepPreviousData,
  });
  if (!isPlan(rested)) return null;
  return (
    <Answer of={preview} what={words.counting}>
      {(basis) => (
        <Notice tone={basis.answerable === 'yes' ? 'good' : 'warn'}>
          <Starred text={said.verdict(basis, plan)} /> {said.rests(basis, plan)}
        </Notice>
      )}
    </Answer>
  );
}
