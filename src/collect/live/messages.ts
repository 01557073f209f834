import { en as failedEn, zh as failedZh } from '../failed-events/messages.ts';
import type { Likeness } from '../planned-events/schema.ts';
import type { LiveDeviation, LiveEvent } from './schema.ts';

type PlanState = NonNullable<LiveEvent['plan']>;

const likeEn = (like: Likeness | null) => (like ? ` Did you mean ${like.name}?` : '');
const likeZh = (like: Likeness | null) => (like ? `是否应为 ${like.name}？` : '');

const types = { string: 'text', number: 'number', boolean: 'true or false', date: 'date' };
const typesZh = { string: '文本', number: '数字', boolean: '真或假', date: '日期' };

const deviationEn = ({ kind, property, planned, example, like }: LiveDeviation): string => {
  if (kind === 'missing') return `${property} is missing.`;
  if (kind === 'type') return `${property} is “${example}”, which is not of the planned type (${types[planned!.type]}).`;
  if (kind === 'value') return `${property} is “${example}”; the plan allows ${planned!.allowed.slice(0, 5).join(', ')}.`;
  return `${property} is not in the plan.${likeEn(like)}`;
};

const deviationZh = ({ kind, property, planned, example, like }: LiveDeviation): string => {
  if (kind === 'missing') return `缺少 ${property}。`;
  if (kind === 'type') return `${property} 为“${example}”，与计划的类型（${typesZh[planned!.type]}）不符。`;
  if (kind === 'value') return `${property} 为“${example}”；计划允许 ${planned!.allowed.slice(0, 5).join('、')}。`;
  return `${property} 不在计划中。${likeZh(like)}`;
};

export const en = {
  title: 'Live events',
  received: 'Events received',
  watching: (rate: string) => `**${rate} events a second** arrive.`,
  connecting: 'Connecting to what arrives',
  paused: 'Paused. What arrives now is shown when you go on.',
  lost: (seconds: string) => `The connection was lost. Trying again in ${seconds} s.`,
  again: 'Try now',
  status: { connecting: 'Connecting', open: 'Connected', lost: 'Connection lost, trying again', paused: 'Paused', refused: 'Refused' },
  note: (minutes: string) =>
    `What this server has received in the last ${minutes} minutes and receives now, as it came; the rate is that of the last ten seconds. An event that is sent twice is seen twice here, and stored once.`,
  leftOut: (count: string) => `${count} more came at once and are not shown here. They are stored.`,
  nothing: (minutes: string) =>
    `Nothing has arrived in the last ${minutes} minutes. Leave this page open and send an event: it is shown here within a second.`,
  connect: 'How to connect a product',
  noun: 'events',
  pause: 'Pause',
  goOn: 'Go on',
  empty: 'Empty the list',
  key: 'Write key',
  anyKey: 'Any key',
  gone: (id: string) => `Key that is gone (${id.slice(0, 8)})`,
  name: 'Name of the event',
  show: 'Show',
  all: 'All',
  problems: 'Only problems',
  list: 'Newest events',
  columns: { event: 'Event', time: 'Received', who: 'Person', account: 'Account', key: 'Write key', plan: 'Tracking plan' },
  failed: 'Failed',
  anonymous: (id: string) => `anonymous ${id}`,
  plan: { as_expected: 'As expected', deviates: 'Deviates', unplanned: 'Not in the plan' } satisfies Record<PlanState, string>,
  like: (like: Likeness) => `Did you mean ${like.name}?`,
  deviation: deviationEn,
  details: failedEn.details,
  reasons: { ...failedEn.reasons, erased: 'The person was erased' } as Record<string, string>,
  receivedAt: 'Received',
  happenedAt: 'Happened',
  clocks: { corrected: 'clock put right', future: 'its time lay ahead', past: 'its time lay too far back', missing: 'it named no time' },
  message: 'Message id',
  user: 'User id',
  anonymousId: 'Anonymous id',
  previous: 'Earlier id',
  isCut: 'Long values are cut here; they are stored whole.',
  properties: 'Properties',
  traits: 'Traits',
  call: 'Call',
  value: 'Value',
  property: 'Property',
  sentAs: 'As it was sent',
  failedLink: 'See the failed events',
};

export const zh: typeof en = {
  title: '实时事件',
  received: '收到的事件',
  watching: (rate) => `每秒收到 **${rate} 个事件**。`,
  connecting: '正在连接实时事件',
  paused: '已暂停。继续后会显示此间收到的事件。',
  lost: (seconds) => `连接已断开，${seconds} 秒后重试。`,
  again: '立即重试',
  status: { connecting: '正在连接', open: '已连接', lost: '连接已断开，正在重试', paused: '已暂停', refused: '已被拒绝' },
  note: (minutes) =>
    `这台服务器最近 ${minutes} 分钟收到的以及正在收到的事件，按到达时的样子显示；速率按最近十秒计算。重复发送的事件在这里会看到两次，但只存储一次。`,
  leftOut: (count) => `另有 ${count} 个事件同时到达，未在此显示，但已存储。`,
  nothing: (minutes) => `最近 ${minutes} 分钟没有收到事件。保持此页打开并发送一个事件，一秒内就会显示。`,
  connect: '如何接入产品',
  noun: '事件',
  pause: '暂停',
  goOn: '继续',
  empty: '清空列表',
  key: '写入密钥',
  anyKey: '任意密钥',
  gone: (id) => `已不存在的密钥（${id.slice(0, 8)}）`,
  name: '事件名称',
  show: '显示',
  all: '全部',
  problems: '仅有问题的',
  list: '最新事件',
  columns: { event: '事件', time: '收到时间', who: '人员', account: '客户', key: '写入密钥', plan: '埋点方案' },
  failed: '失败',
  anonymous: (id) => `匿名 ${id}`,
  plan: { as_expected: '符合预期', deviates: '有偏差', unplanned: '不在计划中' },
  like: (like) => `是否应为 ${like.name}？`,
  deviation: deviationZh,
  details: failedZh.details,
  reasons: { ...failedZh.reasons, erased: '此人已被删除' },
  receivedAt: '收到时间',
  happenedAt: '发生时间',
  clocks: { corrected: '时钟已校正', future: '所述时间在未来', past: '所述时间过早', missing: '未说明时间' },
  message: '消息 ID',
  user: '用户 ID',
  anonymousId: '匿名 ID',
  previous: '先前的 ID',
  isCut: '较长的值在此截断显示，存储时完整。',
  properties: '属性',
  traits: '特征',
  call: '调用',
  value: '值',
  property: '属性',
  sentAs: '发送时的内容',
  failedLink: '查看失败的事件',
};
