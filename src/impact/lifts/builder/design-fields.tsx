import { NumberInput } from '@mantine/core';
import { Segmented } from '../../../web/kit/controls.tsx';
import { DateField } from '../../../web/kit/date-field.tsx';
import { useMessages } from '../../../web/kit/locale.tsx';
import { Control } from '../../../web/kit/questions/builder-bar.tsx';
import { MatchedFields } from '../matched/fields.tsx';
import { SeriesFields, useSubjects } from '../series/fields.tsx';
import { type Part, PropertyField, ValuesField } from './fields.tsx';
import { en, zh } from './messages.ts';

/** With whom it is compared: what each comparison has to be told. */
export function DesignFields({ question: { design, outcome }, ask, properties }: Part) {
  const words = useMessages({ en, zh });
  const set = (change: object) => ask({ design: { ...design, ...change } });
  const subjects = useSubjects(outcome.kind === 'share_of' ? outcome.of : '');
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
  if (design.kind === 'matched') return <MatchedFields design={design} properties={properties} set={set} />;
  if (design.kind === 'synthetic' || design.kind === 'structural')
    return (
      <SeriesFields
        design={design}
        metric={outcome.kind === 'measured' ? outcome.metric : null}
        named={outcome.kind === 'done_by' ? valuesOf(outcome.property) : []}
        set={set}
      />
    );
  const ofCases = outcome.kind === 'share_of';
  const arms = ofCases ? subjects : valuesOf(design.property);
  return (
    <>
      {ofCases ? null : (
        <PropertyField
          label={words.property}
          value={design.property}
          properties={properties}
          onChange={(property) => set({ property, treated: [], control: [] })}
        />
      )}
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
