import type { KeyType } from '../objects/schema.ts';
import { meanings } from './headers.ts';
import { campaignMembers, events, journeys, reviews, stageHistory, stripe } from './recognise-exports.ts';
import type { FieldSource, ImportColumn, ImportMapping, ImportTarget } from './schema.ts';
import { accountReference, bestKey, defined, named, personReference, pick, target, type Fields, type Shape } from './shapes.ts';
import { recogniseSource } from './sources.ts';

/** What a file most likely holds, from its header and the shape of its columns. Everything can be changed before the dry run. */
export function recognise(columns: ImportColumn[], header: boolean, fileName: string): ImportMapping {
  const names = columns.map(({ name }) => name);
  const source = recogniseSource(names);
  const of = meanings(names.some((name, place) => name !== `Column ${place + 1}`) ? names : []);
  const shape: Shape = { columns, of, has: (...asked) => asked.some((one) => of(one) !== undefined), source, stem: stemOf(fileName) };
  return { source, header, targets: targetsOf(shape), valueMaps: {}, emptyCell: 'keep' };
}

function targetsOf(shape: Shape): ImportTarget[] {
  const { has, source } = shape;
  if (source === 'google_play') return reviews(shape);
  if (source === 'stripe') return stripe(shape);
  const told = [...stageHistory(shape), ...campaignMembers(shape), ...journeys(shape)];
  if (told.length > 0) return told;
  if (has('eventName') && has('eventAt')) return events(shape);
  if (has('opportunityId', 'opportunityName', 'stage', 'won') && !has('eventName')) return opportunities(shape);
  if (has('productName') && has('price') && !has('accountName', 'accountId', 'personId', 'email')) return products(shape);
  if (has('personId', 'email', 'firstName', 'lastName', 'personName')) return people(shape);
  if (has('accountId', 'accountName', 'domain')) return accounts(shape);
  const series = measurements(shape);
  if (series.length) return series;
  return [target('account', pick(shape, { id: 'id' }), 'id', { rest: true })]
    .filter((one) => one.fields.id)
    .concat(fallback(shape))
    .slice(0, 1);
}

const accountMeanings = {
  id: 'accountId',
  name: 'accountName',
  domain: 'domain',
  segment: 'segment',
  plan: 'plan',
  country: 'country',
  industry: 'industry',
  employees: 'employees',
} as const;

function accounts(shape: Shape): ImportTarget[] {
  const fields = pick(shape, { ...accountMeanings, created_at: 'created' });
  if (!fields.id) Object.assign(fields, pick(shape, { id: 'id' }));
  if (!fields.name && shape.source !== 'generic') Object.assign(fields, named(shape));
  const account = target('account', fields, bestKey(fields, ['id', 'domain', 'name']), { rest: true });
  return [account, ...revenueOf(shape, fields)];
}

/** A table of companies with what they paid is also a table of revenue; the yearly revenue of a company's profile is not. */
function revenueOf(shape: Shape, account: Fields): ImportTarget[] {
  const amount = shape.of('revenueAmount');
  const profile = shape.has('employees', 'industry') && shape.of('revenueAt') === undefined;
  if (amount === undefined || profile || shape.columns[amount]!.sniff.number === 0) return [];
  const reference = account.id
    ? { column: account.id.column!, by: 'id' as const }
    : account.name
      ? { column: account.name.column!, by: 'name' as const }
      : undefined;
  const fields = defined({
    id: pick(shape, { id: 'revenueId' }).id,
    account_id: reference,
    person_id: reference ? undefined : personReference(shape),
    kind: pick(shape, { kind: 'revenueKind' }).kind ?? {
      constant: shape.columns.some(({ name }) => /^invoice/i.test(name)) ? 'invoice' : 'order',
    },
    amount: { column: amount },
    ...pick(shape, { currency: 'currency', interval: 'interval', at: 'revenueAt' }),
  });
  return [target('revenue', fields, fields.id ? 'id' : undefined)];
}

function people(shape: Shape): ImportTarget[] {
  const first = shape.of('firstName');
  const last = shape.of('lastName');
  const name: FieldSource | undefined =
    first !== undefined && last !== undefined
      ? { columns: [first, last] }
      : (pick(shape, { name: 'personName' }).name ?? pick(shape, { name: 'lastName' }).name);
  const fields = defined({
    ...pick(shape, { id: 'personId', email: 'email', title: 'title', created_at: 'created' }),
    name,
    account_id: accountReference(shape),
  });
  if (!fields.id && shape.source !== 'generic') Object.assign(fields, pick(shape, { id: 'id' }));
  const key = bestKey(fields, ['id', 'email']);
  const person = target('person', fields, key, { rest: true });
  const account = target('account', pick(shape, accountMeanings));
  account.matchKey = bestKey(account.fields, ['id', 'domain', 'name']);
  const withAccount = account.matchKey && fields.account_id ? [{ ...account, onlyWhen: account.fields[account.matchKey]!.column }] : [];
  const self: FieldSource = { column: fields[key ?? 'email']?.column ?? 0, by: key === 'id' ? 'id' : 'email' };
  return [person, ...withAccount, ...firstContact(shape, self), ...(withAccount.length ? [] : revenueOf(shape, {}))];
}

