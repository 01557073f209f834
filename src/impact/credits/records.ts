import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Transaction } from '../../platform/records/store.ts';
import { questions } from '../questions/tables.ts';
import {
  type AgreedModel,
  agreedModel,
  type CreditsAsked,
  type CreditSettings,
  type CreditsSettled,
  settingNames,
  usualSettings,
} from './schema.ts';
import { creditHoldouts, creditModels } from './tables.ts';

export const readAgreed = async (transaction: Transaction): Promise<AgreedModel | null> => {
  const [row] = await transaction.select().from(creditModels);
  return row ? agreedModel.parse({ ...row, agreedAt: row.agreedAt.toISOString() }) : null;
};

/** Every setting that was not asked for is the agreed one. */
export const settle = (asked: CreditsAsked, agreed: AgreedModel | null): CreditsSettled => ({
  ...asked,
  ...(Object.fromEntries(settingNames.map((name) => [name, asked[name] ?? (agreed ?? usualSettings)[name]])) as CreditSettings),
});

export type HoldoutRow = { name: string; question: string; title: string; asked: Record<string, unknown> };

export const readHoldouts = (transaction: Transaction, label: CreditsAsked['by']): Promise<HoldoutRow[]> =>
  transaction
    .select({ name: creditHoldouts.name, question: questions.id, title: questions.name, asked: questions.asked })
    .from(creditHoldouts)
    .innerJoin(questions, eq(questions.id, creditHoldouts.questionId))
    .where(and(eq(creditHoldouts.label, label), isNull(questions.deletedAt)))
    .orderBy(asc(creditHoldouts.name));
