import { NumberInput } from '@mantine/core';
import { Segmented } from '../../web/kit/controls.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { BreakdownPicker } from '../../web/kit/questions/breakdown-picker.tsx';
import { Control } from '../../web/kit/questions/builder-bar.tsx';
import { RangePicker } from '../../web/kit/questions/range-picker.tsx';
import { UnitToggle } from '../../web/kit/questions/unit-toggle.tsx';
import type { Asked } from '../../web/kit/questions/use-question.ts';
import { emptyStep } from '../../web/kit/questions/values.ts';
import { breakdownChoices, useBehaviours, usePropertyChoices } from '../../web/kit/questions/choices.ts';
import { OneStep } from '../questions/one-step.tsx';
import { periods } from '../trends/schema.ts';
import { en, zh } from './messages.ts';
import { kinds, mostPeriods, type RetentionAddress } from './schema.ts';

/** What retention is made of: how they begin, how they come back, and in which periods. */
export function RetentionBuilder({ question, ask }: Asked<RetentionAddress>) {
  const words = useMessages({ en, zh });
  const { start, by, breakdown } = question;
  const { features, eventOf } = useBehaviours();
  const begins = eventOf(start);
  const properties = usePropertyChoices([begins]);
  const choices = breakdownChoices(begins === '' ? [] : properties(begins));
  const begin = (how: 'seen' | 'event') =>
    ask(how === 'event' ? { start: emptyStep() } : { start: null, ...(breakdown?.by === 'property' && { breakdown: null }) });
  return (
    <>
      <Control label={words.start} wide>
        <Segmented
          label={words.start}
          name="start"
          value={start ? 'event' : 'seen'}
          choices={(['seen', 'event'] as const).map((value) => ({ value, label: words.starts[value] }))}
          onChange={begin}
        />
        {start ? <OneStep label={words.startEvent} value={start} onChange={(step) => ask({ start: step })} features={features} /> : null}
      </Control>
      <Control label={words.returns} wide>
        <OneStep
          label={words.returns}
          value={question.return ?? { event: null, filters: [] }}
          onChange={(step) => ask({ return: step })}
          features={features}
          any
        />
      </Control>
      <Control label={words.range}>
        <RangePicker value={question.range} onChange={(range) => ask({ range })} />
      </Control>
      <Control label={words.by}>
        <Segmented
          label={words.by}
          name="by"
          value={by}
          choices={periods.map((value) => ({ value, label: words.periods[value] }))}
          onChange={(next) => ask({ by: next, periods: Math.min(question.periods, mostPeriods[next]) })}
        />
      </Control>
      <Control label={words.howMany}>
        <NumberInput
          aria-label={words.howMany}
          w={72}
          min={1}
          max={mostPeriods[by]}
          allowDecimal={false}
          value={question.periods}
          onChange={(count) => Number(count) >= 1 && Number(count) <= mostPeriods[by] && ask({ periods: Number(count) }, { replace: true })}
        />
      </Control>
      <Control label={words.kind}>
        <Segmented
          label={words.kind}
          name="kind"
          value={question.kind}
          choices={kinds.map((value) => ({ value, label: words.kinds[value] }))}
          onChange={(kind) => ask({ kind })}
        />
      </Control>
      <Control label={words.unit}>
        <UnitToggle
          value={question.unit}
          onChange={(unit) => ask({ unit, ...(unit === 'accounts' && breakdown?.by === 'person_property' && { breakdown: null }) })}
        />
      </Control>
      <Control label={words.breakdown}>
        <BreakdownPicker
          value={breakdown ?? null}
          onChange={(next) => ask({ breakdown: next })}
          choices={question.unit === 'accounts' ? choices.filter((choice) => choice.by !== 'person_property') : choices}
          label={words.breakdown}
        />
      </Control>
    </>
  );
}