function firstContact(shape: Shape, person: FieldSource): ImportTarget[] {
  const at = shape.of('firstContact');
  if (at === undefined) return [];
  return [
    target('touch', {
      person_id: person,
      kind: { constant: 'first_contact' },
      at: { column: at },
      ...pick(shape, { channel: 'origin', campaign: 'campaign' }),
    }),
  ];
}

function opportunities(shape: Shape): ImportTarget[] {
  const { of } = shape;
  const won = of('won');
  const id = pick(shape, { id: 'opportunityId' }).id ?? pick(shape, { id: 'id' }).id;
  const nameColumn = of('opportunityName') ?? named(shape).name?.column;
  // A table of deals without ids of their own has one deal for each lead, or each account.
  const oneEach =
    id ?? (nameColumn === undefined ? (pick(shape, { id: 'personId' }).id ?? pick(shape, { id: 'accountId' }).id) : undefined);
  const key: KeyType = oneEach ? 'id' : 'name';
  const stage: FieldSource | undefined =
    of('stage') === undefined ? (won === undefined ? undefined : { constant: 'Won' }) : { column: of('stage')! };
  const closed = won ?? of('closed');
  const product = of('productId') ?? of('productName');
  const fields = defined({
    ...pick(shape, {
      amount: 'amount',
      currency: 'currency',
      origin: 'origin',
      owner: 'owner',
      loss_reason: 'lossReason',
      created_at: 'created',
    }),
    id: oneEach,
    name: nameColumn === undefined ? undefined : { column: nameColumn },
    account_id: accountReference(shape),
    person_id: personReference(shape),
    product_id:
      product === undefined ? undefined : { column: product, by: of('productId') === undefined ? 'name' : 'id', missing: 'empty' },
    stage,
    state: stage,
    closed_at: closed === undefined ? undefined : { column: closed },
  });
  const self: FieldSource = { column: (oneEach ?? { column: nameColumn }).column!, by: key };
  const account = target('account', pick(shape, accountMeanings));
  account.matchKey = bestKey(account.fields, ['id', 'domain', 'name']);
  const describes = Object.keys(account.fields).length > 1 && account.matchKey;
  return [
    ...(describes ? [{ ...account, onlyWhen: account.fields[account.matchKey!]!.column }] : []),
    target('opportunity', fields, key, { rest: true }),
    ...(closed === undefined || !stage
      ? []
      : [target('stage_change', { opportunity_id: self, stage, state: stage, at: { column: closed } }, undefined, { onlyWhen: closed })]),
  ];
}

function products(shape: Shape): ImportTarget[] {
  const fields = pick(shape, { id: 'productId', name: 'productName', series: 'series', price: 'price', currency: 'currency' });
  return [target('product', fields, bestKey(fields, ['id', 'name']), { rest: true })];
}

const yearNames = /^(year|yr|jahr|année|año|年|年份)$/i;
const metricNames = /^(metric|measure|indicator|variable|指标)$/i;
const idNames = /(^|[_\s-])(id|code)$|Id$/;
const mostMetrics = 8;

const holdsDays = ({ name, sniff, examples }: ImportColumn): boolean =>
  sniff.filled > 0 &&
  (sniff.date === sniff.filled ||
    (yearNames.test(name) && sniff.integer === sniff.filled && examples.every((cell) => /^(19|20)\d{2}$/.test(cell))));

/** One date, at most one or two texts, and numbers: a published series. A column says the metric, or the names of the number columns are metrics. */
function measurements(shape: Shape): ImportTarget[] {
  const at = shape.columns.findIndex(holdsDays);
  if (at < 0) return [];
  const isNumber = ({ name, sniff }: ImportColumn, place: number) =>
    place !== at && sniff.filled > 0 && sniff.number === sniff.filled && !idNames.test(name);
  const isText = ({ sniff }: ImportColumn, place: number) => place !== at && sniff.number < sniff.filled;
  const places = (wanted: typeof isNumber) => shape.columns.flatMap((column, place) => (wanted(column, place) ? [place] : []));
  const values = places(isNumber);
  const metricAt = values.length === 1 ? places(isText).find((place) => metricNames.test(shape.columns[place]!.name)) : undefined;
  const subject = places(isText).find((place) => place !== metricAt);
  return values.slice(0, mostMetrics).map((column) => {
    const { name } = shape.columns[column]!;
    const metric = metricAt === undefined ? { constant: name.startsWith('Column ') ? shape.stem : name } : { column: metricAt };
    const fields = { metric, ...(subject === undefined ? {} : { subject: { column: subject } }), at: { column: at }, value: { column } };
    // Of several figures in a line one may be missing.
    return target('measurement', fields, undefined, values.length > 1 ? { onlyWhen: column } : undefined);
  });
}

/** Nothing tells the rows apart: each is somebody, known by its line. */
const withoutKey = ({ columns }: Shape): boolean => columns.length > 2 && columns.every(({ sniff }) => sniff.distinct < sniff.filled);

function fallback(shape: Shape): ImportTarget[] {
  if (withoutKey(shape)) return [target('person', { id: { line: `${shape.stem}-` } }, 'id', { rest: true })];
  return [target('account', { name: named(shape).name ?? { column: 0 } }, 'name', { rest: true })];
}

const stemOf = (fileName: string): string =>
  fileName.replace(/^.*[\\/]/, '').replace(/(\.(csv|tsv|txt|jsonl|ndjson|parquet|gz))+$/i, '') || 'value';
