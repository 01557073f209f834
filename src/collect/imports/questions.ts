import { kinds } from '../objects/schema.ts';
import type { ImportColumn, ImportMapping, ImportQuestion, ImportTarget } from './schema.ts';

/** What the file alone cannot tell. The dry run waits until each is answered; nothing here is guessed. */
export function questionsOf(
  mapping: ImportMapping,
  columns: ImportColumn[],
  answers: Record<string, string>,
  currency: string,
): ImportQuestion[] {
  const found = new Map<string, ImportQuestion>();
  mapping.targets.forEach((target, index) => {
    for (const [name, source] of Object.entries(target.fields)) {
      const type = kinds[target.kind].fields[name]?.type;
      const column = source.column === undefined ? undefined : columns[source.column];
      if (!column || source.column === undefined) continue;
      if (type === 'date') add(found, dateQuestion(source.column, column));
      if (type === 'money' || type === 'number' || type === 'integer') add(found, decimalQuestion(source.column, column));
    }
    add(found, currencyQuestion(target, index, currency));
  });
  return [...found.values()].map((question) => ({ ...question, answer: validAnswer(question, answers[question.id]) }));
}

/** What the evidence of every row settles by itself, with the answers on top: this is what the dry run reads by. */
export function settled(mapping: ImportMapping, columns: ImportColumn[], answers: Record<string, string>): Record<string, string> {
  const known: Record<string, string> = {};
  columns.forEach(({ sniff }, column) => {
    if (sniff.dayFirst > 0 && sniff.monthFirst === 0) known[`date:${column}`] = 'day_month';
    if (sniff.monthFirst > 0 && sniff.dayFirst === 0) known[`date:${column}`] = 'month_day';
    // Where day and month are the same number either order reads the same date.
    if (sniff.monthFirst === 0 && sniff.dayFirst === 0 && sniff.unclearDate === 0) known[`date:${column}`] = 'month_day';
    known[`decimal:${column}`] = sniff.commaDecimal > 0 && sniff.dotDecimal === 0 ? ',' : '.';
  });
  return { ...known, ...answers };
}

type Question = Omit<ImportQuestion, 'answer'>;

function dateQuestion(place: number, { sniff, examples }: ImportColumn): Question | null {
  const contradicts = sniff.dayFirst > 0 && sniff.monthFirst > 0;
  const open = sniff.unclearDate > 0 && sniff.dayFirst === 0 && sniff.monthFirst === 0;
  if (!contradicts && !open) return null;
  const suggestion = contradicts ? (sniff.dayFirst > sniff.monthFirst ? 'day_month' : 'month_day') : null;
  return {
    id: `date:${place}`,
    kind: 'date_order',
    column: place,
    target: null,
    options: ['day_month', 'month_day'],
    suggestion,
    examples,
  };
}

function decimalQuestion(place: number, { sniff, examples }: ImportColumn): Question | null {
  const contradicts = sniff.dotDecimal > 0 && sniff.commaDecimal > 0;
  const open = sniff.unclearDecimal > 0 && sniff.dotDecimal === 0 && sniff.commaDecimal === 0;
  if (!contradicts && !open) return null;
  const suggestion = contradicts ? (sniff.dotDecimal > sniff.commaDecimal ? '.' : ',') : null;
  return { id: `decimal:${place}`, kind: 'decimal_mark', column: place, target: null, options: ['.', ','], suggestion, examples };
}

function currencyQuestion(target: ImportTarget, index: number, currency: string): Question | null {
  const money = Object.entries(kinds[target.kind].fields).some(([name, field]) => field.type === 'money' && target.fields[name]);
  if (!money || target.fields.currency) return null;
  return { id: `currency:${index}`, kind: 'currency', column: null, target: index, options: [], suggestion: currency, examples: [] };
}

function add(found: Map<string, ImportQuestion>, question: Question | null): void {
  if (question && !found.has(question.id)) found.set(question.id, { ...question, answer: null });
}

function validAnswer(question: ImportQuestion, answer: string | undefined): string | null {
  if (answer === undefined) return null;
  if (question.kind === 'currency') return /^[A-Z]{3}$/.test(answer) ? answer : null;
  return question.options.includes(answer) ? answer : null;
}

/** The answers on currencies as constants of the mapping, so that everything after reads one thing. */
export function withCurrencies(mapping: ImportMapping, answers: Record<string, string>): ImportMapping {
  const targets = mapping.targets.map((target, index) => {
    const answer = answers[`currency:${index}`];
    return answer && !target.fields.currency ? { ...target, fields: { ...target.fields, currency: { constant: answer } } } : target;
  });
  return { ...mapping, targets };
}
