import { Select, TextInput } from '@mantine/core';
import { Segmented } from '../../../web/kit/controls.tsx';
import { DateField } from '../../../web/kit/date-field.tsx';
import { useMessages } from '../../../web/kit/locale.tsx';
import { Control } from '../../../web/kit/questions/builder-bar.tsx';
import { OneStep } from '../../questions/one-step.tsx';
import { fits } from '../schema.ts';
import { MetricField } from '../series/fields.tsx';
import { countedNames } from '../series/schema.ts';
import { type Part, PropertyField, ValuesField } from './fields.tsx';
import { en, zh } from './messages.ts';
import type { LiftAddress } from './schema.ts';
import { usualOutcomes } from './usual.ts';

type Outcome = LiftAddress['outcome'];

/** Names of subjects belong to one metric: another one has others. */
const withoutNames = (design: LiftAddress['design']): LiftAddress['design'] =>
  'subject' in design ? { ...design, subject: '', donors: [], ...('predictors' in design && { predictors: [] }) } : design;

/** What is counted. */
export function OutcomeFields({ question: { unit, design, outcome }, ask, properties }: Part) {
  const words = useMessages({ en, zh });
  const set = (change: object) => ask({ outcome: { ...outcome, ...change } });
  return (
    <>
      <Control label={words.outcome}>
        <Select
          aria-label={words.outcome}
          w={210}
          allowDeselect={false}
          data={(fits[design.kind][unit] ?? []).map((value) => ({ value, label: words.outcomes[value] }))}
          value={outcome.kind}
          onChange={(kind) => kind && ask({ outcome: usualOutcomes[kind], design: withoutNames(design) })}
        />
      </Control>
      {outcome.kind === 'measured' ? (
        <MetricField
          label={words.outcomes.measured}
          value={outcome.metric}
          onChange={(metric) => ask({ outcome: { kind: 'measured', metric }, design: withoutNames(design) })}
        />
      ) : null}
      {outcome.kind === 'share_of' ? (
        <>
          <MetricField label={words.reachedMetric} value={outcome.reached} onChange={(reached) => set({ reached })} />
          <MetricField label={words.ofMetric} value={outcome.of} onChange={(of) => set({ of })} />
        </>
      ) : null}
      {'property' in outcome ? (
        <PropertyField
          label={outcome.kind === 'done_by' ? words.seriesOf : words.outcomeProperty}
          value={outcome.property}
          properties={properties}
          onChange={(property) =>
            outcome.kind === 'done_by' ? ask({ outcome: { ...outcome, property }, design: withoutNames(design) }) : set({ property })
          }
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
      {outcome.kind === 'done_by' ? (
        <>
          <Control label={words.counted}>
            <Select
              aria-label={words.counted}
              w={190}
              allowDeselect={false}
              data={countedNames.map((value) => ({ value, label: words.countedNames[value] }))}
              value={outcome.counted}
              onChange={(counted) => set({ counted })}
            />
          </Control>
          <Control label={words.by}>
            <Segmented
              label={words.by}
              name="by"
              value={outcome.by}
              choices={(['week', 'month'] as const).map((value) => ({ value, label: words.byNames[value] }))}
              onChange={(by) => set({ by })}
            />
          </Control>
        </>
      ) : null}
      {'behaviour' in outcome ? <DoneFields outcome={outcome} set={set} /> : null}
    </>
  );
}

function DoneFields({ outcome, set }: { outcome: Extract<Outcome, { kind: 'did' | 'times' | 'done_by' }>; set: (change: object) => void }) {
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
