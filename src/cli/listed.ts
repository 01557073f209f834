import { Failure } from '../platform/failure.ts';
import type { ListedOperation } from '../platform/operations.ts';

export type Listed = ListedOperation[];

const known = (operation: ListedOperation | undefined, wanted: string): ListedOperation => {
  if (operation) return operation;
  throw new Failure('unavailable', `This Landfall does not offer ${wanted}. Update it.`);
};

/** The operation of that name. */
export const findOperation = (operations: Listed, name: string): ListedOperation =>
  known(
    operations.find((operation) => operation.name === name),
    name,
  );

/** The operation that reads that path. */
export const findByPath = (operations: Listed, path: string): ListedOperation =>
  known(
    operations.find((operation) => operation.method === 'GET' && operation.path === path),
    path,
  );
