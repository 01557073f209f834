import { counted } from '../nouns.ts';
import type { LaunchPart } from './schema.ts';

export const en = {
  pipeline: {
    title: (sourced: string, influenced: string) => `The launch sourced ${counted(sourced, 'deal')} and influenced ${influenced} more`,
    untouched: 'No deal is known to come from the launch',
    noPrograms: 'No program belongs to this launch, so no deal can be traced to it',
    subtitle: (deals: string, from: string, to: string) =>
      `${counted(deals, 'deal')} on record; those below created ${from} to ${to}; each stands once under sourced, influenced or undated. Accelerated deals are among them, so nothing is added up`,
    subtitleNone: (deals: string) => `${counted(deals, 'deal')} on record`,
    noDeals: 'No deals are known. Import the opportunities of your CRM, and what came of the launch stands here.',
    addProgram: 'Give a program of yours to this launch, with the names that its touches carry.',
    head: { part: 'Part', deals: 'Deals', open: 'Open', won: 'Won', lost: 'Lost', openWorth: 'Value open', wonWorth: 'Revenue won' },
    parts: { sourced: 'Sourced', influenced: 'Influenced', undated: 'Undated', named: 'Name a feature' } as Record<LaunchPart, string>,
    what: {
      sourced: (days: string) => `first touch in the ${days} days before the deal was created is of the launch`,
      influenced: () => 'touched by the launch before it closed, not sourced by it',
      undated: () => 'touched, but a date is missing to tell which',
      named: (features: string) => `product of the deal is called ${features}; overlaps the rows above`,
    } as Record<LaunchPart, (said: string) => string>,
    noCurrency: 'no currency',
    unpriced: (count: string) => `${count} without an amount`,
    mixed: (currencies: string) => `No total is given: amounts are in ${currencies}, and different currencies are never added up.`,
    winRate: (share: string, of: string) => `Won of closed deals that the launch touched: ${share}, of ${of}.`,
    fewClosed: (won: string, of: string) =>
      `Of the deals that the launch touched, ${won} of ${of} closed ones are won: too few for a rate.`,
    difference: (points: string) => `Against all other deals: ${points}, an association; sales touches deals that look well.`,
    accelerated: (deals: string) => `Accelerated: ${counted(deals, 'deal')} moved to a further stage after a touch of the launch.`,
    pace: {
      faster: (ratio: string) =>
        `They leave a stage ${ratio} times as fast as deals that the launch did not touch; whether because of it cannot be told.`,
      slower: (ratio: string) =>
        `They leave a stage at ${ratio} times the pace of deals that the launch did not touch; whether because of it cannot be told.`,
      cannot_tell: (ratio: string) =>
        ratio ? `Whether faster than others cannot be told: ${ratio} times the pace.` : 'Whether faster than others cannot be told.',
    },
    paceFew: (needed: string, touched: string, moves: string) =>
      `Whether faster than others cannot be told: ${needed} moves of touched and ${needed} of untouched deals are needed; there are ${touched} among ${moves}.`,
    unknown: (share: string, count: string, of: string) =>
      `Not known: ${share} of won deals on record (${count} of ${of}) name no contact, so what is influenced is a lower bound.`,
    complete: (of: string) => `All ${of} won deals on record name a contact.`,
    programs: (names: string) => `By touches of: ${names}.`,
    open: 'All of it on the pipeline page',
  },
};

export const zh: typeof en = {
  pipeline: {
    title: (sourced, influenced) => `发布带来 ${sourced} 个商机，另影响 ${influenced} 个`,
    untouched: '没有已知由发布带来的商机',
    noPrograms: '没有项目属于此发布，无法追溯任何商机',
    subtitle: (deals, from, to) =>
      `记录在案的商机 ${deals} 个；下列商机创建于 ${from} 至 ${to}；每个只计入“带来”“影响”或“缺日期”之一。加速的商机也在其中，因此不作合计`,
    subtitleNone: (deals) => `记录在案的商机 ${deals} 个`,
    noDeals: '没有已知的商机。导入 CRM 的商机后，发布的成果会显示在这里。',
    addProgram: '将您的项目归入此发布，并注明其触点所用的名称。',
    head: { part: '部分', deals: '商机', open: '进行中', won: '赢单', lost: '丢单', openWorth: '进行中金额', wonWorth: '赢单收入' },
    parts: { sourced: '带来', influenced: '影响', undated: '缺日期', named: '点名功能' },
    what: {
      sourced: (days) => `商机创建前 ${days} 天内的首个触点属于此发布`,
      influenced: () => '关闭前被此发布触达，但并非由其带来',
      undated: () => '已触达，但缺少日期，无法区分',
      named: (features) => `商机的产品名为${features}；与上面各行重叠`,
    },
    noCurrency: '无币种',
    unpriced: (count) => `${count} 个无金额`,
    mixed: (currencies) => `不给出合计：金额币种为 ${currencies}，不同币种从不相加。`,
    winRate: (share, of) => `被此发布触达且已关闭的商机中赢单率：${share}，共 ${of} 个。`,
    fewClosed: (won, of) => `被此发布触达的商机中，${of} 个已关闭，赢单 ${won} 个：数量太少，不给出比率。`,
    difference: (points) => `与所有其他商机相比：${points}，仅为关联；销售会优先触达看好的商机。`,
    accelerated: (deals) => `加速：${deals} 个商机在被此发布触达后进入下一阶段。`,
    pace: {
      faster: (ratio) => `其离开阶段的速度是未被此发布触达商机的 ${ratio} 倍；是否因发布所致无法判断。`,
      slower: (ratio) => `其离开阶段的速度只有未被此发布触达商机的 ${ratio} 倍；是否因发布所致无法判断。`,
      cannot_tell: (ratio) => (ratio ? `是否比其他商机更快无法判断：速度为 ${ratio} 倍。` : '是否比其他商机更快无法判断。'),
    },
    paceFew: (needed, touched, moves) =>
      `是否比其他商机更快无法判断：被触达与未被触达的商机各需 ${needed} 次阶段变动；现有 ${moves} 次，其中被触达 ${touched} 次。`,
    unknown: (share, count, of) => `未知：记录在案的赢单商机中 ${share}（${of} 个中 ${count} 个）未注明联系人，因此“影响”只是下限。`,
    complete: (of) => `记录在案的 ${of} 个赢单商机都注明了联系人。`,
    programs: (names) => `依据这些项目的触点：${names}。`,
    open: '在管道页查看全部',
  },
};
