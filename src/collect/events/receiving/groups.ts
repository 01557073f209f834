import { isObject } from './json.ts';

const accountTypes = new Set(['company', 'account', 'organization', 'organisation', 'customer', 'workspace', 'tenant']);

export const isAccountType = (type: string): boolean => accountTypes.has(type.toLowerCase());

/** Of the groups that somebody belongs to, the one that is their account: the one whose type says so, or else the first. */
export const accountOfGroups = (groups: unknown): unknown => {
  if (!isObject(groups)) return undefined;
  const types = Object.keys(groups);
  const type = types.find(isAccountType) ?? types[0];
  return type === undefined ? undefined : groups[type];
};
