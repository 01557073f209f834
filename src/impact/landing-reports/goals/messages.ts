import { en as goalEn, zh as goalZh } from '../../../launch/goals/messages.ts';
import type { Goal, reasons, RegisteredGoal, TextPart } from '../schema.ts';
import { type Unit, unit, unitZh } from '../nouns.ts';

/** What a goal is called that nobody gave a name. */
const usualName = 'Adoption';

type Prose = {
  name: string;
  unit: Unit;
  count: string;
  eligible: string;
  share: string;
  low: string;
  high: string;
  target: string;
  day: number;
  horizon: number;
};

type Kind = RegisteredGoal['amendments'][number]['kind'];
const amendedWords: Record<Kind, string> = {
  changed: 'Amended',
  withdrawn: 'Withdrawn',
  restored: 'Put back',
  registered_again: 'Registered again',
};
const partWords: Record<TextPart, string> = {
  purpose: 'purpose',
  name: 'words',
  parent: 'what it serves',
  metric: 'metric',
  target: 'target',
  smallestChange: 'smallest change',
  horizonDays: 'horizon',
  minimumSample: 'smallest sample',
  comparison: 'comparison',
  rule: 'decision',
  baseline: 'baseline',
  launch: 'who is eligible or the market date',
};

type Tally = { met: number; missed: number; cannotTell: number };
const tallied = ({ met, missed, cannotTell }: Tally, alone = false): string => {
  const of = (count: number) => (alone ? '' : `**${count}** `);
  return [
    met > 0 && `${of(met)}${met === 1 ? 'was' : 'were'} met`,
    missed > 0 && `${of(missed)}${missed === 1 ? 'was' : 'were'} missed`,
    cannotTell > 0 && `${of(cannotTell)}cannot be told`,
  ]
    .filter(Boolean)
    .join(', ');
};

