import { NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Segmented } from '../../web/kit/controls.tsx';
import { DateField } from '../../web/kit/date-field.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Control } from '../../web/kit/questions/builder-bar.tsx';
import type { Asked } from '../../web/kit/questions/use-question.ts';
import { OneStep } from '../questions/one-step.tsx';
import { en, zh } from './messages.ts';
import { type LiftAddress, liftUnits } from './schema.ts';

type Design = LiftAddress['design'];
type Outcome = LiftAddress['outcome'];
type Part = Asked<LiftAddress> & { properties: readonly { name: string; values: string[] }[] };

export const usualDesigns = {
  holdout: { kind: 'holdout', property: '', treated: [], control: [], treatedShare: 0.5, looks: 'once', decideOn: null },
  staged: { kind: 'staged', property: '', by: 'month' },
  before_after: { kind: 'before_after', on: '' },
} as const satisfies Record<Design['kind'], unknown>;

const event = { event: '', filters: [] };
const usualOutcomes: Record<Outcome['kind'], Outcome> = {
  won: { kind: 'won' },
  amount: { kind: 'amount', currency: 'USD' },
  property_is: { kind: 'property_is', property: '', values: [] },
  property_number: { kind: 'property_number', property: '', currency: null },
  did: { kind: 'did', behaviour: event, from: '', to: '' },
  times: { kind: 'times', behaviour: event, from: '', to: '' },
};

const outcomesOf = (unit: LiftAddress['unit'], design: Design['kind']): Outcome['kind'][] => {
  if (design === 'staged') return ['times'];
  const own: Outcome['kind'][] = unit === 'opportunity' ? ['won', 'amount'] : ['did', 'times'];
  return design === 'before_after' ? own : [...own, 'property_is', 'property_number'];
};

/** The controls of a comparison: whose outcome, who got it, and what came of it. */
export function Builder(asked: Asked<LiftAddress>) {
  const words = useMessages({ en, zh });
  const { question, ask } = asked;
  const { data } = useQuery(api.lifts.choices.queryOptions({ input: { unit: question.unit } }));
  const part = { ...asked, properties: data?.properties ?? [] };
  const goals = (data?.goals ?? []).map(({ id, name, launch }) => ({ value: id, label: `${launch}: ${name}` }));
  const fitting = (unit: LiftAddress['unit'], design: Design): Outcome => {
    const allowed = outcomesOf(unit, design.kind);
    return allowed.includes(question.outcome.kind) ? question.outcome : usualOutcomes[allowed[0]!];
  };
  return (
    <>
      <Control label={words.comparison}>
        <Segmented
          label={words.comparison}
          name="design"
          value={question.design.kind}
          choices={(['holdout', 'staged', 'before_after'] as const).map((value) => ({ value, label: words.comparisons[value] }))}
          onChange={(kind) => {
            const unit = kind === 'staged' ? 'account' : question.unit;
            const design = { ...usualDesigns[kind] } as unknown as Design;
            ask({ unit, design, outcome: fitting(unit, design) });
          }}
        />
      </Control>
      {question.design.kind === 'staged' ? null : (
        <Control label={words.unit}>
          <Segmented
            label={words.unit}
            name="unit"
            value={question.unit}
            choices={liftUnits.map((value) => ({ value, label: words.unitNames[value] }))}
            onChange={(unit) => ask({ unit, outcome: fitting(unit, question.design), segment: null, covariate: null })}
          />
        </Control>
      )}
      {goals.length > 0 ? (
        <Control label={words.goal}>
          <Select
            aria-label={words.goal}
            w={250}
            searchable
            clearable
            placeholder={words.noGoal}
            data={goals}
            value={question.goal ?? null}
            onChange={(goal) => ask({ goal })}
          />
        </Control>
      ) : null}
      <DesignFields {...part} />
      <OutcomeFields {...part} />
      <JudgingFields {...part} />
    </>
  );
}

type PropertyProps = {
  label: string;
  value: string;
  properties: Part['properties'];
  onChange: (name: string) => void;
  clearable?: boolean;
};

function PropertyField({ label, value, properties, onChange, clearable }: PropertyProps) {
  const known = properties.map(({ name }) => name);
  return (
    <Control label={label}>
      <Select
        aria-label={label}
        w={190}
        searchable
        clearable={clearable}
        allowDeselect={false}
        data={value && !known.includes(value) ? [value, ...known] : known}
        value={value || null}
        onChange={(name) => onChange(name ?? '')}
      />
    </Control>
  );
}

type ValuesProps = { label: string; value: string[]; suggested: string[]; onChange: (values: string[]) => void };

function ValuesField({ label, value, suggested, onChange }: ValuesProps) {
  return (
    <Control label={label}>
      <TagsInput aria-label={label} w={210} data={suggested} value={value} onChange={onChange} acceptValueOnBlur />
    </Control>
  );
}

