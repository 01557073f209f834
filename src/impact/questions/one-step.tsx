import { BehaviourFields } from '../../web/kit/questions/behaviour-fields.tsx';
import type { Behaviour, FeatureChoice } from '../../web/kit/questions/values.ts';
import { suggestFor, useEventChoices, usePropertyChoices } from '../../web/kit/questions/choices.ts';

type OneStepProps<One extends Behaviour> = {
  label: string;
  value: One;
  onChange: (one: One) => void;
  any?: boolean;
  features?: FeatureChoice[];
};

/** An event with its filters, or, where features are offered, the use of one. */
export function OneStep<One extends Behaviour>({ value, onChange, ...rest }: OneStepProps<One>) {
  const events = useEventChoices();
  const properties = usePropertyChoices([value.kind === 'feature' ? '' : value.event]);
  return (
    <BehaviourFields
      value={value}
      onChange={(next) => onChange(next as One)}
      events={events}
      properties={properties}
      suggest={suggestFor}
      {...rest}
    />
  );
}
