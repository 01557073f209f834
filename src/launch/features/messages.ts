import type { PropertyFilter, Step } from '../../impact/questions/schema.ts';
import { type DefinitionPart, type FeatureBase, type FeatureRule, type RuleKind, stepsOf } from './schema.ts';

const or = (values: string[]) => values.join(' or ');
const filterWords = ({ property, operator, values }: PropertyFilter): string =>
  ({
    is: `${property} is ${or(values)}`,
    is_not: `${property} is not ${or(values)}`,
    contains: `${property} contains ${or(values)}`,
    greater: `${property} over ${values[0]}`,
    less: `${property} under ${values[0]}`,
    set: `${property} is set`,
    not_set: `${property} is not set`,
  })[operator];
const stepWords = ({ event, filters }: Step): string =>
  `${event === null ? 'any event' : `“${event}”`}${filters.length > 0 ? ` (${filters.map(filterWords).join(', ')})` : ''}`;

const days = (count: number) => (count === 1 ? '24 hours' : `${count} days`);
const often = (count: number) => (count === 1 ? 'once' : `${count} times`);

const usageWords = (rule: FeatureRule): string => {
  const steps = stepsOf(rule).map(stepWords);
  switch (rule.kind) {
    case 'all':
      return `${steps.join(' and ')} within ${days(rule.withinDays)}`;
    case 'sequence':
      return `${steps.join(', then ')} within ${days(rule.withinDays)}`;
    case 'count':
      return `${or(steps)} ${rule.atLeast} times within ${days(rule.withinDays)}`;
    default:
      return or(steps);
  }
};
const adoptedWords = ({ times, days: onDays }: Pick<FeatureRule, 'times' | 'days'>): string =>
  `at least ${often(times)}${onDays > 1 ? `, on ${onDays} different days` : ''}`;

const baseWords = ({ plans, segments, signedUpBefore, accessProperty, people }: FeatureBase): string[] => [
  ...(plans.length > 0 ? [`accounts of the plan ${or(plans)}`] : []),
  ...(segments.length > 0 ? [`accounts of the segment ${or(segments)}`] : []),
  ...(signedUpBefore ? [`accounts that signed up before ${signedUpBefore}`] : []),
  ...(accessProperty ? [`accounts with access, by “${accessProperty}”`] : []),
  ...people.map((filter) => `people whose ${filterWords(filter)}`),
];

export const en = {
  title: 'Features',
  head: (count: number) =>
    count === 0 ? 'No feature is defined yet.' : count === 1 ? 'One feature is defined.' : `${count} features are defined.`,
  note: 'A feature is a rule over events: what counts as a use, how often makes it adopted, and who could adopt.',
  reading: 'Reading the features',
  empty: 'No features yet. Define one by the events that using it sends; a launch is then judged by it.',
  define: 'Define a feature',
  edit: 'Change the feature',
  name: 'Name',
  product: 'Product',
  version: 'Version',
  versions: 'Versions',
  changedWhat: 'Changed',
  parts: { events: 'what counts as a use', adopted: 'what adopted means', base: 'who could adopt' } satisfies Record<
    DefinitionPart,
    string
  >,
  first: 'First version',
  by: 'By',
  from: 'From',
  optional: 'optional',
  kind: 'A use is',
  kinds: {
    event: 'One event',
    any: 'Any of several events',
    all: 'All of several events',
    sequence: 'Events one after another',
    count: 'Many events in some days',
  } satisfies Record<RuleKind, string>,
  kindHelp: {
    event: 'Each such event is a use.',
    any: 'Each of these events is a use.',
    all: 'The moment at which one person has done all of them is a use; then it starts anew.',
    sequence: 'The moment at which one person has done them one after another is a use; then it starts anew.',
    count: 'The moment at which one person has done so many of them is a use; then it starts anew.',
  } satisfies Record<RuleKind, string>,
  events: 'Events',
  eventName: 'Event that using it sends',
  eventHelp: (count: number) =>
    count === 0 ? 'No events have been received yet: type the name it will have.' : `${count} event names were received.`,
  eventSeen: (events: string, from: string, to: string) => `${events} received, ${from} to ${to}`,
  only: 'Only events of which this holds',
  withinDays: 'Within days',
  atLeast: 'So many events',
  times: 'At least this many times',
  days: 'on this many different days',
  use: 'A use is',
  adopted: 'Adopted means',
  adoptedHelp: 'Adopted means that it was used:',
  base: 'Who could adopt',
  baseHelp: 'Launches and questions may narrow this, never widen it.',
  plans: 'Accounts of these plans',
  segments: 'Accounts of these segments',
  allOfThem: 'All, if none is chosen',
  signedUpBefore: 'Accounts that signed up before',
  signedUpHelp: 'An account whose day is not known is not left out.',
  accessProperty: 'Property of the account that says that it has access',
  accessHelp: 'A day, or yes. Accounts without it, or with no, are left out.',
  people: 'People of whom this holds',
  person: 'Person',
  everybody: 'every account and person',
  baseWords,
  usageWords,
  adoptedWords,
  ruleWords: (rule: FeatureRule) => `${usageWords(rule)}, ${adoptedWords(rule)}`,
  save: 'Save',
  cancel: 'Cancel',
  created: (name: string) => `${name} is defined.`,
  changed: (name: string) => `${name} is changed.`,
  versionWarning:
    'Another rule, threshold or base becomes a new version. Registered goals stay with the version that they were registered with.',
  nameNeeded: 'Give the feature a name.',
  eventNeeded: 'Say which event counts as using it.',
  stepsNeeded: (count: string) => `Choose an event for each step, ${count} or more.`,
};

