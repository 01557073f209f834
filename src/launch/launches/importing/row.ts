import type { WorkspaceMember } from '../../../workspace/members/schema.ts';
import { ownerOf } from '../../deliverables/importing/reading.ts';
import { type DateOrder, dayOf } from '../../deliverables/importing/values.ts';
import { launchFields, stages, type Launch } from '../schema.ts';
import type { ImportField } from './columns.ts';
import type { Problem } from './schema.ts';

/** What a row of the file says; empty and null where it says nothing. */
export type Said = {
  name: string;
  id: string;
  tier: number | null;
  stage: Launch['stage'] | null;
  readyDate: string | null;
  marketDate: string | null;
  marketingOwnerId: string | null;
  productOwnerId: string | null;
  personas: string[];
  segments: string[];
  languages: string[];
  regions: string[];
  job: string;
  brief: string;
};

const words: [Launch['stage'], RegExp][] = [
  ['concept', /^(concept|idea|discovery|planned|planning|backlog|概念|构思|规划)$/],
  ['alpha', /^(alpha|内测)$/],
  ['beta', /^(beta|early access|preview|公测|测试)$/],
  ['ga', /^(ga|general availability|generally available|released|launched|live|正式发布|正式)$/],
  ['deprecated', /^(deprecated|sunset|retired|end of life|下线|停用)$/],
];

const stageOf = (text: string): Launch['stage'] | null => {
  const plain = text.trim().toLowerCase();
  return stages.find((each) => each === plain) ?? words.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
};

const tierOf = (text: string): number | null => Number(/^(?:tier|t|p|级别|第)?\s*([1-3])\s*(?:级)?$/i.exec(text.trim())?.[1]) || null;

/** Values with a semicolon or a line end between, or, where there is none, a comma. */
const listOf = (text: string): string[] => {
  const parts = /[;；\n]/.test(text) ? text.split(/[;；\n]/) : text.split(/[,，、]/);
  return [...new Set(parts.map((part) => part.trim()).filter(Boolean))];
};

type Given = { order: DateOrder; members: WorkspaceMember[] };

/** What one row says, and what of it cannot be taken. */
export const readRow = (read: (field: ImportField) => string, { order, members }: Given): { said: Said; problems: Problem[] } => {
  const problems: Problem[] = [];
  const taken = <Value>(text: string, problem: Problem, parse: (text: string) => Value | null): Value | null => {
    if (text.trim() === '') return null;
    const value = parse(text);
    if (value === null) problems.push(problem);
    return value;
  };
  const fitting = <Field extends 'job' | 'brief' | 'personas' | 'languages' | 'regions'>(
    field: Field,
    value: Said[Field],
    none: Said[Field],
  ) => {
    if (launchFields.shape[field].safeParse(value).success) return value;
    problems.push('too_long');
    return none;
  };
  const name = read('name').trim();
  if (name === '') problems.push('no_name');
  if (name.length > 120) problems.push('name_too_long');
  const segments = listOf(read('segments'));
  const said: Said = {
    name,
    id: read('id').trim().slice(0, 200),
    tier: taken(read('tier'), 'unknown_tier', tierOf),
    stage: taken(read('stage'), 'unknown_stage', stageOf),
    readyDate: taken(read('readyDate'), 'bad_ready_date', (text) => dayOf(text, order)),
    marketDate: taken(read('marketDate'), 'bad_market_date', (text) => dayOf(text, order)),
    marketingOwnerId: taken(read('marketingOwner') || read('marketingOwnerEmail'), 'unknown_owner', (text) =>
      ownerOf(text.split(',')[0]!, read('marketingOwnerEmail'), members),
    ),
    productOwnerId: taken(read('productOwner'), 'unknown_product_owner', (text) => ownerOf(text, text, members)),
    personas: fitting('personas', listOf(read('personas')), []),
    segments: launchFields.shape.eligibility.safeParse({ segments }).success ? segments : [],
    languages: fitting('languages', listOf(read('languages')), []),
    regions: fitting('regions', listOf(read('regions')), []),
    job: fitting('job', read('job').trim(), ''),
    brief: fitting('brief', read('brief').trim(), ''),
  };
  if (segments.length > said.segments.length) problems.push('too_long');
  return { said, problems: [...new Set(problems)] };
};