export const en = {
  verdict: {
    met: ({ name, unit: of, eligible, share, low, high, target, day }: Prose) =>
      `${name} landed: **${share}** of ${eligible} eligible ${unit(of)} adopted it by day ${day} (95% interval ${low} to ${high}), against a target of ${target}.`,
    missed: ({ name, unit: of, eligible, share, low, high, target, day }: Prose) =>
      `${name} has not landed: **${share}** of ${eligible} eligible ${unit(of)} adopted it by day ${day} (95% interval ${low} to ${high}), against a target of ${target}.`,
    within: ({ name, unit: of, eligible, share, low, high, target, day }: Prose, needed: string | null) =>
      `It cannot be told whether ${name} landed: **${share}** of ${eligible} eligible ${unit(of)} adopted it by day ${day}, and the target of ${target} lies within the 95% interval of ${low} to ${high}.${needed ? ` At this share, ${needed} eligible ${unit(of)} would be needed to tell.` : ''}`,
    tooFew: (name: string, of: Unit, eligible: string, needed: string) =>
      `It cannot be told whether ${name} landed: **${eligible}** eligible ${unit(of)}, ${needed} needed.`,
    notYet: (name: string, day: number, horizon: number, target: string) =>
      `It is too early to say whether ${name} landed: **day ${day} of ${horizon}**, with a target of ${target}.`,
    soFar: ({ unit: of, eligible, share, low, high }: Pick<Prose, 'unit' | 'eligible' | 'share' | 'low' | 'high'>) =>
      ` So far **${share}** of ${eligible} eligible ${unit(of)} adopted it (95% interval ${low} to ${high}).`,
    noGoal: (name: string) => `${name} has no registered goal, so it cannot be judged.`,
    tally: (all: number, count: Tally) => ` Of ${all} registered goals, ${tallied(count)}.`,
    tallyOf: (name: string, all: number, count: Tally) =>
      `${all === 1 ? `The registered goal of ${name}` : `Of the ${all} registered goals of ${name},`} ${tallied(count, all === 1)}.`,
    noFeature: (name: string) => `It cannot be told whether ${name} landed: the launch names no feature, so no use can be counted.`,
    noEvents: (name: string) => `It cannot be told whether ${name} landed: **no events** have arrived yet.`,
    noUses: (name: string, use: string, days: number) =>
      `It cannot be told whether ${name} landed: no use (${use}) arrived in ${days} days. Either nobody used it, or an event has another name.`,
    noBase: (name: string, of: Unit) => `It cannot be told whether ${name} landed: **no ${unit(of)}** are eligible.`,
    funnel: (contacts: string, won: string, share: string, revenue: string) =>
      ` Of ${contacts} first contacts, ${won} were won${share}, and ${revenue} brought revenue.`,
    funnelWithoutRevenue: (contacts: string, won: string, share: string) =>
      ` Of ${contacts} first contacts, ${won} were won${share}. No revenue was imported, so it is not known how many brought some.`,
    wonShare: (share: string, low: string, high: string) => ` (${share}; ${low} to ${high})`,
  },

  help: {
    no_feature: 'Open the launch and choose the feature whose use counts.',
    no_events:
      'Import a file with the product’s events (time, event name, person or account), or send them to the events address of this workspace.',
    no_uses: 'Compare the event names in the feature’s rule with the names in the imported file.',
    no_accounts: 'Import the accounts with their plan, segment and creation date, or widen the eligibility rule of the launch.',
    no_people: 'Import the people with the account that each belongs to.',
    too_few: '',
    not_yet: '',
    interval_holds_target: '',
    no_contacts: 'Import the touches and deals with their dates.',
    not_entered: 'Enter the result on the goals page of the launch.',
  } as Record<(typeof reasons)[number], string>,

  goals: {
    title: 'Goals',
    locked: (day: string, distance: string) => `Goals, registered ${day}, ${distance}`,
    none: 'This launch has no goal. A goal set now would count as registered late.',
    drafts: (count: string) =>
      `${count === '1' ? 'One goal is a draft' : `${count} goals are drafts`}: nothing is judged by a goal that is not registered.`,
    goal: 'Goal',
    against: 'Against target',
    result: 'Result',
    target: 'Target',
    readingHead: 'Reading',
    name: ({ name, day, unit: of, leading }: Pick<Goal, 'day' | 'unit' | 'name' | 'leading'>) =>
      leading && name === usualName ? `Adoption at day ${day}${of === 'person' ? ', people' : ''}` : `${name}, day ${day}`,
    verdict: { met: 'Met', missed: 'Missed', cannot_tell: 'Cannot tell' },
    reason: {
      no_feature: 'no feature named',
      no_events: 'no events yet',
      no_uses: 'no use yet',
      no_accounts: 'no eligible accounts',
      no_people: 'no eligible people',
      too_few: 'too few',
      not_yet: 'not yet',
      interval_holds_target: 'target within interval',
      no_contacts: 'no first contacts in time',
      not_entered: 'no result entered yet',
    } as Record<(typeof reasons)[number], string>,
    needed: (count: string) => `${count} needed to tell`,
  },

  registeredGoals: {
    title: 'What was registered',
    subtitle: 'Each goal is judged by the text that was registered; what was changed afterwards stands beside it',
    purposes: {
      awareness: 'Awareness',
      consideration: 'Consideration',
      usage: 'Usage',
      conversion: 'Conversion',
      revenue: 'Revenue',
      retention: 'Retention',
    } as Record<RegisteredGoal['purpose'], string>,
    unmeasured: 'without a metric of its own',
    serves: (parent: string) => `serves “${parent}”`,
    registered: (day: string, by: string, hash: string) =>
      `Judged against the text registered on ${day}${by ? ` by ${by}` : ''} (hash ${hash}).`,
    late: 'Registered on or after the market date: it may have been chosen to fit.',
    lateOnes: (names: string) => `Registered on or after the market date, perhaps to fit: ${names}.`,
    baseline: (interval: string, of: string, from: string, to: string) => `Before: ${interval} of ${of}, ${from} to ${to}.`,
    smallest: (points: string) => `Smallest change worth having: ${points} points.`,
    rule: (rule: string) => `What is decided by it: ${rule}`,
    comparison: (kind: RegisteredGoal['comparison']) =>
      kind === 'none'
        ? ''
        : kind === 'before_after'
          ? `Registered comparison: ${goalEn.comparisonPhrases[kind]}, descriptive only.`
          : `Registered comparison: ${goalEn.comparisonPhrases[kind]}. This verdict is of the target; what the launch changed stands under Lift.`,
    amendment: (kind: Kind, parts: TextPart[], day: string, by: string, reason: string) =>
      `${amendedWords[kind]} on ${day} by ${by}${parts.length > 0 ? ` (${parts.map((part) => partWords[part]).join(', ')})` : ''}, because: ${reason}`,
    amended: (target: string, day: number, verdict: string) => `By the text as it is now (${target} by day ${day}): ${verdict}.`,
    withdrawn: 'Withdrawn after it was registered; it is judged all the same.',
    eligibility: 'The launch is for others now; the goal is judged on those for whom it was registered.',
    moved: (from: string, to: string) =>
      `The market date was ${from} when it was registered and is ${to} now; days are counted from the new one.`,
  },
};

