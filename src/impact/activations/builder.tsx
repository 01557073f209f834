import { NumberInput } from '@mantine/core';
import { useMessages } from '../../web/kit/locale.tsx';
import { Control } from '../../web/kit/questions/builder-bar.tsx';
import { RangePicker } from '../../web/kit/questions/range-picker.tsx';
import { UnitToggle } from '../../web/kit/questions/unit-toggle.tsx';
import type { Asked } from '../../web/kit/questions/use-question.ts';
import { suggestFor, useBehaviours, useEventChoices, usePropertyChoices } from '../../web/kit/questions/choices.ts';
import { StepList } from '../../web/kit/questions/step-list.tsx';
import type { Behaviour } from '../../web/kit/questions/values.ts';
import { OneStep } from '../questions/one-step.tsx';
import { en, zh } from './messages.ts';
import type { SearchAddress } from './schema.ts';

type CountProps = { label: string; value: number; most: number; onChange: (value: number) => void };

function Count({ label, value, most, onChange }: CountProps) {
  return (
    <Control label={label}>
      <NumberInput
        aria-label={label}
        w={80}
        min={1}
        max={most}
        allowDecimal={false}
        value={value}
        onChange={(next) => Number(next) >= 1 && Number(next) <= most && onChange(Number(next))}
      />
    </Control>
  );
}

const isAnything = (one: Behaviour): boolean => one.kind !== 'feature' && one.event === null && one.filters.length === 0;

/** Who is looked at, which days are early, and what staying is. */
export function ActivationsBuilder({ question, ask }: Asked<SearchAddress>) {
  const words = useMessages({ en, zh });
  const { staying, earlyDays, most, range, unit } = question;
  const events = useEventChoices();
  const { features, eventOf } = useBehaviours();
  const properties = usePropertyChoices(question.behaviours.map(eventOf));
  const typed = (change: Partial<SearchAddress>) => ask(change, { replace: true });
  return (
    <>
      <Control label={words.range}>
        <RangePicker value={range} onChange={(next) => ask({ range: next })} />
      </Control>
      <Control label={words.unit}>
        <UnitToggle value={unit} onChange={(next) => ask({ unit: next })} />
      </Control>
      <Count label={words.early} value={earlyDays} most={90} onChange={(days) => typed({ earlyDays: days })} />
      <Count label={words.stayingFrom} value={staying.from} most={365} onChange={(from) => typed({ staying: { ...staying, from } })} />
      <Count label={words.stayingTo} value={staying.to} most={365} onChange={(to) => typed({ staying: { ...staying, to } })} />
      <Count label={words.most} value={most} most={20} onChange={(next) => typed({ most: next })} />
      <Control label={words.staying} wide>
        <OneStep<Behaviour>
          label={words.staying}
          value={staying.step ?? { event: null, filters: [] }}
          onChange={(step) => ask({ staying: { ...staying, step: isAnything(step) ? null : step } })}
          features={features}
          any
        />
      </Control>
      <Control label={words.alsoLook} wide>
        <StepList<Behaviour>
          value={question.behaviours}
          onChange={(behaviours) => ask({ behaviours })}
          events={events}
          features={features}
          properties={properties}
          suggest={suggestFor}
          add={words.addBehaviour}
          fewest={0}
          most={10}
        />
      </Control>
    </>
  );
}