const orZh = (values: string[]) => values.join(' 或 ');
const filterZh = ({ property, operator, values }: PropertyFilter): string =>
  ({
    is: `${property} 为 ${orZh(values)}`,
    is_not: `${property} 不为 ${orZh(values)}`,
    contains: `${property} 包含 ${orZh(values)}`,
    greater: `${property} 大于 ${values[0]}`,
    less: `${property} 小于 ${values[0]}`,
    set: `${property} 已填写`,
    not_set: `${property} 未填写`,
  })[operator];
const stepZh = ({ event, filters }: Step): string =>
  `${event === null ? '任意事件' : `“${event}”`}${filters.length > 0 ? `（${filters.map(filterZh).join('，')}）` : ''}`;
const daysZh = (count: number) => (count === 1 ? '24 小时' : `${count} 天`);

const useZh = (rule: FeatureRule): string => {
  const steps = stepsOf(rule).map(stepZh);
  switch (rule.kind) {
    case 'all':
      return `${daysZh(rule.withinDays)}内完成${steps.join('和')}`;
    case 'sequence':
      return `${daysZh(rule.withinDays)}内依次完成${steps.join('、')}`;
    case 'count':
      return `${daysZh(rule.withinDays)}内${orZh(steps)} ${rule.atLeast} 次`;
    default:
      return orZh(steps);
  }
};
const adoptedZh = ({ times, days: onDays }: Pick<FeatureRule, 'times' | 'days'>): string =>
  `至少 ${times} 次${onDays > 1 ? `，分布在 ${onDays} 个不同的日子` : ''}`;

export const zh: typeof en = {
  title: '功能',
  head: (count) => (count === 0 ? '还没有定义功能。' : `已定义 ${count} 个功能。`),
  note: '功能是基于事件的规则：什么算一次使用，用到多少次算采用，谁可能采用。',
  reading: '正在读取功能',
  empty: '还没有功能。用使用它时发送的事件来定义；发布将据此评判。',
  define: '定义功能',
  edit: '修改功能',
  name: '名称',
  product: '产品',
  version: '版本',
  versions: '版本记录',
  changedWhat: '修改内容',
  parts: { events: '什么算一次使用', adopted: '何为采用', base: '谁可能采用' },
  first: '首个版本',
  by: '修改者',
  from: '时间',
  optional: '选填',
  kind: '一次使用是',
  kinds: { event: '一个事件', any: '多个事件之一', all: '多个事件全部发生', sequence: '多个事件依次发生', count: '若干天内多次发生' },
  kindHelp: {
    event: '每个这样的事件算一次使用。',
    any: '其中每个事件都算一次使用。',
    all: '同一人全部完成的那一刻算一次使用，随后重新开始。',
    sequence: '同一人依次完成的那一刻算一次使用，随后重新开始。',
    count: '同一人达到次数的那一刻算一次使用，随后重新开始。',
  },
  events: '事件',
  eventName: '使用时发送的事件',
  eventHelp: (count) => (count === 0 ? '尚未收到任何事件：请输入它将使用的名称。' : `已收到 ${count} 种事件。`),
  eventSeen: (events, from, to) => `收到 ${events} 个，${from} 至 ${to}`,
  only: '仅统计满足以下条件的事件',
  withinDays: '天数之内',
  atLeast: '事件次数',
  times: '至少使用次数',
  days: '分布在几个不同的日子',
  use: '一次使用是',
  adopted: '何为采用',
  adoptedHelp: '采用是指使用达到：',
  base: '谁可能采用',
  baseHelp: '发布和问题可以缩小此范围，不能扩大。',
  plans: '属于这些套餐的客户',
  segments: '属于这些细分的客户',
  allOfThem: '不选即为全部',
  signedUpBefore: '在此日之前注册的客户',
  signedUpHelp: '注册日未知的客户不会被排除。',
  accessProperty: '表明客户已获得权限的属性',
  accessHelp: '可为日期或“是”。没有该属性或值为“否”的客户会被排除。',
  people: '满足以下条件的人员',
  person: '人员',
  everybody: '所有客户与人员',
  baseWords: ({ plans, segments, signedUpBefore, accessProperty, people }) => [
    ...(plans.length > 0 ? [`套餐为 ${orZh(plans)} 的客户`] : []),
    ...(segments.length > 0 ? [`细分为 ${orZh(segments)} 的客户`] : []),
    ...(signedUpBefore ? [`${signedUpBefore} 之前注册的客户`] : []),
    ...(accessProperty ? [`已获得权限（“${accessProperty}”）的客户`] : []),
    ...people.map((filter) => `${filterZh(filter)} 的人员`),
  ],
  usageWords: useZh,
  adoptedWords: adoptedZh,
  ruleWords: (rule) => `${useZh(rule)}，${adoptedZh(rule)}`,
  save: '保存',
  cancel: '取消',
  created: (name) => `已定义 ${name}。`,
  changed: (name) => `已修改 ${name}。`,
  versionWarning: '修改规则、采用标准或范围会产生新版本。已登记的目标仍使用登记时的版本。',
  nameNeeded: '请填写功能名称。',
  eventNeeded: '请说明哪个事件算使用。',
  stepsNeeded: (count) => `请为每一步选择事件，至少 ${count} 步。`,
};
