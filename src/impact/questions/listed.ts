import { numbers } from '../../collect/events/queries.ts';
import { sourceIds } from '../../collect/objects/queries.ts';
import type { Query } from '../../platform/events/store.ts';
import { folded } from '../landing-reports/folded.ts';
import type { Unit } from './schema.ts';

const described: Record<Unit, { kind: 'account' | 'person'; fields: readonly string[]; columns: readonly string[] }> = {
  people: { kind: 'person', fields: ['name', 'email', 'account_id'], columns: ['email', 'account'] },
  accounts: { kind: 'account', fields: ['name', 'segment', 'plan'], columns: ['segment', 'plan'] },
};

export type Listing = {
  unit: Unit;
  /** SQL text with `number` and the columns. */
  source: string;
  /** Text columns of the source that are shown beside who it is. */
  columns: readonly string[];
  /** SQL over those columns; the number decides what is equal. */
  order: string;
  params: Record<string, unknown>;
};

export const listedColumns = ({ unit, columns }: Pick<Listing, 'unit' | 'columns'>): string[] => [
  'id',
  'name',
  'source_id',
  ...described[unit].columns,
  ...columns,
];

export const countListed = ({ source, params }: Listing): Query => ({ sql: `SELECT toUInt32(count()) AS total FROM ${source}`, params });

/** One page of people or accounts with who they are, in an order that does not change between pages. */
export const pageListed = ({ unit, source, columns, order, params }: Listing, page: { offset: number; limit: number }): Query => {
  const { kind, fields } = described[unit];
  const own = unit === 'people' ? `o.email AS email, c.name AS account` : `o.segment AS segment, o.plan AS plan`;
  const accounts = unit === 'people' ? `LEFT ANY JOIN ${folded('account', ['name'])} AS c ON c.id = o.account_id` : '';
  return {
    sql: `SELECT u.id AS id, o.name AS name, k.source_id AS source_id, ${own}${columns.map((column) => `, p.${column} AS ${column}`).join('')}
    FROM (SELECT * FROM ${source} ORDER BY ${order}, number LIMIT {limit:UInt32} OFFSET {offset:UInt32}) AS p
    LEFT ANY JOIN ${numbers(kind)} AS u ON u.number = p.number
    LEFT ANY JOIN ${folded(kind, fields)} AS o ON o.id = u.id
    LEFT ANY JOIN ${sourceIds(kind)} AS k ON k.id = u.id ${accounts}
    ORDER BY ${order}, p.number`,
    params: { ...params, ...page },
  };
};
