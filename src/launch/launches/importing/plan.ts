import { isDeepStrictEqual } from 'node:util';
import { Failure } from '../../../platform/failure.ts';
import type { WorkspaceMember } from '../../../workspace/members/schema.ts';
import { findHeader, readLines } from '../../deliverables/importing/reading.ts';
import { dateOrderOf, type DateOrder } from '../../deliverables/importing/values.ts';
import type { Launch } from '../schema.ts';
import { importColumns, type ImportField } from './columns.ts';
import { readRow, type Said } from './row.ts';
import { type Change, type ImportRow, mostRows, type Problem } from './schema.ts';
import type { Written } from './tables.ts';

/** A launch that is here, with the id by which a file knows it. */
export type There = { launch: Launch; externalId: string | null };
export type PlannedRow = ImportRow & { said: Said; existing: There | null; set: Written };
export type Plan = { columns: { field: ImportField; header: string }[]; dateOrderNeeded: boolean; rows: PlannedRow[] };

const plain = (text: string) => text.trim().toLowerCase();
const fatal: readonly Problem[] = ['no_name', 'name_too_long', 'no_market_date', 'bad_market_date', 'several_of_that_name', 'twice'];

/** Finds what a row is: by its id, which may be our own key, else by its name. */
const finder = (there: There[]) => {
  const byId = new Map(there.flatMap((one) => (one.externalId === null ? [] : [[plain(one.externalId), one] as const])));
  const byKey = new Map(there.map((one) => [plain(one.launch.key), one]));
  const byName = new Map<string, There[]>();
  for (const one of there) byName.set(plain(one.launch.name), [...(byName.get(plain(one.launch.name)) ?? []), one]);
  return ({ id, name }: Said): There | 'several' | null => {
    const known = id === '' ? undefined : (byId.get(plain(id)) ?? byKey.get(plain(id)));
    if (known) return known;
    // One that another row of the other tool is, is not this one.
    const named = (byName.get(plain(name)) ?? []).filter(({ externalId }) => id === '' || externalId === null);
    return named.length > 1 ? 'several' : (named[0] ?? null);
  };
};

/** What is another than in the launch; what the file leaves empty stays. */
const differencesOf = (said: Said, { launch, externalId }: There): { changes: Change[]; set: Written } => {
  const set: Written = {};
  const found: Change[] = [];
  const compare = <Field extends keyof Written>(change: Change, field: Field, wanted: Written[Field], is: unknown) => {
    if (wanted === null || wanted === '' || (Array.isArray(wanted) && wanted.length === 0) || isDeepStrictEqual(wanted, is)) return;
    found.push(change);
    set[field] = wanted;
  };
  // Found by its name, it is not renamed for a capital letter.
  if (plain(said.name) !== plain(launch.name)) compare('name', 'name', said.name, launch.name);
  compare('marketDate', 'marketDate', said.marketDate ?? launch.marketDate, launch.marketDate);
  compare('readyDate', 'readyDate', said.readyDate, launch.readyDate);
  compare('marketingOwner', 'marketingOwnerId', said.marketingOwnerId, launch.marketingOwner?.id);
  compare('productOwner', 'productOwnerId', said.productOwnerId, launch.productOwner?.id);
  for (const field of ['personas', 'languages', 'regions', 'job', 'brief'] as const) compare(field, field, said[field], launch[field]);
  if (said.segments.length > 0) compare('segments', 'eligibility', { ...launch.eligibility, segments: said.segments }, launch.eligibility);
  const isOwnKey = plain(said.id) === plain(launch.key);
  if (found.length > 0 && said.id && externalId === null && !isOwnKey) set.externalId = said.id;
  return { changes: found, set };
};

/** Tier and stage of a launch that is here are decided by its own steps. */
const staying = ({ tier, stage }: Said, { launch }: There): Problem[] => [
  ...(tier !== null && tier !== launch.tier ? (['tier_stays'] as const) : []),
  ...(stage !== null && stage !== launch.stage ? (['stage_stays'] as const) : []),
];

