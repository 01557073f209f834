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
  measured: { kind: 'measured', metric: '' },
  done_by: { kind: 'done_by', behaviour: event, property: '', counted: 'events', by: 'week', from: '', to: '' },
};
