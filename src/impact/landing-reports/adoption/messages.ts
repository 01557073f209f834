import { counted, type Unit, unit, unitZh } from '../nouns.ts';
import type { standings } from '../schema.ts';

export const en = {
  adoption: {
    landed: (day: number) => `Reached the target on day ${day} and stayed there`,
    below: (day: number) => `Below the target on day ${day}`,
    running: (share: string, day: number, horizon: number) => `${share} adopted by day ${day} of ${horizon}`,
    empty: 'Adoption cannot be shown yet',
    counted: (adopted: string, eligible: string) => `${adopted} of ${eligible} adopted: too few to show a share`,
    subtitle: (of: Unit, eligible: string, rule: string) =>
      `Share of ${eligible} eligible ${unit(of)} that did ${rule}; 95% interval shaded`,
    launch: 'Launch',
    targetBy: (target: string, of: Unit, day: number) => `Target: ${target} of eligible ${unit(of)} by day ${day}`,
    targetShort: (target: string) => `Target: ${target}`,
    markTarget: (day: number, target: string) => `Day ${day}: target ${target}`,
    landfall: (day: number) => `Landfall, day ${day}`,
    day: (day: number) => `Day ${day}`,
    summary: (share: string, low: string, high: string, day: number) =>
      `Adoption by day since the market date; on day ${day} it is ${share}, 95% interval ${low} to ${high}.`,
    unitsTitle: 'By account and by person',
    unitsSubtitle: 'An account adopts when its people together meet the rule; a person alone',
    eligible: 'Eligible',
    used: 'Used it',
    adopted: 'Adopted',
    asTable: 'The chart as a table',
    dayHead: 'Day',
    shareHead: 'Share',
    at: (day: number) => `Day ${day}`,
    unit: { account: 'Accounts', person: 'People' },
    baseTitle: (eligible: string, all: string) => `${eligible} of ${all} accounts are eligible`,
    baseSubtitle: (base: string[]) =>
      base.length > 0
        ? `The base of the feature is ${base.join('; ')}. The launch may narrow it; nobody is left out silently`
        : 'The base is fixed by the feature and the launch; nobody is left out silently',
    standing: {
      eligible: 'Eligible',
      created_later: 'Came too late',
      other_plan: 'On another plan',
      plan_unknown: 'Plan unknown',
      other_segment: 'In another segment',
      segment_unknown: 'Segment unknown',
      no_access: 'Without access',
      access_later: 'Got access after the market date',
    } as Record<(typeof standings)[number], string>,
    undated: (count: string) => `${count} of the eligible accounts ${count === '1' ? 'has' : 'have'} no creation date; they are counted.`,
    outside: (uses: string, accounts: string, nobody: string | null) =>
      `${counted(uses, 'use')} came from outside the base: from ${counted(accounts, 'other account')}${nobody ? `, and ${nobody} without an account` : ''}.`,
    accounts: 'Accounts',
  },
};

export const zh: typeof en = {
  adoption: {
    landed: (day) => `第 ${day} 天达到目标并保持`,
    below: (day) => `第 ${day} 天仍低于目标`,
    running: (share, day, horizon) => `截至第 ${day} 天（共 ${horizon} 天）采用率 ${share}`,
    empty: '尚不能显示采用情况',
    counted: (adopted, eligible) => `${eligible} 个中有 ${adopted} 个采用：数量太少，不显示比例`,
    subtitle: (of, eligible, rule) => `${eligible} 个符合条件的${unitZh(of)}中满足“${rule}”的比例；阴影为 95% 区间`,
    launch: '上市',
    targetBy: (target, of, day) => `目标：第 ${day} 天 ${target} 的符合条件${unitZh(of)}`,
    targetShort: (target) => `目标：${target}`,
    markTarget: (day, target) => `第 ${day} 天：目标 ${target}`,
    landfall: (day) => `落地，第 ${day} 天`,
    day: (day) => `第 ${day} 天`,
    summary: (share, low, high, day) => `上市以来每日采用率；第 ${day} 天为 ${share}，95% 区间 ${low} 至 ${high}。`,
    unitsTitle: '按客户与按人员',
    unitsSubtitle: '客户：其人员合计满足规则；人员：个人满足规则',
    eligible: '符合条件',
    used: '使用过',
    adopted: '已采用',
    asTable: '以表格查看',
    dayHead: '天',
    shareHead: '比例',
    at: (day) => `第 ${day} 天`,
    unit: { account: '客户', person: '人员' },
    baseTitle: (eligible, all) => `${all} 个客户中 ${eligible} 个符合条件`,
    baseSubtitle: (base) =>
      base.length > 0
        ? `该功能的基数为${base.join('；')}。发布可以缩小范围；不会悄悄排除任何客户`
        : '基数由功能与发布规则固定，不会悄悄排除任何客户',
    standing: {
      eligible: '符合条件',
      created_later: '创建得太晚',
      other_plan: '其他套餐',
      plan_unknown: '套餐未知',
      other_segment: '其他细分',
      segment_unknown: '细分未知',
      no_access: '没有权限',
      access_later: '上市日期之后才获得权限',
    },
    undated: (count) => `${count} 个符合条件的客户没有创建日期，仍计入。`,
    outside: (uses, accounts, nobody) =>
      `${uses} 次使用来自基数之外：${accounts} 个其他客户${nobody ? `，另有 ${nobody} 次没有客户归属` : ''}。`,
    accounts: '客户数',
  },
};
