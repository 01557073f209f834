import { criticalPath } from '../../../methods/planning/critical-path.ts';
import { daysBetween } from '../../../platform/days.ts';
import { Failure } from '../../../platform/failure.ts';
import type { WorkspaceMember } from '../../../workspace/members/schema.ts';
import { type Deliverable, link } from '../schema.ts';
import { importColumns, type ImportField } from './columns.ts';
import { findHeader, type Line, ownerOf, readLines } from './reading.ts';
import type { ImportRow } from './schema.ts';
import { dateOrderOf, type DateOrder, dayOf, statusOf } from './values.ts';

type Wanted = {
  status: Deliverable['status'];
  ownerId: string | null;
  doneWhen: string;
  audience: string;
  url: string | null;
  needs: string[];
};
export type PlannedRow = ImportRow & { wanted: Wanted; existing: Deliverable | null };
export type Plan = { columns: { field: ImportField; header: string }[]; dateOrderNeeded: boolean; rows: PlannedRow[] };

type Given = { marketDate: string; there: Deliverable[]; members: WorkspaceMember[]; dateOrder: DateOrder | null };
const plain = (text: string) => text.trim().toLowerCase();

const planRow = (line: Line, read: (field: ImportField) => string, order: DateOrder, { there, members }: Given): PlannedRow => {
  const [name, due] = [read('name').trim(), read('due')];
  const problems: ImportRow['problems'] = [];
  if (name === '') problems.push('no_name');
  if (name.length > 200) problems.push('name_too_long');
  const dueOn = due.trim() ? dayOf(due, order) : null;
  if (dueOn === null) problems.push(due.trim() ? 'bad_date' : 'no_date');
  const [owner, email] = [read('owner'), read('ownerEmail')];
  const ownerId = ownerOf(owner.split(',')[0]!, email, members);
  if (ownerId === null && (owner.trim() || email.trim())) problems.push('unknown_owner');
  const url = read('url').trim();
  const isLink = url !== '' && link.safeParse({ url }).success;
  if (url && !isLink) problems.push('bad_link');
  const status = read('completed').trim() ? 'shipped' : statusOf(read('status'));
  const existing = there.find((one) => plain(one.name) === plain(name)) ?? null;
  if (existing && (status === 'approved' || status === 'shipped') && !existing.isSigned) problems.push('not_signed');
  const needs = read('needs')
    .split(/[,;\n]/)
    .map((need) => need.trim())
    .filter(Boolean);
  const wanted = {
    status,
    ownerId,
    doneWhen: read('doneWhen').trim().slice(0, 2000),
    audience: read('audience').trim().slice(0, 200),
    url: isLink ? url : null,
    needs,
  };
  const isRejected = problems.includes('no_name') || problems.includes('name_too_long');
  const shown = members.find(({ id }) => id === ownerId)?.name ?? null;
  return {
    line: line.line,
    name: name.slice(0, 200),
    action: isRejected ? 'rejected' : existing ? 'same' : 'new',
    problems,
    dueOn,
    status,
    owner: shown,
    wanted,
    existing,
  };
};

/** Whether what the file says of one that is there is something else than what it is. What the file leaves empty stays. */
const differs = ({ wanted, existing, dueOn, problems }: PlannedRow): boolean =>
  existing !== null &&
  ((dueOn !== null && dueOn !== existing.dueOn) ||
    (wanted.status !== existing.status && wanted.status !== 'planned' && !problems.includes('not_signed')) ||
    (wanted.ownerId !== null && wanted.ownerId !== existing.owner?.id) ||
    (wanted.doneWhen !== '' && wanted.doneWhen !== existing.doneWhen));

const settle = (rows: PlannedRow[], there: Deliverable[]): PlannedRow[] => {
  const seen = new Set<string>();
  const names = new Set([...there.map(({ name }) => plain(name)), ...rows.map(({ name }) => plain(name))]);
  return rows.map((row) => {
    if (row.action === 'rejected') return row;
    if (seen.has(plain(row.name))) return { ...row, action: 'rejected', problems: [...row.problems, 'twice'] };
    seen.add(plain(row.name));
    const needs = row.wanted.needs.filter((need) => names.has(plain(need)) && plain(need) !== plain(row.name));
    const problems = needs.length < row.wanted.needs.length ? [...row.problems, 'unknown_need' as const] : row.problems;
    return { ...row, problems, action: differs(row) ? 'changed' : row.action, wanted: { ...row.wanted, needs } };
  });
};

/** Needs that would go in a ring are left out, and said. */
const withoutRings = (rows: PlannedRow[]): PlannedRow[] => {
  const taken = rows.filter(({ action }) => action === 'new');
  const ids = new Set(taken.map(({ name }) => plain(name)));
  const path = criticalPath(
    taken.map(({ name, wanted }) => ({ id: plain(name), days: 1, needs: wanted.needs.map(plain).filter((need) => ids.has(need)) })),
  );
  if (!('refused' in path)) return rows;
  const ring = new Set(path.ring);
  return withoutRings(
    rows.map((row) =>
      ring.has(plain(row.name)) ? { ...row, problems: [...row.problems, 'ring' as const], wanted: { ...row.wanted, needs: [] } } : row,
    ),
  );
};

/** What a file of tasks would do to a bill of materials. */
export const planImport = async (csv: string, given: Given): Promise<Plan> => {
  const lines = await readLines(csv);
  const header = findHeader<ImportField>(
    lines.map(({ cells }) => cells),
    importColumns,
  );
  if (!header)
    throw new Failure('invalid', {
      en: 'No column holds the names of the tasks. Name one "Name", "Summary" or "Card Name", in the first row of the file.',
      zh: '没有一列是任务名称。请在文件首行把一列命名为 Name、Summary 或 Card Name。',
    });
  const body = lines.slice(header.row + 1).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const read = (cells: string[]) => (field: ImportField) => cells[header.columns.find((one) => one.field === field)?.column ?? -1] ?? '';
  const found = dateOrderOf(body.map(({ cells }) => read(cells)('due')));
  const order = given.dateOrder ?? (found === 'day_first' ? 'day_first' : 'month_first');
  const rows = withoutRings(
    settle(
      body.map((line) => planRow(line, read(line.cells), order, given)),
      given.there,
    ),
  );
  return {
    columns: header.columns.map(({ field, header: text }) => ({ field, header: text })),
    dateOrderNeeded: found === null && given.dateOrder === null,
    rows,
  };
};

/** Due so many days before the market date, so that it moves along. */
export const leadOf = (marketDate: string, dueOn: string): number => Math.max(-365, Math.min(730, daysBetween(dueOn, marketDate)));
