import { useFormat } from '../format-context.tsx';
import { EventPicker } from './event-picker.tsx';
import type { Suggest } from './filter-editor.tsx';
import { Picker } from './picker.tsx';
import { PropertyFilters } from './property-filters.tsx';
import type { Behaviour, EventChoice, FeatureChoice, PropertyChoice, Use } from './values.ts';
import { useQuestionWords } from './words.ts';

export type BehaviourChoices = {
  events: EventChoice[];
  /** Without them only events are offered, and only events come back. */
  features?: FeatureChoice[];
  /** The properties that an event has; null is any event. */
  properties: (event: string | null) => PropertyChoice[];
  suggest?: (event: string | null) => Suggest;
  any?: boolean;
  /** Takes names of events that were not received yet. */
  free?: boolean;
};

type BehaviourFieldsProps = BehaviourChoices & { label: string; value: Behaviour; onChange: (value: Behaviour) => void };

/** What was done: an event and its filters, or the use of a feature and its version. */
export function BehaviourFields({ label, value, onChange, properties, suggest, ...choices }: BehaviourFieldsProps) {
  return (
    <>
      <EventPicker label={label} value={value} onChange={onChange} {...choices} />
      {value.kind === 'feature' ? (
        <VersionPicker label={label} value={value} onChange={onChange} features={choices.features ?? []} />
      ) : (
        <PropertyFilters
          label={label}
          value={value.filters}
          onChange={(filters) => onChange({ ...value, filters })}
          properties={properties(value.event)}
          suggest={suggest?.(value.event)}
          brief
        />
      )}
    </>
  );
}

type VersionPickerProps = { label: string; value: Use; onChange: (value: Use) => void; features: FeatureChoice[] };

/** The newest version, whatever it is when it is asked, or one that stays. Of a feature that never changed there is nothing to choose. */
function VersionPicker({ label, value, onChange, features }: VersionPickerProps) {
  const words = useQuestionWords();
  const format = useFormat();
  const newest = features.find(({ id }) => id === value.feature)?.version ?? 1;
  if (newest === 1 && !value.version) return null;
  const versions = Array.from({ length: newest }, (_, place) => newest - place);
  const one = (version: number) => words.version(format.number(version));
  const ofNewest = words.newestVersion(format.number(newest));
  return (
    <Picker
      label={words.versionFor(label)}
      shown={value.version ? one(value.version) : ofNewest}
      selected={String(value.version ?? '')}
      groups={[
        { options: [{ value: '', label: ofNewest }, ...versions.map((version) => ({ value: String(version), label: one(version) }))] },
      ]}
      searchLabel={words.findVersion}
      nothing={words.noVersion}
      onChoose={(chosen) => {
        const { version: _before, ...rest } = value;
        onChange(chosen === '' ? rest : { ...rest, version: Number(chosen) });
      }}
    />
  );
}
