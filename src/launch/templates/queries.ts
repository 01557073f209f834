import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { launches } from '../launches/tables.ts';
import type { Template } from './schema.ts';
import { templates } from './tables.ts';
import { type Locale, usualTemplates } from './usual.ts';

type Kept = Pick<Template, 'key' | 'version' | 'name' | 'isUsual' | 'content' | 'createdBy' | 'createdAt'> & { isDeleted: boolean };

const asKept = (row: typeof templates.$inferSelect): Kept => ({
  key: row.key,
  version: row.version,
  name: row.name,
  isUsual: false,
  content: row.content,
  createdBy: row.createdBy,
  createdAt: row.createdAt.toISOString(),
  isDeleted: row.deletedAt !== null,
});

const usualKept = (locale: Locale): Kept[] =>
  usualTemplates(locale).map((one) => ({ ...one, version: 1, isUsual: true, createdBy: '', createdAt: null, isDeleted: false }));

const readUses = async (transaction: Transaction): Promise<Map<string, Template['usedBy']>> => {
  const rows = await transaction.select().from(launches).where(isNull(launches.deletedAt)).orderBy(asc(launches.marketDate));
  const uses = new Map<string, Template['usedBy']>();
  for (const { templateKey, key, name, eligibility, personas } of rows)
    if (templateKey)
      uses.set(templateKey, [...(uses.get(templateKey) ?? []), { launch: key, name, segments: eligibility.segments, personas }]);
  return uses;
};

const asTemplate = (kept: Kept, uses: Map<string, Template['usedBy']>): Template => ({
  key: kept.key,
  version: kept.version,
  name: kept.name,
  isUsual: kept.isUsual,
  content: kept.content,
  createdBy: kept.createdBy,
  createdAt: kept.createdAt,
  usedBy: uses.get(kept.key) ?? [],
});

/** The newest version of each template: those that come with Landfall, changed here or not, and those made here. */
export const readTemplates = async (transaction: Transaction, locale: Locale): Promise<Template[]> => {
  const rows = await transaction.selectDistinctOn([templates.key]).from(templates).orderBy(templates.key, desc(templates.version));
  const own = new Map(rows.map((row) => [row.key, asKept(row)]));
  const uses = await readUses(transaction);
  const usual = usualKept(locale);
  const others = [...own.values()].filter(({ key }) => !usual.some((one) => one.key === key));
  return [...usual.map((one) => own.get(one.key) ?? one), ...others.toSorted((a, b) => a.name.localeCompare(b.name))]
    .filter(({ isDeleted }) => !isDeleted)
    .map((one) => asTemplate(one, uses));
};

/** One template, in its newest version or the named one; a Failure when there is none. */
export const readTemplate = async (transaction: Transaction, key: string, locale: Locale, version?: number): Promise<Template> => {
  const none = () =>
    new Failure('not_found', {
      en: `There is no template "${key}" in this workspace. List the templates to see those there are.`,
      zh: `此工作区中没有模板“${key}”。请列出模板查看。`,
    });
  if (version === undefined) {
    const found = (await readTemplates(transaction, locale)).find((one) => one.key === key);
    if (!found) throw none();
    return found;
  }
  const [row] = await transaction
    .select()
    .from(templates)
    .where(and(eq(templates.key, key), eq(templates.version, version)));
  const kept = row ? asKept(row) : version === 1 ? usualKept(locale).find((one) => one.key === key) : undefined;
  if (!kept) throw none();
  return asTemplate(kept, await readUses(transaction));
};

type Written = { workspaceId: string; by: string; at: Date };

export const insertTemplate = async (
  transaction: Transaction,
  { key, version, name, content }: Pick<Template, 'key' | 'version' | 'name' | 'content'>,
  { workspaceId, by, at }: Written,
): Promise<void> =>
  void (await transaction
    .insert(templates)
    .values({ workspaceId, key, version, name, content, createdBy: by, createdAt: at })
    .onConflictDoNothing());
