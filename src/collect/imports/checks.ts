import type { Context } from '../../platform/context.ts';
import { keyTypes, kindOrder } from '../objects/schema.ts';
import { refuseErasedOutcomes } from '../erasures/imported.ts';
import { checkTarget } from './checking.ts';
import { removeOutcomes } from './committing.ts';
import { inOrder } from './mapping.ts';
import { countOutcomes, missingValues, nearestNames, type MissingValue, type OutcomeCount, stageMeanings } from './queries.ts';
import { settled, withCurrencies } from './questions.ts';
import { revision } from './queries.ts';
import { note } from './records.ts';
import type { ImportMapping, ImportReport, MissingReference, StageMeaning } from './schema.ts';
import type { ImportRow } from './tables.ts';
import { asProblem, cancelAsked, cancelled } from './work.ts';

/** The dry run: every target in order, then the counts. Ends in state checked, or back in mapping with the reason. */
export async function runCheck(context: Context, row: ImportRow): Promise<void> {
  try {
    const { report, against } = await check(context, row);
    await note(
      context,
      row.id,
      { state: 'checked', report, checkedAgainst: against, problem: null, leaseUntil: null, progress: { phase: 'done' } },
      'checking',
    );
  } catch (error) {
    await context.events.command(removeOutcomes(row.id)).catch(() => {});
    if (await cancelAsked(context, row.id)) return;
    await note(context, row.id, { state: 'mapping', problem: asProblem(error), leaseUntil: null, progress: {} });
    context.application.log.error({ err: error, import: row.id }, 'the dry run of an import failed');
  }
}

export async function check(context: Context, row: ImportRow): Promise<{ report: ImportReport; against: string }> {
  const against = await context.read(revision);
  const mapping = withCurrencies(row.mapping!, row.answers);
  const columns = row.columns!;
  const input = {
    importId: row.id,
    mapping,
    answers: settled(mapping, columns, row.answers),
    columnNames: columns.map(({ name }) => name),
    firstLine: row.file!.firstLine,
    timeZone: context.workspace.timeZone,
  };
  await context.events.command(removeOutcomes(row.id));
  const order = inOrder(mapping, kindOrder);
  for (const [done, index] of order.entries()) {
    if (await cancelAsked(context, row.id)) throw cancelled();
    await note(context, row.id, { progress: { phase: 'checking', rows: done * row.file!.rows, of: order.length * row.file!.rows } });
    await context.events.command(checkTarget(input, index));
  }
  await refuseErasedOutcomes(context.events, row.id, mapping.source);
  const after = mapping.header ? input.firstLine : input.firstLine - 1;
  return { report: { ...(await reportOf(context, row.id, mapping)), stages: await stagesOf(context, row.id, mapping, after) }, against };
}

/** What the words of the deals' stages are read as; a file of deals has one such column. */
async function stagesOf(context: Context, id: string, mapping: ImportMapping, after: number): Promise<StageMeaning[]> {
  const column = mapping.targets.map(({ fields }) => fields.state?.column).find((each) => each !== undefined);
  return column === undefined ? [] : context.events.ask<StageMeaning>(stageMeanings(id, column, after, mapping.valueMaps.state ?? {}));
}

async function reportOf(context: Context, id: string, mapping: ImportMapping): Promise<Omit<ImportReport, 'stages'>> {
  const counted = await context.events.ask<OutcomeCount>(countOutcomes(id));
  const targets = mapping.targets.map(({ kind }, index) => {
    const own = counted.filter(({ target }) => target === index);
    const sum = (outcome: string) => own.filter((one) => one.outcome === outcome).reduce((total, { rows }) => total + rows, 0);
    const counts = {
      new: sum('new'),
      changed: sum('changed'),
      unchanged: sum('unchanged'),
      rejected: sum('rejected'),
      duplicate: sum('duplicate'),
    };
    return { kind, counts, reasons: own.filter(({ outcome }) => outcome === 'rejected').map(({ reason, rows }) => ({ reason, rows })) };
  });
  return { targets, missing: await missingOf(context, id, mapping) };
}

async function missingOf(context: Context, id: string, mapping: ImportMapping): Promise<MissingReference[]> {
  const values = await context.events.ask<MissingValue>(missingValues(id));
  const groups = new Map<string, MissingValue[]>();
  for (const value of values) {
    const name = `${value.target} ${value.field}`;
    groups.set(name, [...(groups.get(name) ?? []), value]);
  }
  const found: MissingReference[] = [];
  for (const group of groups.values()) {
    const { target, field, kind, keyType, distinct, total } = group[0]!;
    const by = keyTypes.find((type) => keyType === type || keyType.startsWith(`${type}:`)) ?? keyType;
    const nearest =
      by === 'name'
        ? await context.events.ask<{ text: string; suggestion: string }>(
            nearestNames(
              kind,
              group.map(({ text }) => text),
            ),
          )
        : [];
    const suggestion = new Map(nearest.map((one) => [one.text, one.suggestion]));
    found.push({
      kind,
      by,
      rows: total,
      distinct,
      created: (mapping.targets[target]!.fields[field]?.missing ?? 'create') === 'create',
      values: group.map(({ text, rows }) => ({ value: text, rows, suggestion: suggestion.get(text.slice(0, 200)) ?? null })),
    });
  }
  return found;
}