type Read = { line: number; said: Said; problems: Problem[] };

const planRow = ({ line, said, problems: given }: Read, existing: There | 'several' | null, members: WorkspaceMember[]): PlannedRow => {
  const problems = [...given];
  const is = existing === 'several' ? null : existing;
  if (existing === 'several') problems.push('several_of_that_name');
  if (is === null && said.marketDate === null && !problems.includes('bad_market_date')) problems.push('no_market_date');
  if (is) problems.push(...staying(said, is));
  const readyDate = said.readyDate ?? is?.launch.readyDate ?? null;
  const marketDate = said.marketDate ?? is?.launch.marketDate ?? null;
  if (readyDate && marketDate && marketDate < readyDate) problems.push('before_ready');
  const { changes, set } = is ? differencesOf(said, is) : { changes: [], set: {} };
  const isRejected = problems.some((problem) => fatal.includes(problem));
  return {
    line,
    name: said.name.slice(0, 120),
    key: is?.launch.key ?? null,
    action: isRejected ? 'rejected' : is === null ? 'new' : changes.length > 0 ? 'changed' : 'same',
    changes: isRejected ? [] : changes,
    problems,
    marketDate,
    readyDate,
    tier: is?.launch.tier ?? said.tier,
    stage: is?.launch.stage ?? said.stage,
    owner: members.find(({ id }) => id === said.marketingOwnerId)?.name ?? is?.launch.marketingOwner?.name ?? null,
    said,
    existing: is,
    set,
  };
};

/** The second row of one launch is left out: which of the two is meant is not guessed. */
const withoutTwins = (rows: PlannedRow[]): PlannedRow[] => {
  const seen = new Set<string>();
  return rows.map((row) => {
    if (row.action === 'rejected') return row;
    const is = row.existing ? `launch ${row.existing.launch.id}` : row.said.id ? `id ${plain(row.said.id)}` : `name ${plain(row.name)}`;
    if (seen.has(is)) return { ...row, action: 'rejected', changes: [], problems: [...row.problems, 'twice'] };
    seen.add(is);
    return row;
  });
};

type Given = { there: There[]; members: WorkspaceMember[]; dateOrder: DateOrder | null };

/** What a file of launches would do. */
export const planImport = async (csv: string, { there, members, dateOrder }: Given): Promise<Plan> => {
  const lines = await readLines(csv);
  const header = findHeader<ImportField>(
    lines.map(({ cells }) => cells),
    importColumns,
  );
  if (!header)
    throw new Failure('invalid', {
      en: 'No column holds the names of the launches. Name one "Name", "Summary" or "Card Name", in the first row of the file.',
      zh: '没有一列是发布名称。请在文件首行把一列命名为 Name、Summary 或 Card Name。',
    });
  const body = lines.slice(header.row + 1).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (body.length > mostRows)
    throw new Failure('too_many', {
      en: `The file has ${body.length} rows; ${mostRows} are taken at once. Split it, and import the parts.`,
      zh: `文件有 ${body.length} 行，一次最多接收 ${mostRows} 行。请拆分后分别导入。`,
    });
  const places = new Map(header.columns.map(({ field, column }) => [field, column]));
  const read = (cells: string[]) => (field: ImportField) => cells[places.get(field) ?? -1] ?? '';
  const found = dateOrderOf(body.flatMap(({ cells }) => [read(cells)('marketDate'), read(cells)('readyDate')]));
  const order = dateOrder ?? (found === 'day_first' ? 'day_first' : 'month_first');
  const find = finder(there);
  const rows = body.map(({ line, cells }) => {
    const one = { line, ...readRow(read(cells), { order, members }) };
    return planRow(one, find(one.said), members);
  });
  return {
    columns: header.columns.map(({ field, header: text }) => ({ field, header: text })),
    dateOrderNeeded: found === null && dateOrder === null,
    rows: withoutTwins(rows),
  };
};
