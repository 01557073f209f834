import { MultiSelect, NumberInput, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { memberStatuses } from '../../../launch/programs/schema.ts';
import { api } from '../../../web/kit/client.ts';
import { Button } from '../../../web/kit/controls.tsx';
import { DateField } from '../../../web/kit/date-field.tsx';
import { useMessages } from '../../../web/kit/locale.tsx';
import { Control } from '../../../web/kit/questions/builder-bar.tsx';
import { OneStep } from '../../questions/one-step.tsx';
import { type Part, PropertyField, ValuesField } from '../builder/fields.tsx';
import type { LiftAddress } from '../builder/schema.ts';
import { en, zh } from './messages.ts';

type Design = Extract<LiftAddress['design'], { kind: 'matched' }>;
type Props = { design: Design; properties: Part['properties']; set: (change: Partial<Design>) => void };
type By = Design['treatedBy'];

const usualBy: { [Kind in By['kind']]: Extract<By, { kind: Kind }> } = {
  property: { kind: 'property', property: '', values: [] },
  feature: { kind: 'feature', feature: '' },
  program: { kind: 'program', program: '', reached: 'attended' },
};
const kinds = ['property', 'feature', 'program'] as const;

/** Who got it, the two days, and in what those whom they are compared with were like them. */
export function MatchedFields({ design, properties, set }: Props) {
  const words = useMessages({ en, zh });
  const names = properties.map(({ name }) => name);
  const { treatedBy, on, before, numbers, categories, earlier } = design;
  return (
    <>
      <Control label={words.treatedBy}>
        <Select
          aria-label={words.treatedBy}
          w={190}
          allowDeselect={false}
          data={kinds.map((value) => ({ value, label: words.kinds[value] }))}
          value={treatedBy.kind}
          onChange={(kind) => kind && set({ treatedBy: usualBy[kind] })}
        />
      </Control>
      <ByFields value={treatedBy} properties={properties} onChange={(by) => set({ treatedBy: by })} />
      <Control label={words.on}>
        <DateField bare label={words.on} value={on || null} onChange={(day) => set({ on: day ?? '' })} />
      </Control>
      <Control label={words.before}>
        <DateField bare label={words.before} value={before || null} onChange={(day) => set({ before: day ?? '' })} />
      </Control>
      <Control label={words.numbers} wide>
        <MultiSelect
          aria-label={words.numbers}
          searchable
          hidePickedOptions
          miw={220}
          maxValues={8}
          data={[...new Set(['employees', ...names, ...numbers])]}
          value={numbers}
          onChange={(chosen) => set({ numbers: chosen })}
        />
      </Control>
      <Control label={words.categories} wide>
        <MultiSelect
          aria-label={words.categories}
          searchable
          hidePickedOptions
          miw={220}
          maxValues={5}
          data={[...new Set([...names, ...categories])]}
          value={categories}
          onChange={(chosen) => set({ categories: chosen })}
        />
      </Control>
      <Control label={words.earlier} wide>
        <EarlierFields value={earlier} onChange={(chosen) => set({ earlier: chosen })} />
      </Control>
    </>
  );
}

function ByFields({ value, properties, onChange }: { value: By; properties: Part['properties']; onChange: (by: By) => void }) {
  const words = useMessages({ en, zh });
  const features = useQuery({ ...api.features.list.queryOptions({ input: {} }), enabled: value.kind === 'feature' });
  const programs = useQuery({ ...api.programs.list.queryOptions({ input: {} }), enabled: value.kind === 'program' });
  if (value.kind === 'property')
    return (
      <>
        <PropertyField
          label={words.property}
          value={value.property}
          properties={properties}
          onChange={(property) => onChange({ ...value, property, values: [] })}
        />
        <ValuesField
          label={words.values}
          value={value.values}
          suggested={properties.find(({ name }) => name === value.property)?.values ?? []}
          onChange={(values) => onChange({ ...value, values })}
        />
      </>
    );
  if (value.kind === 'feature')
    return (
      <Control label={words.feature}>
        <Select
          aria-label={words.feature}
          placeholder={words.choose}
          searchable
          w={210}
          data={(features.data?.features ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={value.feature || null}
          onChange={(feature) => feature && onChange({ ...value, feature })}
        />
      </Control>
    );
  return (
    <>
      <Control label={words.program}>
        <Select
          aria-label={words.program}
          placeholder={words.choose}
          searchable
          w={230}
          data={(programs.data?.programs ?? []).map(({ key, name }) => ({ value: key, label: name }))}
          value={value.program || null}
          onChange={(program) => program && onChange({ ...value, program })}
        />
      </Control>
      <Control label={words.reached}>
        <Select
          aria-label={words.reached}
          w={130}
          allowDeselect={false}
          data={memberStatuses.map((status) => ({ value: status, label: words.statuses[status] }))}
          value={value.reached}
          onChange={(reached) => reached && onChange({ ...value, reached })}
        />
      </Control>
    </>
  );
}

type Earlier = Design['earlier'];

/** How often each did something in so many days before. */
function EarlierFields({ value, onChange }: { value: Earlier; onChange: (value: Earlier) => void }) {
  const words = useMessages({ en, zh });
  const change = (place: number, set: Partial<Earlier[number]>) =>
    onChange(value.map((one, at) => (at === place ? { ...one, ...set } : one)));
  return (
    <div className="stack">
      {value.map(({ behaviour, days }, place) => (
        <div className="row" key={`${place} ${behaviour.event}`}>
          <OneStep
            label={words.earlier}
            value={behaviour}
            onChange={(step) => change(place, { behaviour: { ...step, event: step.event ?? '' } })}
          />
          <NumberInput
            aria-label={words.days}
            w={80}
            min={1}
            max={400}
            allowDecimal={false}
            defaultValue={days}
            onBlur={({ currentTarget }) => {
              const chosen = Number(currentTarget.value);
              if (chosen >= 1 && chosen <= 400) change(place, { days: chosen });
            }}
          />
          <span>{words.days}</span>
          <Button
            kind="quiet"
            size="small"
            icon={X}
            aria-label={words.remove(behaviour.event)}
            onClick={() => onChange(value.toSpliced(place, 1))}
          />
        </div>
      ))}
      {value.length < 5 ? (
        <Button kind="quiet" size="small" onClick={() => onChange([...value, { behaviour: { event: '', filters: [] }, days: 90 }])}>
          {words.addEarlier}
        </Button>
      ) : null}
    </div>
  );
}
