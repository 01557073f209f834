import { NumberInput } from '@mantine/core';
import { Segmented } from '../../web/kit/controls.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Control } from '../../web/kit/questions/builder-bar.tsx';
import { RangePicker } from '../../web/kit/questions/range-picker.tsx';
import { StepList } from '../../web/kit/questions/step-list.tsx';
import { UnitToggle } from '../../web/kit/questions/unit-toggle.tsx';
import type { Asked } from '../../web/kit/questions/use-question.ts';
import { ValuesField } from '../../web/kit/questions/values-field.tsx';
import { suggestFor, useEventChoices, usePropertyChoices } from '../../web/kit/questions/choices.ts';
import { en, zh } from './messages.ts';
import { directions, deepest, type PathsAddress } from './schema.ts';

/** What paths are asked by: where they begin and end, which way they are read, when a session is over. */
export function PathsBuilder({ question, ask }: Asked<PathsAddress>) {
  const words = useMessages({ en, zh });
  const events = useEventChoices();
  const { from, to, direction } = question;
  const properties = usePropertyChoices([from?.event ?? '']);
  const toProperties = usePropertyChoices([to?.event ?? '']);
  const number = (key: 'depth' | 'gap', low: number, high: number) => (value: string | number) =>
    Number(value) >= low && Number(value) <= high && ask({ [key]: Number(value) }, { replace: true });
  const suggestName = async (text: string) =>
    events.map(({ name }) => name).filter((name) => name.toLowerCase().includes(text.toLowerCase()));
  return (
    <>
      <Control label={words.direction}>
        <Segmented
          label={words.direction}
          name="direction"
          value={direction}
          choices={directions.map((value) => ({ value, label: words.directions[value] }))}
          onChange={(value) => ask({ direction: value })}
        />
      </Control>
      <Control label={words.from[direction]} wide>
        <StepList
          value={from ? [from] : []}
          onChange={([step = null]) => ask({ from: step })}
          events={events}
          properties={properties}
          suggest={suggestFor}
          fewest={0}
          most={1}
          any
        />
        {from ? null : <span className="meta">{words.usualStart[direction]}</span>}
      </Control>
      <Control label={words.to} wide>
        <StepList
          value={to ? [to] : []}
          onChange={([step = null]) => ask({ to: step })}
          events={events}
          properties={toProperties}
          suggest={suggestFor}
          fewest={0}
          most={1}
          any
        />
      </Control>
      <Control label={words.depth}>
        <NumberInput
          aria-label={words.depth}
          w={64}
          min={2}
          max={deepest}
          allowDecimal={false}
          value={question.depth}
          onChange={number('depth', 2, deepest)}
        />
      </Control>
      <Control label={words.gap}>
        <NumberInput
          aria-label={`${words.gap} (${words.minutes})`}
          w={72}
          min={1}
          max={720}
          allowDecimal={false}
          value={question.gap}
          onChange={number('gap', 1, 720)}
        />
        <span className="meta">{words.minutes}</span>
      </Control>
      <Control label={words.range}>
        <RangePicker value={question.range} onChange={(range) => ask({ range })} />
      </Control>
      <Control label={words.unit}>
        <UnitToggle value={question.unit} onChange={(unit) => ask({ unit })} />
      </Control>
      <Control label={words.leaveOut}>
        <ValuesField
          label={words.leaveOutField}
          values={question.leaveOut}
          onChange={(leaveOut) => ask({ leaveOut })}
          suggest={suggestName}
        />
      </Control>
    </>
  );
}
