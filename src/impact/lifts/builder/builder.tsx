import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { en as goalEn, zh as goalZh } from '../../../launch/goals/messages.ts';
import { designKinds } from '../../../launch/goals/schema.ts';
import { api } from '../../../web/kit/client.ts';
import { Segmented } from '../../../web/kit/controls.tsx';
import { useMessages } from '../../../web/kit/locale.tsx';
import { Control } from '../../../web/kit/questions/builder-bar.tsx';
import type { Asked } from '../../../web/kit/questions/use-question.ts';
import { objectUnits } from '../schema.ts';
import { DesignFields } from './design-fields.tsx';
import { JudgingFields } from './judging-fields.tsx';
import { en, zh } from './messages.ts';
import { OutcomeFields } from './outcome-fields.tsx';
import type { LiftAddress } from './schema.ts';
import { turned, unitsOf } from './usual.ts';

/** The controls of a comparison: with whom, whose outcome, what came of it, and by what it is judged. */
export function Builder(asked: Asked<LiftAddress>) {
  const words = useMessages({ en, zh });
  const { comparisons, comparisonNotes } = useMessages({ en: goalEn, zh: goalZh });
  const { question, ask } = asked;
  const { unit, design, goal } = question;
  const objects = objectUnits.find((one) => one === unit) ?? 'account';
  const { data } = useQuery(api.lifts.choices.queryOptions({ input: { unit: objects } }));
  const part = { ...asked, properties: data?.properties ?? [] };
  const goals = (data?.goals ?? []).map(({ id, name, launch }) => ({ value: id, label: `${launch}: ${name}` }));
  const units = unitsOf(design.kind);
  /** A goal brings its comparison; another one would leave no verdict. */
  const asRegistered = (chosen: string | null): Partial<LiftAddress> => {
    const comparison = data?.goals.find(({ id }) => id === chosen)?.comparison ?? 'none';
    return comparison === 'none' || comparison === design.kind ? {} : turned(question, comparison);
  };
  const outcomes = <OutcomeFields {...part} />;
  const ofFigures = unit === 'subject' || unit === 'case';
  return (
    <>
      <Control label={words.comparison}>
        <Select
          aria-label={words.comparison}
          w={210}
          allowDeselect={false}
          data={designKinds.map((value) => ({ value, label: comparisons[value] }))}
          value={design.kind}
          onChange={(kind) => kind && ask(turned(question, kind))}
        />
        <span className="meta">{comparisonNotes[design.kind]}</span>
      </Control>
      {units.length > 1 ? (
        <Control label={words.unit}>
          <Segmented
            label={words.unit}
            name="unit"
            value={unit}
            choices={units.map((value) => ({ value, label: words.unitNames[value] }))}
            onChange={(wish) => ask(turned(question, design.kind, wish))}
          />
        </Control>
      ) : null}
      {goals.length > 0 ? (
        <Control label={words.goal}>
          <Select
            aria-label={words.goal}
            w={250}
            searchable
            clearable
            placeholder={words.noGoal}
            data={goals}
            value={goal ?? null}
            onChange={(chosen) => ask({ goal: chosen, ...asRegistered(chosen) })}
          />
        </Control>
      ) : null}
      {ofFigures ? outcomes : null}
      <DesignFields {...part} />
      {ofFigures ? null : outcomes}
      <JudgingFields {...part} />
    </>
  );
}
