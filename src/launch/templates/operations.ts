import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { editors, everyone, marketers } from '../../platform/roles.ts';
import { deliverable } from '../deliverables/schema.ts';
import { changedDeliverables, readDeliverables } from '../deliverables/queries.ts';
import { requireOrder } from '../deliverables/changing.ts';
import { readLaunch } from '../launches/queries.ts';
import { launch } from '../launches/schema.ts';
import { applyTemplate, compareWith } from './applying.ts';
import { insertTemplate, readTemplate, readTemplates } from './queries.ts';
import { comparison, locale, template, templateContent, templateLine, type TemplateLine } from './schema.ts';
import { templates } from './tables.ts';

const templateKey = template.shape.key;
const named = z.object({ template: templateKey, locale });
const ofLaunch = z.object({ launch: z.string().min(1).max(120).describe('Key or id of the launch'), template: templateKey, locale });

export const listTemplates = operation({
  summary: 'List the templates of bills of materials: those that come with Landfall and those of the workspace',
  method: 'GET',
  path: '/templates',
  who: everyone,
  input: z.object({ locale }),
  output: z.object({ templates: z.array(templateLine) }),
  run: (context, input) =>
    context.read(async (transaction) => ({
      templates: (await readTemplates(transaction, input.locale)).map(({ key, version, name, isUsual, content, usedBy }): TemplateLine => ({
        key,
        version,
        name,
        isUsual,
        purpose: content.purpose,
        tier: content.tier,
        items: content.items.length,
        required: content.items.filter(({ required }) => required).length,
        gates: content.gates.length,
        launches: usedBy.length,
      })),
    })),
});

export const getTemplate = operation({
  summary: 'Read a template: its items, gates, and whom it was made for and used for',
  method: 'GET',
  path: '/templates/{template}',
  who: everyone,
  input: named.extend({ version: z.coerce.number().int().min(1).optional().describe('An older version; the newest without it') }),
  output: template,
  run: (context, input) => context.read((transaction) => readTemplate(transaction, input.template, input.locale, input.version)),
});

/** Items must not need each other in a ring, here as little as in a launch. */
const requireItemOrder = ({ items }: z.output<typeof templateContent>) => requireOrder(items);

const lock = (transaction: Transaction, context: Context, key: string) =>
  transaction.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`template ${context.workspace.id} ${key}`}, 0))`);

export const saveTemplate = operation({
  summary: 'Make a template, or a new version of one; running launches keep theirs until it is applied to them',
  method: 'PUT',
  path: '/templates/{template}',
  who: marketers,
  input: named.extend({
    name: z.string().trim().min(1).max(120),
    content: templateContent,
    version: z.int().min(0).describe('The version that was read; 0 for a new template'),
  }),
  output: template,
  run: (context, { template: key, name, content, version, locale: language }) =>
    context.write('template', async (transaction) => {
      await lock(transaction, context, key);
      requireItemOrder(content);
      const before = await readTemplate(transaction, key, language).catch(() => null);
      if ((before?.version ?? 0) !== version)
        throw new Failure(
          'conflict',
          {
            en: 'Somebody changed this template meanwhile. Load it again, then repeat your change.',
            zh: '此期间有人修改了这个模板。请重新载入，再重复你的修改。',
          },
          {
            current: before,
          },
        );
      const written = { workspaceId: context.workspace.id, by: context.actor.name, at: context.now() };
      // The version that comes with Landfall stays as it was, for the launches made from it.
      if (before?.isUsual) await insertTemplate(transaction, before, written);
      const [last] = await transaction
        .select({ version: sql<number>`coalesce(max(${templates.version}), 0)::int` })
        .from(templates)
        .where(eq(templates.key, key));
      await insertTemplate(transaction, { key, version: (last?.version ?? 0) + 1, name, content }, written);
      const result = await readTemplate(transaction, key, language);
      return { id: key, before, after: result, result };
    }),
});

export const deleteTemplate = operation({
  summary: 'Delete a template; launches that were made from it stay, and it can be restored',
  method: 'DELETE',
  path: '/templates/{template}',
  who: marketers,
  input: named,
  output: z.object({ key: z.string() }),
  run: (context, { template: key, locale: language }) =>
    context.write('template', async (transaction) => {
      await lock(transaction, context, key);
      const before = await readTemplate(transaction, key, language);
      const written = { workspaceId: context.workspace.id, by: context.actor.name, at: context.now() };
      if (before.isUsual) await insertTemplate(transaction, before, written);
      await transaction
        .update(templates)
        .set({ deletedAt: context.now() })
        .where(and(eq(templates.key, key), eq(templates.version, before.version)));
      return { id: key, before, after: null, result: { key } };
    }),
});

export const restoreTemplate = operation({
  summary: 'Restore a deleted template',
  method: 'POST',
  path: '/templates/{template}/restore',
  who: marketers,
  input: named,
  output: template,
  run: (context, { template: key, locale: language }) =>
    context.write('template', async (transaction) => {
      const restored = await transaction.update(templates).set({ deletedAt: null }).where(eq(templates.key, key)).returning();
      if (restored.length === 0)
        throw new Failure('not_found', {
          en: `There is no deleted template "${key}" in this workspace.`,
          zh: `此工作区中没有已删除的模板“${key}”。`,
        });
      const result = await readTemplate(transaction, key, language);
      return { id: key, before: null, after: result, result };
    }),
});

export const compareTemplate = operation({
  summary: 'Say what a template would do to a launch: what speaks against it, what it adds, changes and no longer has',
  method: 'GET',
  path: '/launches/{launch}/templates/{template}',
  who: everyone,
  input: ofLaunch,
  output: comparison,
  run: (context, input) =>
    context.read(async (transaction) =>
      compareWith(context, transaction, {
        launch: await readLaunch(transaction, input.launch),
        template: await readTemplate(transaction, input.template, input.locale),
        locale: input.locale,
      }),
    ),
});

export const applyTemplateTo = operation({
  summary: 'Apply a template to a launch, or what is new in it to a running one: the named items, or all',
  method: 'POST',
  path: '/launches/{launch}/templates/{template}',
  who: editors,
  input: ofLaunch.extend({
    templateVersion: z.int().describe('The version of the template that was looked at'),
    version: z.int().describe('The version of the launch that was looked at'),
    items: z.array(templateKey).nullable().default(null).describe('Only these items; all without it'),
  }),
  output: z.object({ launch, deliverables: z.array(deliverable) }),
  run: (context, asked) =>
    context.write('launch', async (transaction) => {
      const there = await readDeliverables(transaction, await readLaunch(transaction, asked.launch));
      const { before, after } = await applyTemplate(context, transaction, asked);
      const result = { launch: after, deliverables: await readDeliverables(transaction, after) };
      const changed = changedDeliverables(there, result.deliverables);
      return {
        id: after.id,
        before: { ...before, deliverables: changed.before },
        after: { ...after, deliverables: changed.after },
        result,
      };
    }),
});
