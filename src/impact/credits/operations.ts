import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { toCsv } from '../../platform/csv.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { everyone, marketers } from '../../platform/roles.ts';
import { asFile, mostRowsInFile, rowsFile, rowsPage, unitRows } from '../questions/rows.ts';
import { answerCredits } from './answer.ts';
import { readCreditRows } from './listing.ts';
import { answerPath } from './one-path.ts';
import { liftAsked } from '../lifts/schema.ts';
import { readQuestion } from '../questions/queries.ts';
import { readAgreed, readHoldouts } from './records.ts';
import { agreeAsked, agreedModel, creditPath, creditPathAsked, creditRowsAsked, credits, creditsAsked, holdoutAsked } from './schema.ts';
import { creditHoldouts, creditModels } from './tables.ts';

export const getCredits = operation({
  summary: 'Share out won or created deals among channels, campaigns or kinds of touch, under every model of attribution at once',
  method: 'POST',
  path: '/credits',
  reads: true,
  who: everyone,
  input: creditsAsked,
  output: credits,
  run: (context, asked, { signal }) => answerCredits(context, asked, signal),
});

export const exportCredits = operation({
  summary: 'Export attribution as CSV: one line for each channel and model, with ranks, and what no model explains',
  method: 'POST',
  path: '/credits.csv',
  reads: true,
  who: everyone,
  input: creditsAsked,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context, asked, { signal }) => {
    const found = await answerCredits(context, asked, signal);
    const { currency, channels, models, unexplained, agreed, said, holdouts, facts } = found;
    const head = [
      'by',
      'name',
      'model',
      'agreed',
      'conversions',
      'share',
      'value',
      'currency',
      'rank',
      'rank_low',
      'rank_high',
      'p',
      'n',
      'low',
      'high',
    ];
    const lines = channels.flatMap(({ channel, credits: of, rank, chance }) =>
      models.flatMap(({ model }) => {
        const one = of[model];
        if (!one) return [];
        const ranks = model === found.model ? [rank?.rank, rank?.low, rank?.high] : ['', '', ''];
        return [
          [
            asked.by,
            channel,
            model,
            model === agreed?.model ? 'yes' : '',
            one.conversions,
            one.share,
            one.value,
            currency,
            ...ranks,
            chance?.p,
          ],
        ];
      }),
    );
    const left = Object.entries(unexplained).map(([name, conversions]) => ['unexplained', name, '', '', conversions]);
    const refused = models.flatMap(({ model, refused: why }) => (why ? [['refused', why, model]] : []));
    const blank = (count: number) => Array.from({ length: count }, () => '');
    const named = [...channels.flatMap((one) => (one.said ? [{ channel: one.channel, ...one.said }] : [])), ...said.untouched];
    const beside = [
      ...named.map((one) => [
        asked.by,
        one.channel,
        'none: self-reported',
        '',
        one.answers,
        one.share,
        ...blank(6),
        said.answers,
        one.low,
        one.high,
      ]),
      ...holdouts.map(({ name, effect, treated, control }) => [
        asked.by,
        name,
        'none: holdout',
        '',
        '',
        effect?.effect ?? 'cannot tell',
        ...blank(6),
        treated + control,
        effect?.low,
        effect?.high,
      ]),
    ];
    return { fileName: `credits-${facts.from}-to-${facts.to}.csv`, csv: toCsv([head, ...lines, ...beside, ...left, ...refused]) };
  },
});

export const listCreditRows = operation({
  summary: 'List the deals behind attribution: all, those of a channel, or those that no model explains and why',
  method: 'POST',
  path: '/credits/rows',
  reads: true,
  who: everyone,
  input: creditRowsAsked.extend(rowsPage),
  output: unitRows,
  run: (context, { offset, limit, ...asked }) => readCreditRows(context, asked, { offset, limit }),
});

export const exportCreditRows = operation({
  summary: 'Export the deals behind attribution as CSV',
  method: 'POST',
  path: '/credits/rows.csv',
  reads: true,
  who: everyone,
  input: creditRowsAsked,
  output: rowsFile,
  run: async (context, asked) =>
    asFile(await readCreditRows(context, asked, { offset: 0, limit: mostRowsInFile }), `credits-${asked.which}.csv`),
});

export const getCreditPath = operation({
  summary: 'Read the path of one deal: every touch on record, which of them count, and what each rule gives them',
  method: 'POST',
  path: '/credits/path',
  reads: true,
  who: everyone,
  input: creditPathAsked,
  output: creditPath,
  run: answerPath,
});

export const agreeCreditModel = operation({
  summary: 'Set the model of attribution that the workspace has agreed on; the others stay beside it',
  method: 'PUT',
  path: '/credits/agreed',
  who: marketers,
  input: agreeAsked,
  output: agreedModel,
  run: (context, { version, ...fields }) =>
    context.write('credit model', async (transaction) => {
      const workspaceId = context.workspace.id;
      await transaction.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`credit model ${workspaceId}`}, 0))`);
      const before = await readAgreed(transaction);
      if ((before?.version ?? 0) !== version)
        throw new Failure(
          'conflict',
          {
            en: 'Somebody agreed on a model meanwhile. Load it again, then repeat your change.',
            zh: '期间有人约定了模型。请重新加载后再改。',
          },
          { current: before },
        );
      const row = { ...fields, version: version + 1, agreedBy: context.actor.name, agreedAt: context.now() };
      await transaction
        .insert(creditModels)
        .values({ workspaceId, ...row })
        .onConflictDoUpdate({ target: creditModels.workspaceId, set: row });
      const result = { ...row, agreedAt: row.agreedAt.toISOString() };
      return { id: workspaceId, before, after: result, result };
    }),
});

const mostHoldouts = 20;

export const setCreditHoldout = operation({
  summary: 'Set a kept lift with a holdout beside a channel, campaign or kind of attribution, or take it away; it earns no credit',
  method: 'PUT',
  path: '/credits/holdouts',
  who: marketers,
  input: holdoutAsked,
  output: holdoutAsked,
  run: (context, asked) =>
    context.write('credit holdout', async (transaction) => {
      const { by, name, question } = asked;
      const id = context.workspace.id;
      const before = (await readHoldouts(transaction, by)).find((one) => one.name === name) ?? null;
      if (question === null) {
        await transaction.delete(creditHoldouts).where(and(eq(creditHoldouts.label, by), eq(creditHoldouts.name, name)));
        return { id, before, after: asked, result: asked };
      }
      const kept = await readQuestion(transaction, question);
      if (kept.kind !== 'lifts' || liftAsked.safeParse(kept.asked).data?.design.kind !== 'holdout')
        throw new Failure('invalid', {
          en: `"${kept.name}" is no holdout. Keep a lift whose comparison is a holdout, and set that beside it.`,
          zh: `“${kept.name}”不是留出对照。请保存一个以留出对照比较的提升，再放在旁边。`,
        });
      if (!before && (await readHoldouts(transaction, by)).length >= mostHoldouts)
        throw new Failure('conflict', {
          en: `There are already ${mostHoldouts} holdouts beside the models. Take one away first.`,
          zh: `模型旁已有 ${mostHoldouts} 个留出对照。请先移除一个。`,
        });
      const target = [creditHoldouts.workspaceId, creditHoldouts.label, creditHoldouts.name];
      await transaction
        .insert(creditHoldouts)
        .values({ workspaceId: id, label: by, name, questionId: question })
        .onConflictDoUpdate({ target, set: { questionId: question } });
      return { id, before, after: asked, result: asked };
    }),
});
