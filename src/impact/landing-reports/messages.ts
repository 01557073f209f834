import { en as featureEn, zh as featureZh } from '../../launch/features/messages.ts';
import type { DefinitionPart } from '../../launch/features/schema.ts';
import * as goals from './goals/messages.ts';
import * as snapshots from './snapshots/messages.ts';
import * as work from './work/messages.ts';
import * as said from './said/messages.ts';
import * as adoption from './adoption/messages.ts';
import * as funnel from './funnel/messages.ts';
import * as lift from './lift/messages.ts';
import * as pipeline from './pipeline/messages.ts';
import * as rests from './rests/messages.ts';
import * as rows from './rows/messages.ts';

/** Sentences mark what matters with **two stars**; the page shows it bold, plain text leaves the stars out. */
export const en = {
  title: 'Landing report',
  eyebrow: (name: string) => `Landing report: ${name}`,
  crumbs: { launches: 'Launches' },
  reading: 'Counting events and deals',
  dataTo: (day: string) => `Data to ${day}`,
  noData: 'No data yet',
  tier: (tier: number) => `Tier ${tier}`,
  stage: { concept: 'Concept', alpha: 'Alpha', beta: 'Beta', ga: 'GA', deprecated: 'Deprecated' } as Record<string, string>,
  dayOf: (day: number, horizon: number) => `day ${day} of ${horizon}`,
  document: 'Save as HTML',
  print: 'Print',
  share: 'Copy link',
  copied: 'Link copied',
  openRows: 'Show the rows behind this figure',
  registered: (day: string, distance: string) => `Goal registered ${day}, ${distance}.`,
  before: (days: string) => `${days} before the market date`,
  late: (days: string) => `${days} after the market date: it may have been chosen to fit`,
  onTheDay: 'on the market date: it may have been chosen to fit',
  everyNumber: 'Every underlined number opens its rows.',
  few: { too_few: (count: string) => `Too few (${count})`, not_yet: 'Not yet', of: (count: string, of: string) => `${count} of ${of}` },
  newer: (feature: string, used: number, newest: number, changed: DefinitionPart[], day: string, by: string) =>
    `${feature} has changed since${by ? ` (${by}, ${day})` : ` (${day})`}: version ${newest} has another definition of ${changed.map((part) => featureEn.parts[part]).join(' and ')}. This report keeps version ${used}, with which the goal was registered.`,
  foot: {
    title: 'How this was counted',
    definition: (launch: number, feature: number | null) =>
      `Definitions: launch version ${launch}${feature === null ? '' : `, feature version ${feature}`}.`,
    methods:
      'Shares: Wilson’s 95% interval. Medians: order statistics. Differences: Newcombe. Under 20 only counts are shown, under 5 nothing.',
    made: (at: string, zone: string) => `Made ${at} (${zone}).`,
    revenue: 'Revenue is the sum of orders, invoices, new and expanded subscriptions; currencies and billing intervals are never added up.',
  },
  ...goals.en,
  ...snapshots.en,
  ...work.en,
  ...said.en,
  ...adoption.en,
  ...funnel.en,
  ...lift.en,
  ...pipeline.en,
  ...rests.en,
  ...rows.en,
};
export type Words = typeof en;

export const zh: Words = {
  title: '落地报告',
  eyebrow: (name) => `落地报告：${name}`,
  crumbs: { launches: '发布' },
  reading: '正在统计事件与商机',
  dataTo: (day) => `数据截至 ${day}`,
  noData: '暂无数据',
  tier: (tier) => `${tier} 级`,
  stage: { concept: '概念', alpha: 'Alpha', beta: 'Beta', ga: 'GA', deprecated: '已停用' },
  dayOf: (day, horizon) => `第 ${day} 天，共 ${horizon} 天`,
  document: '存为 HTML',
  print: '打印',
  share: '复制链接',
  copied: '已复制链接',
  openRows: '查看此数字背后的明细',
  registered: (day, distance) => `目标登记于 ${day}，${distance}。`,
  before: (days) => `早于上市日期 ${days}`,
  late: (days) => `晚于上市日期 ${days}：可能是为迎合结果而定`,
  onTheDay: '即上市当日：可能是为迎合结果而定',
  everyNumber: '带下划线的数字均可打开明细。',
  few: { too_few: (count) => `数量太少（${count}）`, not_yet: '时间未到', of: (count, of) => `${of} 个中 ${count} 个` },
  newer: (feature, used, newest, changed, day, by) =>
    `${feature} 此后已修改（${by ? `${by}，` : ''}${day}）：第 ${newest} 版的${changed.map((part) => `“${featureZh.parts[part]}”`).join('和')}定义不同。本报告沿用登记目标时的第 ${used} 版。`,
  foot: {
    title: '统计方法',
    definition: (launch, feature) => `定义：发布第 ${launch} 版${feature === null ? '' : `，功能第 ${feature} 版`}。`,
    methods: '比例：Wilson 95% 区间。中位数：次序统计量。差值：Newcombe。不足 20 只显示计数，不足 5 不显示。',
    made: (at, zone) => `生成于 ${at}（${zone}）。`,
    revenue: '收入为订单、发票、新增与扩展订阅之和；不同币种与计费周期从不相加。',
  },
  ...goals.zh,
  ...snapshots.zh,
  ...work.zh,
  ...said.zh,
  ...adoption.zh,
  ...funnel.zh,
  ...lift.zh,
  ...pipeline.zh,
  ...rests.zh,
  ...rows.zh,
};
