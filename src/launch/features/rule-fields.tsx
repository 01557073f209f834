import '../../web/kit/styles/questions.css';
import { Input, NumberInput, Select } from '@mantine/core';
import { useMessages } from '../../web/kit/locale.tsx';
import { suggestFor, useEventChoices, usePropertyChoices } from '../../web/kit/questions/choices.ts';
import { StepList } from '../../web/kit/questions/step-list.tsx';
import { type DraftForm, stepsFor } from './draft.tsx';
import { en, zh } from './messages.ts';
import { fewestSteps, hasWindow, type RuleKind, ruleKinds } from './schema.ts';

/** What counts as a use, and how often makes it adopted. */
export function RuleFields({ form }: { form: DraftForm }) {
  const words = useMessages({ en, zh });
  const { kind, steps } = form.values;
  const events = useEventChoices();
  const properties = usePropertyChoices(steps.map(({ event }) => event));
  const choose = (next: RuleKind) => {
    form.setFieldValue('kind', next);
    form.setFieldValue('steps', stepsFor(next, steps));
  };
  return (
    <>
      <Select
        label={words.kind}
        description={words.kindHelp[kind]}
        allowDeselect={false}
        data={ruleKinds.map((value) => ({ value, label: words.kinds[value] }))}
        value={kind}
        onChange={(value) => value && choose(value)}
      />
      <Input.Wrapper
        label={kind === 'event' ? words.eventName : words.events}
        description={words.eventHelp(events.length)}
        labelElement="div"
        error={form.errors.steps}
      >
        <StepList
          value={steps}
          onChange={(next) => form.setFieldValue('steps', next)}
          events={events}
          properties={properties}
          suggest={suggestFor}
          fewest={Math.max(1, fewestSteps(kind))}
          most={kind === 'event' ? 1 : 10}
          free
        />
      </Input.Wrapper>
      {hasWindow({ kind }) ? (
        <div className="pair">
          {kind === 'count' ? (
            <NumberInput label={words.atLeast} min={2} max={50} allowDecimal={false} {...form.getInputProps('atLeast')} />
          ) : null}
          <NumberInput label={words.withinDays} min={1} max={365} allowDecimal={false} {...form.getInputProps('withinDays')} />
        </div>
      ) : null}
      <Input.Wrapper label={words.adopted} description={words.adoptedHelp} labelElement="div">
        <div className="pair">
          <NumberInput label={words.times} min={1} max={1000} allowDecimal={false} {...form.getInputProps('times')} />
          <NumberInput label={words.days} min={1} max={90} allowDecimal={false} {...form.getInputProps('days')} />
        </div>
      </Input.Wrapper>
    </>
  );
}
