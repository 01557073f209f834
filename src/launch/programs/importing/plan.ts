import { Failure } from '../../../platform/failure.ts';
import { type Line, readLines } from '../../deliverables/importing/reading.ts';
import { dateOrderOf, type DateOrder, dayOf } from '../../deliverables/importing/values.ts';
import { plainCampaign as plain } from '../queries.ts';
import { currencyCode, type Program, programKinds } from '../schema.ts';
import { amountOf, findHeader, type ImportField, kindOf, statusOf } from './columns.ts';
import type { ImportRow } from './schema.ts';

/** Where the file says nothing, null: what is there stays. */
type Wanted = Partial<Pick<Program, 'kind' | 'status' | 'startsOn' | 'endsOn' | 'budget' | 'actualCost' | 'currency' | 'goal'>>;
export type PlannedRow = ImportRow & { id: string; wholeNamed: string; more: string[]; wanted: Wanted; existing: Program | null };
export type Plan = { columns: { field: ImportField; header: string }[]; dateOrderNeeded: boolean; rows: PlannedRow[] };
type Given = { there: Program[]; dateOrder: DateOrder | null; currency: string };
type Read = (field: ImportField) => string;

const namedBy = (there: Program[], name: string): Program | null => {
  const wanted = plain(name);
  if (wanted === '') return null;
  const byCampaign = there.find(({ campaigns }) => campaigns.some((campaign) => plain(campaign) === wanted));
  return byCampaign ?? there.find((one) => plain(one.name) === wanted) ?? null;
};

const days = (read: Read, order: DateOrder) => {
  const [from, to] = [read('startsOn'), read('endsOn')].map((text) => (text.trim() ? dayOf(text, order) : undefined));
  const problems: ImportRow['problems'] = [];
  if (from === null || to === null) problems.push('bad_date');
  if (from && to && to < from) return { startsOn: from, endsOn: undefined, problems: [...problems, 'dates_reversed' as const] };
  return { startsOn: from ?? undefined, endsOn: to ?? undefined, problems };
};

const money = (read: Read) => {
  const [budget, actualCost] = [read('budget'), read('actualCost')].map((text) => (text.trim() ? amountOf(text) : undefined));
  const code = read('currency').trim();
  const currency = code ? currencyCode.safeParse(code).data : undefined;
  const problems: ImportRow['problems'] = [];
  if (budget === null || actualCost === null) problems.push('bad_amount');
  if (code && !currency) problems.push('bad_currency');
  return { budget: budget ?? undefined, actualCost: actualCost ?? undefined, currency, problems };
};

