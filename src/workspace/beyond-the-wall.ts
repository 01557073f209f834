import { sql } from 'drizzle-orm';
import type { Transaction } from '../platform/records/store.ts';

/**
 * Part of a walled write that must reach what belongs to no workspace (a member's sessions, a new member), in the same
 * transaction, so that both happen or neither. Keep what runs in it to named columns and bound values.
 */
export const beyondTheWall = async <T>(transaction: Transaction, run: () => Promise<T>): Promise<T> => {
  await transaction.execute(sql`SELECT set_config('role', 'none', true)`);
  const result = await run();
  await transaction.execute(sql`SELECT set_config('role', 'landfall_app', true)`);
  return result;
};
