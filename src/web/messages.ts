import type { Goal } from '../impact/landing-reports/schema.ts';

type Reason = NonNullable<Goal['reason']>;
type Tally = { all: number; met: number; missed: number; open: number };
type Judged = { name: string; share: string; low: string; high: string; of: string; unit: string; day: number; target: string };

/** The words of the pages that belong to no workstream. */
export const en = {
  home: 'Home',
  reading: 'Reading the launches',
  measuring: 'Measuring the launches',
  empty: {
    verdict: 'Nothing is here yet. Bring your own data, or look at a company that is finished.',
    note: 'Landfall says whether a launch landed once it knows your accounts, what they used, and what you aimed for.',
    importTitle: 'Import my data',
    importText:
      'Accounts, events and deals from files that your tools export: CSV, JSON Lines or Parquet. Nothing counts before you have seen a dry run, and every import can be undone.',
    importAction: 'Import a file',
    exampleTitle: 'Open the example company',
    exampleText:
      'Weftwork is invented: a year of accounts, events and deals around three launches. It lives in a workspace of its own and stays apart from your data.',
    exampleAction: 'Open the example',
    exampleLoading: 'Building the example, up to a minute',
    exampleName: 'Weftwork (example)',
    launchTitle: 'Or register a launch first',
    launchText: 'Write down what the launch must reach before it happens. It is judged against that, once there is data.',
    launchAction: 'New launch',
    reader: 'Nothing is here yet. An owner or a product marketer of this workspace brings the first data.',
  },
  verdict: {
    met: ({ name, share, low, high, of, unit, day, target }: Judged) =>
      `${name} landed: **${share}** of ${of} eligible ${unit} (95% interval ${low} to ${high}) adopted it by day ${day}, against a target of ${target}.`,
    missed: ({ name, share, low, high, of, unit, day, target }: Judged) =>
      `${name} missed its target: **${share}** of ${of} eligible ${unit} (95% interval ${low} to ${high}) adopted it by day ${day}; the target was ${target}.`,
    cannotTell: (name: string, why: string) => `Whether ${name} landed **cannot be told**. ${why}`,
    underWay: (name: string, day: number, horizon: number, soFar: string | null, target: string) =>
      `${name} is on **day ${day} of ${horizon}**${soFar ? `: ${soFar} of the eligible adopted it so far, and the target is ${target}` : `, with a target of ${target}`}.`,
    next: (name: string, inDays: string, date: string) => `${name} goes to market **${inDays}**, on ${date}.`,
    tally: (name: string, { all, met, missed, open }: Tally) =>
      `Of the ${all === 1 ? 'one registered goal' : `${all} registered goals`} of ${name}, **${met}** ${met === 1 ? 'was' : 'were'} met, **${missed}** missed, and **${open}** cannot be told.`,
    noGoal: (name: string) => `${name} was launched **without a registered goal**, so there is nothing to judge it by.`,
  },
  judged: 'Launched',
  latest: 'The latest launch that can be judged',
  underWay: 'The launch under way',
  finding: (met: number, missed: number, open: number) =>
    [
      met && `${met} met ${met === 1 ? 'its' : 'their'} goal`,
      missed && `${missed} missed ${missed === 1 ? 'it' : 'theirs'}`,
      open && `${open} cannot be told yet`,
    ]
      .filter(Boolean)
      .join(', '),
  track: {
    title: (share: string, day: number, target: string) => `${share} adopted by day ${day}, against ${target}`,
    landed: (day: number) => `Reached the target on day ${day} and stayed there`,
    subtitle: (of: string, unit: string) => `Share of ${of} eligible ${unit} that adopted; 95% interval shaded`,
    target: (target: string, day: number) => `Target: ${target} by day ${day}`,
    launch: (date: string) => `Launch, ${date}`,
    landfall: (day: number) => `Landfall, day ${day}`,
    day: (day: number) => `Day ${day}`,
    summary: (day: number, share: string, target: string, landfall: number | null) =>
      `Adoption by day since the market date. On day ${day} it is ${share}; the target is ${target}${landfall === null ? '' : `, reached for good on day ${landfall}`}.`,
  },
  facts: {
    registered: 'Goal registered',
    dataTo: 'Data to',
    evidence: 'Evidence',
    report: 'Landing report',
    none: 'no events yet',
  },
  dayOf: (day: number, horizon: number) => `Day ${day} of ${horizon}.`,
  judgedSub: 'Share of the eligible base that adopted; 95% interval against the registered target',
  upcoming: (count: number) => (count === 1 ? 'One launch is coming' : `${count} launches are coming`),
  upcomingSub: 'By market date; a goal registered before that date is one that can be missed',
  launch: 'Launch',
  against: 'Against target',
  adopted: 'Adopted',
  target: 'Target',
  verdictHead: 'Verdict',
  marketDate: 'Market date',
  goal: 'Goal',
  noGoal: 'No registered goal',
  tally: ({ met, missed, open }: Tally) => `${met} met, ${missed} missed, ${open} cannot be told`,
  goalOf: (target: string, day: number) => `${target} by day ${day}`,
  inDays: (days: number) => (days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`),
  launchedOn: (date: string) => `launched ${date}`,
  unit: { account: 'accounts', person: 'people' },
  countOf: (count: string, of: string) => `${count} of ${of}`,
  reasons: {
    no_feature: 'No feature is linked to the launch, so nothing is measured.',
    no_events: 'No events have been imported.',
    no_uses: 'No event of the feature has been imported.',
    no_accounts: 'No account is eligible.',
    no_people: 'No person is eligible.',
    too_few: 'Too few are eligible.',
    not_yet: 'The data do not reach that day.',
    interval_holds_target: 'The interval holds the target.',
    no_contacts: 'Nobody was contacted in time.',
    not_entered: 'No result was entered yet.',
  } satisfies Record<Reason, string>,
  needed: (have: string, need: string) => `${have} eligible, ${need} needed.`,
  allLaunches: 'All launches',
  noWorkspace: {
    title: 'No workspace to open',
    none: 'You are signed in, but you belong to no workspace. Ask an owner for an invitation.',
    gone: 'The workspace that you worked in was deleted, or you were taken out of it. You still have others.',
    open: (name: string) => `Open ${name}`,
    signOut: 'Sign out',
  },
};

export const zh: typeof en = {
  home: '首页',
  reading: '正在读取发布',
  measuring: '正在测量发布',
  empty: {
    verdict: '这里还没有内容。导入你的数据，或先看一家完整的示例公司。',
    note: '了解客户、使用情况和目标之后，Landfall 才能判断一次发布是否落地。',
    importTitle: '导入我的数据',
    importText: '从现有工具导出的客户、事件与商机文件：CSV、JSON Lines 或 Parquet。先看试运行结果再计入，每次导入都可撤销。',
    importAction: '导入文件',
    exampleTitle: '打开示例公司',
    exampleText: 'Weftwork 为虚构公司：围绕三次发布的一年客户、事件与商机。它位于单独的工作区，与你的数据互不影响。',
    exampleAction: '打开示例',
    exampleLoading: '正在生成示例，最长约 1 分钟',
    exampleName: 'Weftwork（示例）',
    launchTitle: '也可以先登记发布',
    launchText: '在发布之前写下必须达到的目标；有数据后按此判定。',
    launchAction: '新建发布',
    reader: '这里还没有内容。请由工作区所有者或产品营销成员导入首批数据。',
  },
  verdict: {
    met: ({ name, share, low, high, of, unit, day, target }) =>
      `${name} 已落地：第 ${day} 天，${of} 个符合条件的${unit}中 **${share}**（95% 区间 ${low} 至 ${high}）已采用，目标为 ${target}。`,
    missed: ({ name, share, low, high, of, unit, day, target }) =>
      `${name} 未达目标：第 ${day} 天，${of} 个符合条件的${unit}中 **${share}**（95% 区间 ${low} 至 ${high}）已采用，目标为 ${target}。`,
    cannotTell: (name, why) => `${name} 是否落地**尚无法判断**。${why}`,
    underWay: (name, day, horizon, soFar, target) =>
      `${name} 处于**第 ${day} 天 / 共 ${horizon} 天**${soFar ? `：目前 ${soFar} 已采用` : ''}，目标为 ${target}。`,
    next: (name, inDays, date) => `${name} 将于**${inDays}**（${date}）上市。`,
    tally: (name, { all, met, missed, open }) =>
      `${name} 的 ${all} 项已登记目标中，**${met}** 项达成，**${missed}** 项未达成，**${open}** 项无法判断。`,
    noGoal: (name) => `${name} 发布时**没有登记目标**，因此无从判定。`,
  },
  judged: '已发布',
  latest: '最近一次可判定的发布',
  underWay: '进行中的发布',
  finding: (met, missed, open) =>
    [met && `${met} 次达成目标`, missed && `${missed} 次未达成`, open && `${open} 次尚无法判断`].filter(Boolean).join('，'),
  track: {
    title: (share, day, target) => `第 ${day} 天采用 ${share}，目标 ${target}`,
    landed: (day) => `第 ${day} 天达到目标并保持`,
    subtitle: (of, unit) => `${of} 个符合条件的${unit}中的采用占比；阴影为 95% 区间`,
    target: (target, day) => `目标：第 ${day} 天达到 ${target}`,
    launch: (date) => `发布，${date}`,
    landfall: (day) => `第 ${day} 天抵达目标`,
    day: (day) => `第 ${day} 天`,
    summary: (day, share, target, landfall) =>
      `上市日期以来逐日的采用占比。第 ${day} 天为 ${share}；目标为 ${target}${landfall === null ? '' : `，第 ${landfall} 天起稳定达到`}。`,
  },
  facts: { registered: '目标登记于', dataTo: '数据截至', evidence: '依据', report: '落地报告', none: '尚无事件' },
  dayOf: (day, horizon) => `第 ${day} 天 / 共 ${horizon} 天。`,
  judgedSub: '符合条件者中的采用占比；95% 区间与登记目标对比',
  upcoming: (count) => `${count} 次发布即将进行`,
  upcomingSub: '按上市日期排列；在此日期前登记的目标才算事先目标',
  launch: '发布',
  against: '与目标相比',
  adopted: '采用',
  target: '目标',
  verdictHead: '判定',
  marketDate: '上市日期',
  goal: '目标',
  noGoal: '无已登记目标',
  tally: ({ met, missed, open }) => `${met} 项达成，${missed} 项未达成，${open} 项无法判断`,
  goalOf: (target, day) => `第 ${day} 天达到 ${target}`,
  inDays: (days) => (days === 0 ? '今天' : days === 1 ? '明天' : `${days} 天后`),
  launchedOn: (date) => `${date} 发布`,
  unit: { account: '客户', person: '联系人' },
  countOf: (count, of) => `${of} 个中的 ${count} 个`,
  reasons: {
    no_feature: '发布未关联功能，因此没有测量。',
    no_events: '尚未导入事件。',
    no_uses: '尚未导入该功能的事件。',
    no_accounts: '没有符合条件的客户。',
    no_people: '没有符合条件的联系人。',
    too_few: '符合条件的过少。',
    not_yet: '数据尚未覆盖到该日。',
    interval_holds_target: '区间包含目标值。',
    no_contacts: '期内没有首次接触。',
    not_entered: '尚未录入结果。',
  },
  needed: (have, need) => `符合条件的有 ${have} 个，至少需要 ${need} 个。`,
  allLaunches: '全部发布',
  noWorkspace: {
    title: '没有可打开的工作区',
    none: '你已登录，但不属于任何工作区。请向所有者申请邀请。',
    gone: '你之前的工作区已被删除，或你已被移出。你还有其他工作区。',
    open: (name) => `打开 ${name}`,
    signOut: '退出登录',
  },
};
