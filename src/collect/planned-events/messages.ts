import type { Deviation, Likeness, PlanState, PropertyType } from './schema.ts';

const states: Record<PlanState, string> = {
  as_expected: 'As expected',
  changed: 'Changed',
  quiet: 'Went quiet',
  missing: 'Missing',
  unplanned: 'Not in the plan',
};
const types: Record<PropertyType, string> = { string: 'text', number: 'number', boolean: 'true or false', date: 'date' };

type Written = Deviation & { count: string; ofCount: string; first: string; last: string };

const likeEn = ({ name, by }: Likeness) =>
  by === 'case' ? `Written like ${name}, but for case or separators.` : `Looks like ${name} misspelled.`;
const likeZh = ({ name, by }: Likeness) => (by === 'case' ? `与 ${name} 只差大小写或分隔符。` : `像是 ${name} 的误拼。`);

const deviationEn = ({ kind, property, count, ofCount, first, last, since, example, like }: Written) => {
  const of = `${count} of ${ofCount} events`;
  const when = since ? `since ${first}` : first === last ? `on ${first}` : `first ${first}, last ${last}`;
  const value = example === null ? '' : `, such as “${example}”`;
  if (kind === 'missing') return `${property} is missing in ${of}, ${when}.`;
  if (kind === 'type') return `${property} is not of the planned type in ${of}${value}; ${when}.`;
  if (kind === 'value') return `${property} has a value that is not allowed in ${of}${value}; ${when}.`;
  return `${property} is not in the plan; ${of} carry it, ${when}.${like ? ` ${likeEn(like)}` : ''}`;
};

const deviationZh = ({ kind, property, count, ofCount, first, last, since, example, like }: Written) => {
  const of = `${ofCount} 个事件中有 ${count} 个`;
  const when = since ? `自 ${first} 起` : first === last ? first : `最早 ${first}，最近 ${last}`;
  const value = example === null ? '' : `，例如“${example}”`;
  if (kind === 'missing') return `${property}：${of}缺少，${when}。`;
  if (kind === 'type') return `${property}：${of}类型与计划不符${value}；${when}。`;
  if (kind === 'value') return `${property}：${of}取值不被允许${value}；${when}。`;
  return `${property}：不在计划中，${of}带有它，${when}。${like ? likeZh(like) : ''}`;
};

