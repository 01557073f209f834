import type { KeyType, ObjectKind } from './schema.ts';

type Words = {
  kinds: Record<ObjectKind, string>;
  fields: Record<string, string>;
  keys: Record<KeyType, string>;
  accounts: ListWords;
  people: ListWords;
  search: string;
  export: string;
  noMatch: string;
  import: string;
  none: string;
  more: string;
};
type ListWords = { title: string; head: (count: string, one: boolean) => string; note: string; reading: string; empty: string };

export const en: Words = {
  kinds: {
    account: 'Account', person: 'Person', opportunity: 'Opportunity', product: 'Product', stage_change: 'Stage change', touch: 'Touch', revenue: 'Revenue', event: 'Event',
    measurement: 'Measurement',
  },
  fields: {
    id: 'Id in the source', name: 'Name', domain: 'Domain', segment: 'Segment', plan: 'Plan', country: 'Country', industry: 'Industry', employees: 'Employees', created_at: 'Created',
    account_id: 'Account', person_id: 'Person', product_id: 'Product', opportunity_id: 'Opportunity', email: 'Email', title: 'Title', stage: 'Stage', state: 'Open, won or lost',
    amount: 'Amount', currency: 'Currency', origin: 'Origin', owner: 'Owner', loss_reason: 'Reason for the loss', closed_at: 'Closed', at: 'When', kind: 'Kind', channel: 'Channel',
    campaign: 'Campaign', interval: 'Billing interval', series: 'Series', price: 'Price', metric: 'Metric', subject: 'Subject', value: 'Value', unit: 'Unit', properties: 'Properties (JSON)',
  },
  keys: { id: 'id in the source', email: 'email', domain: 'domain', name: 'name' },
  accounts: {
    title: 'Accounts', head: (count, one) => (one ? 'One account is known.' : `${count} accounts are known.`), note: 'The companies as they are now, after every import.',
    reading: 'Reading the accounts', empty: 'No accounts yet. They come with the first file that names them.',
  },
  people: {
    title: 'People', head: (count, one) => (one ? 'One person is known.' : `${count} people are known.`), note: 'The people as they are now, after every import.', reading: 'Reading the people',
    empty: 'No people yet. They come with the first file that names them.',
  },
  search: 'Search by name, address or id',
  export: 'Export CSV',
  noMatch: 'Nothing matches this search.',
  import: 'Import a file',
  none: 'none',
  more: 'Show more',
};

export const zh: Words = {
  kinds: { account: '客户', person: '人员', opportunity: '商机', product: '产品', stage_change: '阶段变更', touch: '触点', revenue: '收入', event: '事件', measurement: '测量值' },
  fields: {
    id: '来源中的编号', name: '名称', domain: '域名', segment: '细分', plan: '套餐', country: '国家', industry: '行业', employees: '员工数', created_at: '创建时间', account_id: '客户', person_id: '人员',
    product_id: '产品', opportunity_id: '商机', email: '邮箱', title: '职位', stage: '阶段', state: '进行中、赢单或输单', amount: '金额', currency: '币种', origin: '来源', owner: '负责人', loss_reason: '输单原因',
    closed_at: '关闭时间', at: '时间', kind: '类型', channel: '渠道', campaign: '活动', interval: '计费周期', series: '系列', price: '价格', metric: '指标', subject: '对象', value: '数值', unit: '单位',
    properties: '属性（JSON）',
  },
  keys: { id: '来源中的编号', email: '邮箱', domain: '域名', name: '名称' },
  accounts: { title: '客户', head: (count) => `已知 ${count} 个客户。`, note: '历次导入之后客户的现状。', reading: '正在读取客户', empty: '还没有客户。第一个提到客户的文件会把他们带来。' },
  people: { title: '人员', head: (count) => `已知 ${count} 位人员。`, note: '历次导入之后人员的现状。', reading: '正在读取人员', empty: '还没有人员。第一个提到人员的文件会把他们带来。' },
  search: '按名称、地址或编号搜索',
  export: '导出 CSV',
  noMatch: '没有符合搜索条件的内容。',
  import: '导入文件',
  none: '无',
  more: '显示更多',
};