function DesignFields({ question: { design }, ask, properties }: Part) {
  const words = useMessages({ en, zh });
  const set = (change: object) => ask({ design: { ...design, ...change } });
  const valuesOf = (name: string) => properties.find((one) => one.name === name)?.values ?? [];
  if (design.kind === 'before_after')
    return (
      <Control label={words.on}>
        <DateField bare label={words.on} value={design.on || null} onChange={(on) => set({ on: on ?? '' })} />
      </Control>
    );
  if (design.kind === 'staged')
    return (
      <>
        <PropertyField
          label={words.propertyOfDay}
          value={design.property}
          properties={properties}
          onChange={(property) => set({ property })}
        />
        <Control label={words.by}>
          <Segmented
            label={words.by}
            name="by"
            value={design.by}
            choices={(['week', 'month'] as const).map((value) => ({ value, label: words.byNames[value] }))}
            onChange={(by) => set({ by })}
          />
        </Control>
      </>
    );
  const arms = valuesOf(design.property);
  return (
    <>
      <PropertyField
        label={words.property}
        value={design.property}
        properties={properties}
        onChange={(property) => set({ property, treated: [], control: [] })}
      />
      <ValuesField label={words.treated} value={design.treated} suggested={arms} onChange={(treated) => set({ treated })} />
      <ValuesField label={words.control} value={design.control} suggested={arms} onChange={(control) => set({ control })} />
      <Control label={words.treatedShare}>
        <NumberInput
          aria-label={words.treatedShare}
          w={90}
          min={1}
          max={99}
          decimalScale={2}
          value={Math.round(design.treatedShare * 1e6) / 1e4}
          onBlur={({ currentTarget }) => {
            const share = Number(currentTarget.value) / 100;
            if (share > 0 && share < 1) set({ treatedShare: share });
          }}
        />
      </Control>
    </>
  );
}

function OutcomeFields({ question: { unit, design, outcome }, ask, properties }: Part) {
  const words = useMessages({ en, zh });
  const set = (change: object) => ask({ outcome: { ...outcome, ...change } });
  return (
    <>
      <Control label={words.outcome}>
        <Select
          aria-label={words.outcome}
          w={210}
          allowDeselect={false}
          data={outcomesOf(unit, design.kind).map((value) => ({ value, label: words.outcomes[value] }))}
          value={outcome.kind}
          onChange={(kind) => ask({ outcome: usualOutcomes[kind as Outcome['kind']] })}
        />
      </Control>
      {'property' in outcome ? (
        <PropertyField
          label={words.outcomeProperty}
          value={outcome.property}
          properties={properties}
          onChange={(property) => set({ property })}
        />
      ) : null}
      {outcome.kind === 'property_is' ? (
        <ValuesField
          label={words.values}
          value={outcome.values}
          suggested={properties.find(({ name }) => name === outcome.property)?.values ?? []}
          onChange={(values) => set({ values })}
        />
      ) : null}
      {outcome.kind === 'amount' || outcome.kind === 'property_number' ? (
        <Control label={words.currency}>
          <TextInput
            aria-label={words.currency}
            w={90}
            maxLength={3}
            defaultValue={outcome.currency ?? ''}
            onBlur={({ currentTarget }) =>
              set({ currency: currentTarget.value.trim().toUpperCase() || (outcome.kind === 'amount' ? '' : null) })
            }
          />
        </Control>
      ) : null}
      {'behaviour' in outcome ? <DoneFields outcome={outcome} set={set} /> : null}
    </>
  );
}

function DoneFields({ outcome, set }: { outcome: Extract<Outcome, { kind: 'did' | 'times' }>; set: (change: object) => void }) {
  const words = useMessages({ en, zh });
  return (
    <>
      <Control label={words.event}>
        <OneStep
          label={words.event}
          value={outcome.behaviour}
          onChange={(step) => set({ behaviour: { ...step, event: step.event ?? '' } })}
        />
      </Control>
      <Control label={words.from}>
        <DateField bare label={words.from} value={outcome.from || null} onChange={(from) => set({ from: from ?? '' })} />
      </Control>
      <Control label={words.to}>
        <DateField bare label={words.to} value={outcome.to || null} onChange={(to) => set({ to: to ?? '' })} />
      </Control>
    </>
  );
}

function JudgingFields({ question, ask, properties }: Part) {
  const words = useMessages({ en, zh });
  const { design, outcome, worthHaving } = question;
  if (design.kind === 'before_after') return null;
  const isShare = ['won', 'property_is', 'did'].includes(outcome.kind);
  const scale = isShare ? 100 : 1;
  const label = isShare ? words.worthHavingShare : words.worthHaving;
  return (
    <>
      <Control label={label}>
        <NumberInput
          key={`${isShare} ${worthHaving ?? ''}`}
          aria-label={label}
          w={110}
          min={0}
          decimalScale={4}
          defaultValue={worthHaving ? Math.round(worthHaving * scale * 1e6) / 1e6 : undefined}
          onBlur={({ currentTarget }) => {
            const value = Number(currentTarget.value.replaceAll(',', '')) / scale;
            ask({ worthHaving: value > 0 ? value : null });
          }}
        />
      </Control>
      {design.kind === 'holdout' ? (
        <>
          <Control label={words.looks}>
            <Segmented
              label={words.looks}
              name="looks"
              value={design.looks}
              choices={(['once', 'any'] as const).map((value) => ({ value, label: words.looksNames[value] }))}
              onChange={(looks) => ask({ design: { ...design, looks } })}
            />
          </Control>
          {design.looks === 'once' ? (
            <Control label={words.decideOn}>
              <DateField
                bare
                clearable
                label={words.decideOn}
                value={design.decideOn ?? null}
                onChange={(decideOn) => ask({ design: { ...design, decideOn } })}
              />
            </Control>
          ) : null}
          <PropertyField
            clearable
            label={words.segment}
            value={question.segment ?? ''}
            properties={properties}
            onChange={(segment) => ask({ segment: segment || null })}
          />
          {isShare ? null : (
            <PropertyField
              clearable
              label={words.covariate}
              value={question.covariate ?? ''}
              properties={properties}
              onChange={(covariate) => ask({ covariate: covariate || null })}
            />
          )}
        </>
      ) : null}
    </>
  );
}
