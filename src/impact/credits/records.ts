import type { Transaction } from '../../platform/records/store.ts';
import { type AgreedModel, agreedModel } from './schema.ts';
import { creditModels } from './tables.ts';

export const readAgreed = async (transaction: Transaction): Promise<AgreedModel | null> => {
  const [row] = await transaction.select().from(creditModels);
  return row ? agreedModel.parse({ ...row, agreedAt: row.agreedAt.toISOString() }) : null;
};