export const en = {
  title: 'Tracking plan',
  reading: 'Comparing the plan with what arrived',
  head: (expected: string, of: string) => `**${expected} of ${of}** planned events arrive as expected.`,
  headNone: 'No event is planned yet.',
  note: (from: string, to: string, zone: string) => `Compared with the events of ${from} to ${to} (${zone}).`,
  sampled: (most: string) =>
    `Of an event that arrived more than ${most} times, a random share was read for its properties; rare faults may be missed.`,
  moreNames: 'There are more names outside the plan than are listed here.',
  empty: 'The plan says which events should arrive and what each carries; Landfall then says what is missing, misspelled or changed.',
  emptyFilter: 'No event is in this state in this period.',
  start: 'Start from what arrives',
  addArriving: 'Add what arrives',
  started: (count: string) => `${count} events are in the plan now.`,
  exportPlan: 'Export CSV',
  importPlan: 'Import CSV',
  importChoose: 'Choose the file of a tracking plan',
  importTitle: 'Import a tracking plan',
  importReading: 'Comparing the file with the plan',
  importNote: 'Events that the file does not name stay as they are, and so does what it leaves empty.',
  importNew: (count: string, names: string) => `${count} new: ${names}.`,
  importChanged: (count: string, names: string) => `${count} changed: ${names}.`,
  importSame: (count: string) => `${count} as they are in the plan.`,
  importFaults: (count: string) =>
    `Nothing can be imported yet: ${count === '1' ? 'one row' : `${count} rows`} cannot be taken. Mend the file and choose it again.`,
  importFault: (line: string, message: string) => `Line ${line}: ${message}`,
  imported: (created: string, changed: string) => `The plan was imported: ${created} new, ${changed} changed.`,
  list: (names: string[], more: number) => `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  add: 'Plan an event',
  edit: 'Change the planned event',
  addThis: 'Add it to the plan',
  period: 'Period',
  lastDays: (days: number) => `${days} days`,
  filter: 'State',
  all: (count: string) => `All ${count}`,
  state: (state: PlanState, count: string) => `${states[state]} ${count}`,
  states,
  event: 'Event',
  events: 'Events in the period',
  first: 'First seen',
  last: 'Last seen',
  findings: 'What was found',
  never: 'Never arrived.',
  stopped: (day: string) => `None in this period; the last came on ${day}.`,
  quiet: (day: string, days: number, gap: number) =>
    `Went quiet since ${day}: ${days} whole days without any; ${gap === 0 ? 'before that it came every day' : `before that never more than ${gap === 1 ? 'one day' : `${gap} days`}`}.`,
  since: (day: string) => `Arrives since ${day}.`,
  nothing: 'Nothing deviates.',
  like: likeEn,
  more: (count: number) => (count === 1 ? 'and one more' : `and ${count} more`),
  deviation: deviationEn,
  properties: 'Properties',
  property: 'Property',
  type: 'Type',
  types,
  required: 'Required',
  yes: 'Yes',
  no: 'No',
  carried: 'Events that carry it',
  carriedBy: (events: string, of: string) => `${events} of ${of}`,
  allowed: 'Allowed values, with commas between',
  noProperties: 'No property is planned for this event.',
  name: 'Name, as it is sent',
  description: 'What it means',
  owner: 'Owner',
  optional: 'optional',
  nameNeeded: 'Say the name that is sent.',
  addProperty: 'Add a property',
  removeProperty: (name: string) => `Remove ${name || 'the property'}`,
  save: 'Save',
  cancel: 'Cancel',
  change: 'Change',
  delete: 'Take out of the plan',
  saved: (name: string) => `${name} is in the plan.`,
  deleted: (name: string) => `${name} is no longer in the plan.`,
};

const statesZh: Record<PlanState, string> = {
  as_expected: '符合预期',
  changed: '有变化',
  quiet: '已中断',
  missing: '缺失',
  unplanned: '不在计划中',
};
const typesZh: Record<PropertyType, string> = { string: '文本', number: '数字', boolean: '真或假', date: '日期' };

export const zh: typeof en = {
  title: '埋点方案',
  reading: '正在将方案与收到的事件比较',
  head: (expected, of) => `计划的 ${of} 个事件中，**${expected} 个**符合预期。`,
  headNone: '还没有计划任何事件。',
  note: (from, to, zone) => `与 ${from} 至 ${to}（${zone}）的事件比较。`,
  sampled: (most) => `某个事件超过 ${most} 个时，只随机读取其中一部分的属性；少见的问题可能会漏掉。`,
  moreNames: '计划之外的名称还有更多，未在此列出。',
  empty: '方案说明应收到哪些事件、各带哪些属性；Landfall 会指出缺失、误拼或有变化的地方。',
  emptyFilter: '这段时间没有处于此状态的事件。',
  start: '从已收到的事件开始',
  addArriving: '加入已收到的事件',
  started: (count) => `${count} 个事件已加入方案。`,
  exportPlan: '导出 CSV',
  importPlan: '导入 CSV',
  importChoose: '选择埋点方案文件',
  importTitle: '导入埋点方案',
  importReading: '正在将文件与方案比较',
  importNote: '文件未提到的事件保持不变，文件中留空的内容也保持不变。',
  importNew: (count, names) => `新增 ${count} 个：${names}。`,
  importChanged: (count, names) => `修改 ${count} 个：${names}。`,
  importSame: (count) => `${count} 个与方案相同。`,
  importFaults: (count) => `暂时无法导入：有 ${count} 行无法读取。请修正文件后重新选择。`,
  importFault: (line, message) => `第 ${line} 行：${message}`,
  imported: (created, changed) => `方案已导入：新增 ${created} 个，修改 ${changed} 个。`,
  list: (names, more) => `${names.join('、')}${more > 0 ? ` 等 ${more} 个` : ''}`,
  add: '计划一个事件',
  edit: '修改计划的事件',
  addThis: '加入方案',
  period: '时间段',
  lastDays: (days) => `${days} 天`,
  filter: '状态',
  all: (count) => `全部 ${count}`,
  state: (state, count) => `${statesZh[state]} ${count}`,
  states: statesZh,
  event: '事件',
  events: '期内事件数',
  first: '首次出现',
  last: '最近出现',
  findings: '发现',
  never: '从未收到。',
  stopped: (day) => `这段时间没有收到；最近一次在 ${day}。`,
  quiet: (day, days, gap) => `自 ${day} 起中断：已有 ${days} 个整天没有收到；此前${gap === 0 ? '每天都有' : `最长只间隔 ${gap} 天`}。`,
  since: (day) => `自 ${day} 起收到。`,
  nothing: '没有偏差。',
  like: likeZh,
  more: (count) => `另有 ${count} 项`,
  deviation: deviationZh,
  properties: '属性',
  property: '属性',
  type: '类型',
  types: typesZh,
  required: '必填',
  yes: '是',
  no: '否',
  carried: '带有它的事件',
  carriedBy: (events, of) => `${of} 个中的 ${events} 个`,
  allowed: '允许的取值，用逗号分隔',
  noProperties: '这个事件没有计划任何属性。',
  name: '发送时的名称',
  description: '含义',
  owner: '负责人',
  optional: '选填',
  nameNeeded: '请填写发送时的名称。',
  addProperty: '添加属性',
  removeProperty: (name) => `移除 ${name || '该属性'}`,
  save: '保存',
  cancel: '取消',
  change: '修改',
  delete: '移出方案',
  saved: (name) => `${name} 已在方案中。`,
  deleted: (name) => `${name} 已移出方案。`,
};
