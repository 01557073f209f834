import type { ProgramKind, ProgramStatus } from '../schema.ts';

export const importFields = [
  'id',
  'name',
  'parent',
  'kind',
  'status',
  'startsOn',
  'endsOn',
  'budget',
  'actualCost',
  'currency',
  'goal',
  'campaigns',
] as const;
export type ImportField = (typeof importFields)[number];

/** What the columns are called in exports of Salesforce (by name and by label) and HubSpot, in our own, and in sheets. */
const names: Record<ImportField, string[]> = {
  id: ['campaign id', 'campaignid', 'id', '活动编号', '编号'],
  name: ['campaign name', 'program name', 'name', 'program', 'campaign', '活动名称', '名称'],
  parent: ['parentid', 'parent id', 'parent campaign', 'parent campaign id', 'part of', 'parent', '隶属于'],
  kind: ['kind', 'type', 'campaign type', '类型'],
  status: ['status', 'campaign status', '状态'],
  startsOn: ['first day', 'startdate', 'start date', 'starts', '开始日期'],
  endsOn: ['last day', 'enddate', 'end date', 'ends', '结束日期'],
  budget: ['budget', 'budgetedcost', 'budgeted cost', 'budgeted cost in campaign', '预算'],
  actualCost: ['cost', 'actualcost', 'actual cost', 'actual cost in campaign', 'spend', '实际费用'],
  currency: ['currency', 'currencyisocode', 'campaign currency', '币种'],
  goal: ['goal', 'description', '期望成果', '说明'],
  campaigns: ['goes by', '别名'],
};

const plain = (text: string) => text.trim().toLowerCase().replaceAll(/\s+/g, ' ');

export type Header = { row: number; columns: { field: ImportField; column: number; header: string }[] };

/** Where the names of the columns stand, and what each is taken for; a column is taken once. */
export const findHeader = (rows: string[][]): Header | null => {
  for (const [row, cells] of rows.slice(0, 15).entries()) {
    const columns: Header['columns'] = [];
    for (const field of importFields) {
      const column = names[field].map((name) => cells.findIndex((cell) => plain(cell) === name)).find((place) => place >= 0);
      if (column !== undefined && !columns.some((one) => one.column === column))
        columns.push({ field, column, header: cells[column]!.trim() });
    }
    if (columns.some(({ field }) => field === 'name')) return { row, columns };
  }
  return null;
};

const kindWords: [ProgramKind, RegExp][] = [
  ['webinar', /webinar|online event|研讨会/],
  ['trade_show', /trade.?show|conference|expo|展会|会议/],
  ['dinner', /dinner|supper|晚宴/],
  ['meetup', /meet.?up|seminar|roadshow|event|workshop|聚会/],
  ['billboard', /billboard|out.of.home|outdoor|户外/],
  ['partner', /partner|合作/],
  ['analyst', /analyst|分析师/],
  ['email', /e-?mail|newsletter|邮件/],
  ['advertising', /advert|banner|\bads?\b|paid|display|search|social|广告/],
  ['content', /content|paper|blog|video|podcast|内容/],
  ['campaign', /campaign|营销活动/],
];

/** What a type of another system means here; what is not known is other, what is not said a campaign. */
export const kindOf = (text: string, known: readonly ProgramKind[]): ProgramKind => {
  const given = plain(text);
  if (given === '') return 'campaign';
  return known.find((kind) => kind === given.replaceAll(' ', '_')) ?? kindWords.find(([, pattern]) => pattern.test(given))?.[0] ?? 'other';
};

const statusWords: [ProgramStatus, RegExp][] = [
  ['cancelled', /^(cancel+ed|aborted|stopped|已取消)$/],
  ['done', /^(done|complete[d]?|finished|closed|past|已完成)$/],
  ['running', /^(running|in progress|active|started|ongoing|live|进行中)$/],
];

export const statusOf = (text: string): ProgramStatus => statusWords.find(([, pattern]) => pattern.test(plain(text)))?.[0] ?? 'planned';

/** An amount as systems write it, such as 1,200.50 or $1200; null where it could be read two ways or is none. */
export const amountOf = (text: string): number | null => {
  const given = text.trim().replace(/^(?:[A-Z]{3}|[$€£¥￥])\s*|\s*(?:[A-Z]{3}|[€$£¥])$/g, '');
  if (!/^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d{1,2}0*)?$/.test(given)) return null;
  const amount = Number(given.replaceAll(',', ''));
  return amount <= 1e12 ? amount : null;
};
