import { own } from '../../platform/events/sources.ts';

/** Ids of objects whose events are somebody else's now: a browser of a person, a tracked person whom an import knows. */
export const mergedIds = `(SELECT id FROM ${own('unit')} WHERE kind = 'person' AND number IN (SELECT person FROM ${own('who')} WHERE owner != person))`;
