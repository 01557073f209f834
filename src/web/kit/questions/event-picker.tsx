import { useMemo } from 'react';
import { useFormat } from '../format-context.tsx';
import { Picker, type OptionGroup } from './picker.tsx';
import type { Behaviour, EventChoice, FeatureChoice } from './values.ts';
import { useQuestionWords } from './words.ts';

type EventPickerProps = {
  /** What it is for, said to assistive technology: "Step 2". */
  label: string;
  value: Behaviour;
  onChange: (value: Behaviour) => void;
  events: EventChoice[];
  /** Offers uses of features, after the events. */
  features?: FeatureChoice[];
  /** Offers "any event" as the first choice. */
  any?: boolean;
  /** Takes a name that was not received yet, as typed. */
  free?: boolean;
};

const anyValue = '\u0000any';
const featureValue = '\u0000use ';

/** An event by its name, with how often and when last it was received; or the use of a feature. */
export function EventPicker({ label, value, onChange, events, features, any = false, free = false }: EventPickerProps) {
  const words = useQuestionWords();
  const format = useFormat();
  const offered = useMemo(() => (features ?? []).filter(({ isOffered = true }) => isOffered), [features]);
  const offers = offered.length > 0;
  const groups = useMemo((): OptionGroup[] => {
    const options = events.map(({ name, count, lastSeen }) => ({
      value: name,
      label: name,
      detail: lastSeen ? words.seen(format.compact(count), format.date(lastSeen)) : format.compact(count),
    }));
    const uses = offered.map(({ id, name, version }) => ({
      value: `${featureValue}${id}`,
      label: words.ofFeature(name),
      detail: words.version(format.number(version)),
    }));
    return [
      ...(any ? [{ options: [{ value: anyValue, label: words.anyEvent }] }] : []),
      ...(offers ? [{ label: words.features(format.number(uses.length)), options: uses }] : []),
      { label: any || offers ? words.events(format.number(events.length)) : undefined, options },
    ];
  }, [events, offered, offers, any, words, format]);
  const chosenName = value.kind === 'feature' ? (features?.find(({ id }) => id === value.feature)?.name ?? words.aFeature) : null;
  const event = value.kind === 'feature' ? '' : value.event;
  const choose = (chosen: string) => {
    if (chosen.startsWith(featureValue)) return onChange({ kind: 'feature', feature: chosen.slice(featureValue.length) });
    const name = chosen === anyValue ? null : chosen;
    return onChange({ event: name, filters: value.kind !== 'feature' && value.event === name ? value.filters : [] });
  };
  return (
    <Picker
      label={label}
      shown={chosenName === null ? (event === null ? words.anyEvent : event || words.chooseEvent) : words.ofFeature(chosenName)}
      isEmpty={chosenName === null && event === ''}
      selected={value.kind === 'feature' ? `${featureValue}${value.feature}` : (event ?? anyValue)}
      groups={groups}
      searchLabel={offers ? words.findEventOrFeature : words.findEvent}
      nothing={(text) => (text ? words.noEvent(text) : words.noEvents)}
      onTyped={free ? choose : undefined}
      onChoose={choose}
    />
  );
}
