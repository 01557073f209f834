import type { BreakdownChoice, PropertyChoice } from '../../web/kit/questions/values.ts';

export { suggestFor, useEventChoices, usePropertyChoices } from '../../web/kit/questions/choices.ts';

const accountFields = ['plan', 'segment', 'industry', 'country'];
const personFields = ['title', 'country'];

/** What an answer can be broken down by: properties of the event, and what is known of its account and person. */
export const breakdownChoices = (properties: readonly PropertyChoice[]): BreakdownChoice[] => [
  ...properties.map(({ name }) => ({ by: 'property' as const, name })),
  ...accountFields.map((name) => ({ by: 'account_property' as const, name })),
  ...personFields.map((name) => ({ by: 'person_property' as const, name })),
];
