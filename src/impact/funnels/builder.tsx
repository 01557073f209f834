import { useMemo } from 'react';
import { NumberInput, Select } from '@mantine/core';
import { Segmented } from '../../web/kit/controls.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { BreakdownPicker } from '../../web/kit/questions/breakdown-picker.tsx';
import { Control } from '../../web/kit/questions/builder-bar.tsx';
import { RangePicker } from '../../web/kit/questions/range-picker.tsx';
import { StepList } from '../../web/kit/questions/step-list.tsx';
import { UnitToggle } from '../../web/kit/questions/unit-toggle.tsx';
import type { Asked } from '../../web/kit/questions/use-question.ts';
import { breakdownChoices, suggestFor, useBehaviours, useEventChoices, usePropertyChoices } from '../../web/kit/questions/choices.ts';
import { en, zh } from './messages.ts';
import { type FunnelAddress, orders, windowIn } from './schema.ts';

/** What a funnel is made of: steps, their order, how long, whose. */
export function FunnelBuilder({ question, ask }: Asked<FunnelAddress>) {
  const words = useMessages({ en, zh });
  const events = useEventChoices();
  const { features: all, eventOf } = useBehaviours();
  // A step has a moment; a use that is made of several events has none.
  const features = useMemo(() => all.map((one) => ({ ...one, isOffered: one.hasMoments })), [all]);
  const first = eventOf(question.steps[0]);
  const properties = usePropertyChoices([first]);
  const { window } = question;
  return (
    <>
      <Control label={words.steps} wide>
        <StepList
          value={question.steps}
          onChange={(steps) => ask({ steps })}
          events={events}
          features={features}
          properties={properties}
          suggest={suggestFor}
          fewest={2}
          most={8}
          any
        />
      </Control>
      <Control label={words.order}>
        <Segmented
          label={words.order}
          name="order"
          value={question.order}
          choices={orders.map((value) => ({ value, label: words.orders[value] }))}
          onChange={(order) => ask({ order })}
        />
      </Control>
      <Control label={words.window}>
        <NumberInput
          aria-label={words.window}
          w={72}
          min={1}
          max={10_000}
          allowDecimal={false}
          value={window.count}
          onChange={(count) => Number(count) >= 1 && ask({ window: { ...window, count: Number(count) } }, { replace: true })}
        />
        <Select
          aria-label={words.window}
          w={110}
          allowDeselect={false}
          data={windowIn.map((value) => ({ value, label: words.windowIn[value] }))}
          value={window.in}
          onChange={(value) => ask({ window: { ...window, in: value as typeof window.in } })}
        />
      </Control>
      <Control label={words.range}>
        <RangePicker value={question.range} onChange={(range) => ask({ range })} />
      </Control>
      <Control label={words.unit}>
        <UnitToggle value={question.unit} onChange={(unit) => ask({ unit })} />
      </Control>
      <Control label={words.breakdown}>
        <BreakdownPicker
          value={question.breakdown ?? null}
          onChange={(breakdown) => ask({ breakdown })}
          choices={breakdownChoices(properties(first))}
          label={words.breakdown}
        />
      </Control>
      <Control label={words.exclusions}>
        <StepList
          value={question.exclusions}
          onChange={(exclusions) => ask({ exclusions })}
          events={events}
          features={features}
          properties={properties}
          suggest={suggestFor}
          fewest={0}
          most={3}
        />
      </Control>
    </>
  );
}