const given = <Fields extends object>(fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;

const planRow = ({ line }: Line, read: Read, order: DateOrder, { there, currency }: Given): PlannedRow => {
  const [name, id] = [read('name').trim(), read('id').trim()];
  const { problems: badDays, ...dates } = days(read, order);
  const { problems: badMoney, ...amounts } = money(read);
  const problems: ImportRow['problems'] = [...badDays, ...badMoney];
  if (name === '') problems.push('no_name');
  if (name.length > 200) problems.push('name_too_long');
  const existing = namedBy(there, id) ?? namedBy(there, name);
  const wanted: Wanted = given({
    kind: read('kind').trim() ? kindOf(read('kind'), programKinds) : undefined,
    status: read('status').trim() ? statusOf(read('status')) : undefined,
    ...dates,
    ...amounts,
    goal: read('goal').trim().slice(0, 2000) || undefined,
  });
  const none = { kind: 'campaign', status: 'planned', startsOn: null, endsOn: null, budget: null, actualCost: null, currency } as const;
  const { kind, status, startsOn, endsOn, budget, actualCost, currency: code } = { ...none, ...existing, ...wanted };
  const said = { line, name: name.slice(0, 200), problems, kind, status, startsOn, endsOn, budget, actualCost, currency: code };
  return {
    ...said,
    id,
    wanted,
    existing,
    action: problems.includes('no_name') || problems.includes('name_too_long') ? 'rejected' : existing ? 'same' : 'new',
    parent: null,
    wholeNamed: read('parent').trim(),
    more: read('campaigns')
      .split(/[;\n]/)
      .map((one) => one.trim())
      .filter((one) => one !== '' && one.length <= 200),
  };
};

/** How a row is found by those that are parts of it. */
const keysOf = ({ id, name }: PlannedRow): string[] => [id, name].map(plain).filter(Boolean);

/** What becomes of a row is known once all are: names stand once, wholes are in the file or there, and nothing goes round. */
const settle = (rows: PlannedRow[], there: Program[]): PlannedRow[] => {
  const seen = new Set<string>();
  const once = rows.map((row): PlannedRow => {
    if (row.action === 'rejected') return row;
    const keys = row.existing ? [row.existing.id] : keysOf(row).slice(0, 1);
    if (keys.some((key) => seen.has(key))) return { ...row, action: 'rejected', problems: [...row.problems, 'twice'] };
    for (const key of keys) seen.add(key);
    return row;
  });
  const taken = once.filter(({ action }) => action !== 'rejected');
  const rowOf = (name: string) => taken.find((row) => keysOf(row).includes(plain(name)));
  const wholeOf = (row: PlannedRow): string | null =>
    row.wholeNamed === '' ? null : (rowOf(row.wholeNamed)?.name ?? namedBy(there, row.wholeNamed)?.name ?? null);
  const goesRound = (row: PlannedRow): boolean => {
    const passed = new Set<PlannedRow>();
    for (let one: PlannedRow | undefined = row; one; one = one.wholeNamed ? rowOf(one.wholeNamed) : undefined) {
      if (passed.has(one)) return one === row;
      passed.add(one);
    }
    return false;
  };
  return once.map((row) => {
    if (row.action === 'rejected' || row.wholeNamed === '') return row;
    if (goesRound(row)) return { ...row, wholeNamed: '', problems: [...row.problems, 'ring'] };
    const parent = wholeOf(row);
    return parent === null ? { ...row, wholeNamed: '', problems: [...row.problems, 'unknown_parent'] } : { ...row, parent };
  });
};

const differs = ({ existing, wanted, parent, id, more }: PlannedRow): boolean =>
  existing !== null &&
  (Object.entries(wanted).some(([field, value]) => existing[field as keyof Wanted] !== value) ||
    (parent !== null && plain(existing.parent?.name ?? '') !== plain(parent)) ||
    [id, ...more].some((name) => name !== '' && !existing.campaigns.some((campaign) => plain(campaign) === plain(name))));

/** What a file of campaigns would do to the programs. */
export const planImport = async (csv: string, all: Given): Promise<Plan> => {
  const lines = await readLines(csv);
  const header = findHeader(lines.map(({ cells }) => cells));
  if (!header)
    throw new Failure('invalid', {
      en: 'No column holds the names of the programs. Name one "Name" or "Campaign Name", in the first row.',
      zh: '没有一列是营销项目名称。请在首行把一列命名为 Name 或 Campaign Name。',
    });
  const body = lines.slice(header.row + 1).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const read = (cells: string[]) => (field: ImportField) => cells[header.columns.find((one) => one.field === field)?.column ?? -1] ?? '';
  const found = dateOrderOf(body.flatMap(({ cells }) => [read(cells)('startsOn'), read(cells)('endsOn')]));
  const order = all.dateOrder ?? (found === 'day_first' ? 'day_first' : 'month_first');
  const rows = settle(
    body.map((line) => planRow(line, read(line.cells), order, all)),
    all.there,
  );
  return {
    columns: header.columns.map(({ field, header: text }) => ({ field, header: text })),
    dateOrderNeeded: found === null && all.dateOrder === null,
    rows: rows.map((row) => (row.action === 'same' && differs(row) ? { ...row, action: 'changed' } : row)),
  };
};
