import type { methods } from './schema.ts';

export const en = {
  rests: {
    title: 'What this rests on',
    subtitle:
      'Definitions in the versions that were used, filters, and the imports that were read; counted again from these it says the same',
    definitions: 'Definitions',
    goals: 'Goals',
    filters: 'Filters',
    data: 'Data',
    launch: (version: number) => `launch version ${version}`,
    feature: (name: string, version: number, rule: string) => `${name}, version ${version}: ${rule}`,
    goal: (name: string, day: string, hash: string, amendments: number) =>
      `${name}, registered ${day} (hash ${hash})${amendments === 0 ? '' : `, ${amendments === 1 ? '1 amendment' : `${amendments} amendments`}`}`,
    comparison: (name: string, version: number) => `comparison ${name}, version ${version}`,
    methods: {
      adoption: 'adoption',
      landfall_day: 'landfall day',
      funnel: 'funnel and revenue',
      before_after: 'before and after',
      lift: 'lift',
      pipeline: 'pipeline',
    } as Record<(typeof methods)[number], string>,
    methodVersions: (said: string) => `Methods by version: ${said}.`,
    eligible: (plans: string, segments: string) =>
      `Eligible: ${[plans && `plans ${plans}`, segments && `segments ${segments}`].filter(Boolean).join('; ') || 'all plans and segments'}`,
    createdBefore: 'accounts created before the market date',
    until: (day: string, zone: string) => `days to ${day}, by the clock of ${zone}`,
    everyDay: (zone: string) => `no complete day yet, by the clock of ${zone}`,
    batches: (count: string) => (count === '0' ? 'No import' : count === '1' ? 'One import' : `${count} imports`),
    batch: (number: number, file: string, day: string) => `no. ${number} ${file}, ${day}`,
    earlier: (count: string) => `and ${count} earlier`,
  },
};

export const zh: typeof en = {
  rests: {
    title: '报告的依据',
    subtitle: '所用定义及其版本、筛选条件与读取的导入批次；据此重新统计，结果相同',
    definitions: '定义',
    goals: '目标',
    filters: '筛选',
    data: '数据',
    launch: (version) => `发布第 ${version} 版`,
    feature: (name, version, rule) => `${name}，第 ${version} 版：${rule}`,
    goal: (name, day, hash, amendments) => `${name}，登记于 ${day}（哈希 ${hash}）${amendments === 0 ? '' : `，修订 ${amendments} 次`}`,
    comparison: (name, version) => `比较“${name}”，第 ${version} 版`,
    methods: {
      adoption: '采用率',
      landfall_day: '落地日',
      funnel: '漏斗与收入',
      before_after: '前后对比',
      lift: '增量',
      pipeline: '管道',
    },
    methodVersions: (said) => `方法版本：${said}。`,
    eligible: (plans, segments) =>
      `符合条件：${[plans && `套餐 ${plans}`, segments && `细分 ${segments}`].filter(Boolean).join('；') || '所有套餐与细分'}`,
    createdBefore: '上市日期之前创建的客户',
    until: (day, zone) => `截至 ${day}（${zone} 时间）`,
    everyDay: (zone) => `尚无完整的一天（${zone} 时间）`,
    batches: (count) => (count === '0' ? '没有导入' : `${count} 次导入`),
    batch: (number, file, day) => `第 ${number} 号 ${file}，${day}`,
    earlier: (count) => `以及更早的 ${count} 次`,
  },
};
