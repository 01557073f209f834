import { fits, type LiftUnit } from '../schema.ts';
import type { LiftAddress } from './schema.ts';

type Design = LiftAddress['design'];
type Outcome = LiftAddress['outcome'];

/** How each comparison begins. */
export const usualDesigns: { [Kind in Design['kind']]: Extract<Design, { kind: Kind }> } = {
  holdout: { kind: 'holdout', property: '', treated: [], control: [], treatedShare: 0.5, looks: 'once', decideOn: null },
  staged: { kind: 'staged', property: '', by: 'month' },
  matched: {
    kind: 'matched',
    treatedBy: { kind: 'property', property: '', values: [] },
    on: '',
    before: '',
    numbers: [],
    categories: [],
    earlier: [],
  },
  synthetic: { kind: 'synthetic', subject: '', on: '', donors: [], predictors: [] },
  structural: { kind: 'structural', subject: '', on: '', donors: [], season: 1 },
  before_after: { kind: 'before_after', on: '' },
};

const event = { event: '', filters: [] };
export const usualOutcomes: Record<Outcome['kind'], Outcome> = {
  won: { kind: 'won' },
  amount: { kind: 'amount', currency: 'USD' },
  property_is: { kind: 'property_is', property: '', values: [] },
  property_number: { kind: 'property_number', property: '', currency: null },
  did: { kind: 'did', behaviour: event, from: '', to: '' },
  times: { kind: 'times', behaviour: event, from: '', to: '' },
  share_of: { kind: 'share_of', reached: '', of: '' },
  measured: { kind: 'measured', metric: '' },
  done_by: { kind: 'done_by', behaviour: event, property: '', counted: 'events', by: 'week', from: '', to: '' },
};

/** Whose outcome each comparison can be of. */
export const unitsOf = (kind: Design['kind']) => Object.keys(fits[kind]) as LiftUnit[];

/** The question turned to another comparison or unit: what still fits stays, so that going from one series to the other loses nothing. */
export const turned = ({ outcome, design, unit }: LiftAddress, kind: Design['kind'], wish: LiftUnit = unit): Partial<LiftAddress> => {
  const of = fits[kind][wish] ? wish : unitsOf(kind)[0]!;
  const allowed = fits[kind][of]!;
  const shared =
    of === 'case'
      ? { property: 'subject' }
      : 'subject' in design && 'subject' in usualDesigns[kind]
        ? { subject: design.subject, on: design.on, donors: design.donors }
        : {};
  return {
    unit: of,
    design: kind === design.kind && (of === 'case') === (unit === 'case') ? design : { ...usualDesigns[kind], ...shared },
    outcome: allowed.includes(outcome.kind) ? outcome : usualOutcomes[allowed[0]!],
    segment: null,
    covariate: null,
  };
};

/** Where one begins who answers a goal: with the comparison that was registered. */
export const beginning = (goal: string, comparison: Design['kind']): Partial<LiftAddress> => {
  const [unit] = unitsOf(comparison);
  return { goal, unit: unit!, design: usualDesigns[comparison], outcome: usualOutcomes[fits[comparison][unit!]![0]!] };
};
