export const en = {
  title: 'Launches laid over each other',
  reading: 'Counting the launches',
  from: 'Day 1',
  froms: { market_date: 'Market date', access: 'When each account had access' },
  none: 'No launch with a feature has passed its market date yet.',
  one: (name: string) =>
    `Only ${name} has a feature and has passed its market date. With a second launch they are laid over each other here.`,
  tooEarly: 'Fewer than two launches have had enough days for a curve, so there is nothing to lay over each other yet.',
  above: 'The first chart on this page has the curves of all these launches; here are their figures.',
  curve: (unit: string) => `Share of the eligible ${unit} of each launch that adopted, by day`,
  notes: {
    market_date: 'Each launch from its market date, by its own eligible base. The band is the 95% interval.',
    access:
      'Accounts that came after the market date start when they came; those who have not had the time count as far as they were followed (Kaplan-Meier). The band is the 95% interval.',
  },
  accountsOnly: 'From access, accounts are counted.',
  heads: {
    launch: 'Launch',
    marketDate: 'Market date',
    eligible: 'Eligible',
    day: (day: string) => `Day ${day}`,
    half: 'Half by day',
    waiting: 'Have not had the time',
  },
  counts: (count: string, of: string) => `${count} of ${of}`,
  notYet: (day: string) => `not yet (day ${day})`,
  notReached: 'not reached',
  feature: (name: string, version: string) => `${name}, version ${version}`,
};

export const zh: typeof en = {
  title: '各次发布的对照',
  reading: '正在统计各次发布',
  from: '第 1 天',
  froms: { market_date: '上市日', access: '各客户获得权限之日' },
  none: '还没有任何指定了功能的发布已过上市日。',
  one: (name) => `只有${name}指定了功能且已过上市日。有第二次发布后，会在此对照。`,
  tooEarly: '有足够天数可绘制曲线的发布不到两次，暂无可对照的内容。',
  above: '本页第一张图已包含这些发布的全部曲线；此处为其数字。',
  curve: (unit) => `各次发布符合条件的${unit}中已采用的比例（按天）`,
  notes: {
    market_date: '每次发布从其上市日起算，以各自符合条件的对象为准。阴影为 95% 区间。',
    access: '上市日之后到来的客户从到来之日起算；时间不足的按已观察的时长计入（Kaplan-Meier）。阴影为 95% 区间。',
  },
  accountsOnly: '从获得权限起算时，统计客户。',
  heads: {
    launch: '发布',
    marketDate: '上市日',
    eligible: '符合条件',
    day: (day) => `第 ${day} 天`,
    half: '半数采用于第几天',
    waiting: '时间不足',
  },
  counts: (count, of) => `${of} 中的 ${count}`,
  notYet: (day) => `未到（第 ${day} 天）`,
  notReached: '未达到',
  feature: (name, version) => `${name}，版本 ${version}`,
};