const talliedZh = ({ met, missed, cannotTell }: Tally): string =>
  [met > 0 && `**${met}** 项达成`, missed > 0 && `**${missed}** 项未达成`, cannotTell > 0 && `**${cannotTell}** 项无法判断`]
    .filter(Boolean)
    .join('，');

const amendedWordsZh: Record<Kind, string> = {
  changed: '修订',
  withdrawn: '撤回',
  restored: '恢复',
  registered_again: '重新登记',
};
const partWordsZh: Record<TextPart, string> = {
  purpose: '用途',
  name: '表述',
  parent: '服务的目标',
  metric: '指标',
  target: '目标值',
  smallestChange: '最小变化',
  horizonDays: '期限',
  minimumSample: '最小样本',
  comparison: '对照',
  rule: '决定',
  baseline: '基线',
  launch: '对象或上市日期',
};

export const zh: typeof en = {
  verdict: {
    met: ({ name, unit: of, eligible, share, low, high, target, day }) =>
      `${name} 已落地：截至第 ${day} 天，${eligible} 个符合条件的${unitZh(of)}中有 **${share}** 采用（95% 区间 ${low} 至 ${high}），目标为 ${target}。`,
    missed: ({ name, unit: of, eligible, share, low, high, target, day }) =>
      `${name} 未落地：截至第 ${day} 天，${eligible} 个符合条件的${unitZh(of)}中有 **${share}** 采用（95% 区间 ${low} 至 ${high}），目标为 ${target}。`,
    within: ({ name, unit: of, eligible, share, low, high, target, day }, needed) =>
      `无法判断 ${name} 是否落地：截至第 ${day} 天，${eligible} 个符合条件的${unitZh(of)}中有 **${share}** 采用，目标 ${target} 落在 95% 区间 ${low} 至 ${high} 之内。${needed ? `按此比例，需要 ${needed} 个符合条件的${unitZh(of)}才能判断。` : ''}`,
    tooFew: (name, of, eligible, needed) =>
      `无法判断 ${name} 是否落地：符合条件的${unitZh(of)}只有 **${eligible}** 个，需要 ${needed} 个。`,
    notYet: (name, day, horizon, target) => `现在判断 ${name} 是否落地为时尚早：**第 ${day} 天，共 ${horizon} 天**，目标为 ${target}。`,
    soFar: ({ unit: of, eligible, share, low, high }) =>
      `目前 ${eligible} 个符合条件的${unitZh(of)}中有 **${share}** 采用（95% 区间 ${low} 至 ${high}）。`,
    noGoal: (name) => `${name} 没有已登记的目标，因此无法评判。`,
    tally: (all, count) => `${all} 项已登记目标中，${talliedZh(count)}。`,
    tallyOf: (name, all, count) => `${name} 的 ${all} 项已登记目标中，${talliedZh(count)}。`,
    noFeature: (name) => `无法判断 ${name} 是否落地：该发布未指定功能，无法统计使用。`,
    noEvents: (name) => `无法判断 ${name} 是否落地：**尚无事件**数据。`,
    noUses: (name, use, days) => `无法判断 ${name} 是否落地：${days} 天内没有任何使用（${use}）。要么无人使用，要么事件名称不同。`,
    noBase: (name, of) => `无法判断 ${name} 是否落地：**没有**符合条件的${unitZh(of)}。`,
    funnel: (contacts, won, share, revenue) => `${contacts} 个首次接触中，赢单 ${won} 个${share}，其中 ${revenue} 个带来收入。`,
    funnelWithoutRevenue: (contacts, won, share) =>
      `${contacts} 个首次接触中，赢单 ${won} 个${share}。未导入任何收入数据，因此不知道其中多少带来收入。`,
    wonShare: (share, low, high) => `（${share}；${low} 至 ${high}）`,
  },

  help: {
    no_feature: '打开该发布，选择以其使用为准的功能。',
    no_events: '导入含产品事件的文件（时间、事件名称、人员或客户），或将事件发送到本工作区的事件地址。',
    no_uses: '请核对功能规则中的事件名称与导入文件中的名称。',
    no_accounts: '导入客户及其套餐、细分与创建日期，或放宽该发布的资格规则。',
    no_people: '导入人员及其所属客户。',
    too_few: '',
    not_yet: '',
    interval_holds_target: '',
    no_contacts: '导入带日期的触点与商机。',
    not_entered: '在该发布的目标页录入结果。',
  },

  goals: {
    title: '目标',
    locked: (day, distance) => `目标，登记于 ${day}，${distance}`,
    none: '该发布没有目标。现在设定将视为逾期登记。',
    drafts: (count) => `${count} 项目标仍是草稿：未登记的目标不用于评判。`,
    goal: '目标项',
    against: '与目标对比',
    result: '结果',
    target: '目标',
    readingHead: '判定',
    name: ({ name, day, unit: of, leading }) =>
      leading && name === usualName ? `第 ${day} 天采用率${of === 'person' ? '（人员）' : ''}` : `${name}，第 ${day} 天`,
    verdict: { met: '达成', missed: '未达成', cannot_tell: '无法判断' },
    reason: {
      no_feature: '未指定功能',
      no_events: '尚无事件',
      no_uses: '尚无使用',
      no_accounts: '无符合条件的客户',
      no_people: '无符合条件的人员',
      too_few: '数量太少',
      not_yet: '时间未到',
      interval_holds_target: '目标在区间内',
      no_contacts: '期内无首次接触',
      not_entered: '尚未录入结果',
    },
    needed: (count) => `需要 ${count} 个才能判断`,
  },

  registeredGoals: {
    title: '登记了什么',
    subtitle: '每项目标按登记时的文本评判；之后的修改列在旁边',
    purposes: {
      awareness: '认知',
      consideration: '考虑',
      usage: '使用',
      conversion: '转化',
      revenue: '收入',
      retention: '留存',
    },
    unmeasured: '自身没有指标',
    serves: (parent) => `服务于“${parent}”`,
    registered: (day, by, hash) => `按 ${day}${by ? ` 由 ${by}` : ''} 登记的文本评判（哈希 ${hash}）。`,
    late: '在上市当日或之后登记：可能是为迎合结果而定。',
    lateOnes: (names) => `在上市当日或之后登记，可能是为迎合结果而定：${names}。`,
    baseline: (interval, of, from, to) => `之前：${interval}，共 ${of} 个，${from} 至 ${to}。`,
    smallest: (points) => `值得的最小变化：${points} 个百分点。`,
    rule: (rule) => `据此决定：${rule}`,
    comparison: (kind) =>
      kind === 'none'
        ? ''
        : kind === 'before_after'
          ? `登记的对照：${goalZh.comparisonPhrases[kind]}，仅作描述。`
          : `登记的对照：${goalZh.comparisonPhrases[kind]}。此判定针对目标；发布带来了什么见“增量”。`,
    amendment: (kind, parts, day, by, reason) =>
      `${day} 由 ${by} ${amendedWordsZh[kind]}${parts.length > 0 ? `（${parts.map((part) => partWordsZh[part]).join('、')}）` : ''}，原因：${reason}`,
    amended: (target, day, verdict) => `按现在的文本（第 ${day} 天达到 ${target}）：${verdict}。`,
    withdrawn: '登记后已撤回；仍照常评判。',
    eligibility: '该发布现在面向其他对象；目标仍按登记时符合条件的对象评判。',
    moved: (from, to) => `登记时上市日期为 ${from}，现为 ${to}；天数从新日期算起。`,
  },
};
