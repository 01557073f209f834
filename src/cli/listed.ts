import { Failure } from '../platform/failure.ts';
import type { ListedOperation } from '../platform/operations.ts';

export type Listed = ListedOperation[];

/** The operation of that name. */
export const findOperation = (operations: Listed, name: string): ListedOperation => {
  const found = operations.find((operation) => operation.name === name);
  if (!found) throw new Failure('unavailable', `This Landfall has no operation ${name}. Update it.`);
  return found;
};
