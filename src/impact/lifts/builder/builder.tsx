import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../../web/kit/client.ts';
import { Segmented } from '../../../web/kit/controls.tsx';
import { useMessages } from '../../../web/kit/locale.tsx';
import { Control } from '../../../web/kit/questions/builder-bar.tsx';
import type { Asked } from '../../../web/kit/questions/use-question.ts';
import { designKinds, fits, type LiftUnit, objectUnits } from '../schema.ts';
import { DesignFields } from './design-fields.tsx';
import { JudgingFields } from './judging-fields.tsx';
import { en, zh } from './messages.ts';
import { OutcomeFields } from './outcome-fields.tsx';
import type { LiftAddress } from './schema.ts';
import { usualDesigns, usualOutcomes } from './usual.ts';

type Kind = LiftAddress['design']['kind'];

const unitsOf = (kind: Kind) => Object.keys(fits[kind]) as LiftUnit[];

/** The question turned to another comparison or unit: what still fits stays, so that going from one series to the other loses nothing. */
const turned = ({ outcome, design, unit }: LiftAddress, kind: Kind, wish: LiftUnit = unit): Partial<LiftAddress> => {
  const of = fits[kind][wish] ? wish : unitsOf(kind)[0]!;
  const allowed = fits[kind][of]!;
  const shared =
    'subject' in design && 'subject' in usualDesigns[kind] ? { subject: design.subject, on: design.on, donors: design.donors } : {};
  return {
    unit: of,
    design: kind === design.kind ? design : { ...usualDesigns[kind], ...shared },
    outcome: allowed.includes(outcome.kind) ? outcome : usualOutcomes[allowed[0]!],
    segment: null,
    covariate: null,
  };
};

/** The controls of a comparison: with whom, whose outcome, what came of it, and by what it is judged. */
export function Builder(asked: Asked<LiftAddress>) {
  const words = useMessages({ en, zh });
  const { question, ask } = asked;
  const { unit, design, goal } = question;
  const objects = objectUnits.find((one) => one === unit) ?? 'account';
  const { data } = useQuery(api.lifts.choices.queryOptions({ input: { unit: objects } }));
  const part = { ...asked, properties: data?.properties ?? [] };
  const goals = (data?.goals ?? []).map(({ id, name, launch }) => ({ value: id, label: `${launch}: ${name}` }));
  const units = unitsOf(design.kind);
  const outcomes = <OutcomeFields {...part} />;
  return (
    <>
      <Control label={words.comparison}>
        <Select
          aria-label={words.comparison}
          w={210}
          allowDeselect={false}
          data={designKinds.map((value) => ({ value, label: words.comparisons[value] }))}
          value={design.kind}
          onChange={(kind) => kind && ask(turned(question, kind))}
        />
        <span className="meta">{words.comparisonNotes[design.kind]}</span>
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
            onChange={(chosen) => ask({ goal: chosen })}
          />
        </Control>
      ) : null}
      {unit === 'subject' ? outcomes : null}
      <DesignFields {...part} />
      {unit === 'subject' ? null : outcomes}
      <JudgingFields {...part} />
    </>
  );
}
