import { EventPicker } from '../../web/kit/questions/event-picker.tsx';
import { PropertyFilters } from '../../web/kit/questions/property-filters.tsx';
import type { Step } from '../../web/kit/questions/values.ts';
import { suggestFor, useEventChoices, usePropertyChoices } from '../../web/kit/questions/choices.ts';

type OneStepProps = { label: string; value: Step; onChange: (step: Step) => void; any?: boolean };

/** An event with its filters. */
export function OneStep({ label, value, onChange, any }: OneStepProps) {
  const events = useEventChoices();
  const properties = usePropertyChoices([value.event]);
  return (
    <>
      <EventPicker
        label={label}
        value={value.event}
        onChange={(event) => onChange({ event, filters: event === value.event ? value.filters : [] })}
        events={events}
        any={any}
      />
      <PropertyFilters
        label={label}
        value={value.filters}
        onChange={(filters) => onChange({ ...value, filters })}
        properties={properties(value.event)}
        suggest={suggestFor(value.event)}
        brief
      />
    </>
  );
}
