type Held = {
  number: (key: string) => string;
  share: (key: string) => string;
  text: (key: string) => string;
  date: (key: string) => string;
  level: (value: number) => string;
  p: string;
  units: string;
  passed: boolean | null;
};

const comparisons: Record<string, string> = {
  holdout: 'a holdout',
  staged: 'a staged roll-out',
  matched: 'matched accounts',
  synthetic: 'a synthetic control',
  before_after: 'before and after',
  none: 'the target alone',
};

export const en = {
  title: 'Lift',
  reading: 'Comparing with what would have happened anyway',
  intro: 'What would have happened without it? Only a group that did not get it, drawn by lot or by stages, can say.',
  units: { account: 'accounts', person: 'people', opportunity: 'opportunities' },
  unit: 'Units',
  unitNames: { account: 'Accounts', person: 'People', opportunity: 'Opportunities' },
  comparison: 'Comparison',
  comparisons: { holdout: 'Held out by lot', staged: 'Staged roll-out', before_after: 'Before and after' },
  property: 'Property that says the arm',
  propertyOfDay: 'Property with the day on which it came',
  treated: 'Got it',
  control: 'Held out',
  treatedShare: 'Meant for it (%)',
  by: 'Periods',
  byNames: { week: 'Weeks', month: 'Months' },
  on: 'Day that parts before from after',
  outcome: 'Outcome',
  outcomes: {
    won: 'Won, of closed deals',
    amount: 'Amount won',
    property_is: 'A property holds a value',
    property_number: 'Number in a property',
    did: 'Did it at least once',
    times: 'How often it was done',
  },
  outcomeProperty: 'Property of the outcome',
  values: 'Values that count',
  currency: 'Currency (empty: a plain number)',
  event: 'Event',
  from: 'From',
  to: 'To',
  worthHaving: 'Smallest change worth having',
  worthHavingShare: 'Smallest change worth having (points)',
  segment: 'By segment (property)',
  covariate: 'Known before (property)',
  looks: 'Looked at',
  looksNames: { once: 'Once', any: 'Any day' },
  decideOn: 'Day of the verdict',
  goal: 'Launch goal',
  noGoal: 'A free question',
  ofLaunch: 'Lift: what would have happened anyway',
  ofLaunchNote: 'A goal that is met says that the target was reached, not that the launch was the reason.',
  compare: 'Compare',
  notAsked: {
    none: 'No comparison was registered, so nothing says what would have happened without the launch.',
    before_after: 'Before and after was registered: it describes, and cannot say what the launch changed.',
    other: 'A comparison was registered and is not asked yet. Keep it with this goal, and its verdict stands here.',
  } as Record<string, string>,
  more: 'More',
  ask: 'Compare',
  unfinished: 'Say who got it and who was held out, and what came of it. The answer stands here.',
  anew: 'New comparison',
  kept: 'Kept comparisons',
  keptNone: 'No comparison is kept yet. Put one together above and keep it; its verdict then stands here, and in the report of its launch.',
  keptName: 'Comparison',
  keptVerdict: 'Verdict',
  keptSaid: 'What it says',
  lineCannot: 'This comparison cannot be asked any more. Open it and put it right.',
  summary: (comparison: string, outcome: string) => `${comparison}; ${outcome}`,
  verdicts: { met: 'Met', missed: 'Missed', cannot_tell: 'Cannot tell' },
  observed: 'Got it',
  counterfactual: 'Would have happened anyway',
  after: 'After',
  before: 'Before',
  effect: 'What it changed',
  adjusted: 'With what was known before taken out',
  total: 'In all',
  totalOf: (value: string, range: string) => `${value} (${range})`,
  descriptiveTitle: 'Described, not explained: before and after',
  descriptiveNote: 'Without a group that did not get it, ordinary drift looks like an effect in a fifth of cases or more.',
  methods: {
    'share-difference': 'difference of shares (Newcombe)',
    'mean-difference': 'difference of means (Welch)',
    'adjusted-mean-difference': 'difference of means, past taken out (CUPED)',
    'always-valid': 'always valid (mixture of sequential tests)',
    'group-time-effects': 'group-time effects (Callaway and Sant’Anna)',
  } as Record<string, string>,
  sides: 'Those who were to get it against those who were not',
  sidesNote: 'As the lot said, whether or not they took it.',
  column: { arm: 'Arm', units: 'Units', reached: 'Reached it', sum: 'Sum', share: 'Share', mean: 'Mean of a unit' },
  checksTitle: 'What must hold for this',
  checksNote: (failed: number) =>
    failed > 0 ? `${failed} of these ${failed === 1 ? 'does' : 'do'} not hold.` : 'Nothing that can be checked fails.',
  check: 'Assumption',
  state: 'State',
  states: { passed: 'Holds', failed: 'Fails', unknown: 'Cannot be checked' },
  nextTitle: 'What would make it answerable',
  nextUnits: (units: string, what: string, worth: string) => `To show ${worth}, each arm needs ${units} ${what} (power 80%).`,
  nextDetectable: (effect: string) => `These units show an effect of ${effect} or more, four times in five.`,
  nextNone: 'Name a smallest change worth having to see how many units it would need.',
  nextStaged: 'Next time, hold out a part by lot, or roll it out in stages, and note who got it when.',
  segmentsTitle: (found: number, of: number) =>
    found === 0 ? `No segment of ${of} stands out` : `${found} of ${of} segments ${found === 1 ? 'shows' : 'show'} an effect`,
  segmentsNote: 'p-values are corrected for the number of segments (Benjamini and Hochberg). The interval is of each segment by itself.',
  segmentColumn: 'Segment',
  corrected: 'p, corrected',
  notSet: 'not set',
  tooFew: 'too few',
  eventsTitle: 'Effect by time since each account got it',
  eventsNote: 'Before 0 nothing should show. The band holds as a whole, 95 times in 100.',
  period: 'Period',
  pathTitle: 'Accounts that got it, and what they would have done',
  pathNote: 'The expected line is of accounts that never got it, moved to the same level before.',
  expected: 'Expected',
  rows: 'Units behind the figures',
  method: (name: string) => `Method: ${name}`,
  p: (value: string) => `p = ${value}`,
  raised: (effect: string, interval: string) => `It changed the outcome by **${effect}** (95%: ${interval}): more than nothing.`,
  lowered: (effect: string, interval: string) => `It changed the outcome by **${effect}** (95%: ${interval}): it did harm.`,
  metWorth: (effect: string, interval: string, worth: string) =>
    `Met: it changed the outcome by **${effect}** (95%: ${interval}), and the smallest change worth having was ${worth}.`,
  missedWorth: (effect: string, interval: string, worth: string) =>
    `Missed: it changed the outcome by **${effect}** (95%: ${interval}), less than the ${worth} that was worth having.`,
  holdsWorth: (effect: string, interval: string, worth: string) =>
    `Cannot tell: **${effect}** (95%: ${interval}) allows for less than the ${worth} that was worth having, and for more.`,
  holdsNone: (effect: string, interval: string) => `Cannot tell: **${effect}** (95%: ${interval}) allows for no effect at all.`,
  needed: (units: string, what: string) => `It would take ${units} ${what} in each arm.`,
  descriptive: 'Cannot tell: before and after has no comparison group. What is shown is described, not explained.',
  refusedBecause: (why: string) => `Cannot tell: ${why}`,
  cannotTell: 'Cannot tell.',
  checkFailed: (why: string) => `Cannot tell, because a check fails: ${why}`,
  notYet: 'Not yet: the day of the verdict has not come, or the data do not reach it.',
  refusals: {
    no_units: () => 'no unit has either value. Check the property and the values of both arms.',
    one_arm_only: () => 'all units are in one arm, so there is nothing to compare with.',
    too_few: (needed: string, units: string) => `an arm has fewer than ${needed} ${units}.`,
    no_variance: () => 'all units have the same outcome.',
    too_skewed: (needed: string, units: string) =>
      `a few large sums decide the mean, and too few ${units} have any. An arm would need about ${needed} ${units}. Ask for the share that has any instead.`,
    mixed_currency: (needed: string) =>
      `${needed} won deals are in another currency, or in none, and sums of several currencies are never added.`,
    not_numbers: (needed: string) => `${needed} values of the property are no numbers.`,
    no_control: () => 'every account got it, so nothing says what would have happened anyway.',
    no_treated: () => 'no account has a day on which it got it.',
    no_periods_before: () => 'there is no whole period before the first account got it.',
    no_periods_after: () => 'there is no whole period after accounts got it.',
    poor_fit: () => 'the accounts that it is compared with did not move like it before.',
    descriptive_only: () => 'before and after has no comparison group. Seasons, prices and campaigns changed too.',
  } as Record<string, (needed: string, units: string) => string>,
  checks: {
    by_lot: ({ text }) =>
      `The arm, "${text('property')}", was drawn by lot before anything came of it. The data cannot show it; you must know.`,
    sample_ratio: ({ number, share, p, units, passed }) =>
      passed === null
        ? `Too few ${units} to see whether the lot sent as many to each arm as it should.`
        : `The lot was to send ${share('meant')} to the arm that got it: ${number('treated')} and ${number('control')} ${units} (p = ${p}). ${passed ? `A shift of ${share('detectable')} or more would have shown.` : 'That is not chance: units went missing or came in.'}`,
    as_many_known: ({ number, share, p, passed }) =>
      `Of ${number('open')} units the outcome is not known yet. It is known of ${share('treated')} and ${share('control')} of the arms (p = ${p})${passed ? ': as many in both.' : ': one arm is ahead of the other.'}`,
    alike_before: ({ p, passed }) =>
      passed === null
        ? 'What was known before is known of too few to compare the arms.'
        : `Before the lot both arms were ${passed ? 'alike' : 'not alike'} (p = ${p}).`,
    any_day: ({ passed }) =>
      passed
        ? 'The interval holds on whatever day it is looked at.'
        : 'To be looked at on any day, it needs a smallest change worth having, named before.',
    read_once: () => 'It is read once. If you looked before and went on until it said yes, the interval is too narrow.',
    decided_on: ({ date, passed }) =>
      passed ? `The day of the verdict, ${date('day')}, has come.` : `The verdict is read on ${date('day')}, not before.`,
    unit_of_lot: ({ units }) => `The lot was drawn for ${units}, one by one, and they do not act on each other.`,
    in_neither: ({ number, units }) => `${number('outside')} ${units} are in neither arm and are left out.`,
    alike_trend: ({ p, number, passed }) =>
      passed === null
        ? 'There is only one period before, so nothing says whether they moved alike.'
        : `Before they got it, the accounts moved ${passed ? 'like' : 'unlike'} those that never did (${number('periods')} comparisons, p = ${p}).`,
    no_anticipation: () => 'Nobody changed what they do because they knew that it would come, and nobody chose their own day.',
    came_later: ({ number }) => `${number('later')} accounts came after the first day and are left out.`,
    control_group: () =>
      'There is no group that did not get it, and ordinary drift alone looks like an effect in a fifth of cases or more.',
    registered: ({ text, date, passed }) =>
      text('day') === ''
        ? `The goal "${text('goal')}" is not registered: this was asked after the fact.`
        : `The goal "${text('goal')}" was registered on ${date('day')}, ${passed ? 'before' : 'on or after'} the market date.`,
    comparison: ({ text, passed }) =>
      passed
        ? 'The comparison is the one that was registered.'
        : `Registered was ${comparisons[text('registered')] ?? text('registered')}, and this is ${comparisons[text('asked')] ?? text('asked')}.`,
  } as Record<string, (held: Held) => string>,
};

const comparisonsZh: Record<string, string> = {
  holdout: '对照组',
  staged: '分批上线',
  matched: '匹配客户',
  synthetic: '合成控制',
  before_after: '前后对比',
  none: '仅与目标比较',
};

export const zh: typeof en = {
  title: '增量',
  reading: '正在与“没有它会怎样”比较',
  intro: '没有它会怎样？只有抽签或分批留出、未获得它的一组才能回答。',
  units: { account: '个客户', person: '人', opportunity: '个商机' },
  unit: '单位',
  unitNames: { account: '客户', person: '人', opportunity: '商机' },
  comparison: '比较方式',
  comparisons: { holdout: '抽签留出', staged: '分批上线', before_after: '前后对比' },
  property: '标明分组的属性',
  propertyOfDay: '获得日期所在的属性',
  treated: '获得组',
  control: '对照组',
  treatedShare: '计划获得的比例（%）',
  by: '周期',
  byNames: { week: '周', month: '月' },
  on: '前后分界日',
  outcome: '结果',
  outcomes: {
    won: '已关闭商机中赢单',
    amount: '赢单金额',
    property_is: '属性等于某值',
    property_number: '属性中的数值',
    did: '至少做过一次',
    times: '做的次数',
  },
  outcomeProperty: '结果所在的属性',
  values: '计入的值',
  currency: '货币（留空为普通数值）',
  event: '事件',
  from: '从',
  to: '到',
  worthHaving: '值得的最小变化',
  worthHavingShare: '值得的最小变化（百分点）',
  segment: '按分群（属性）',
  covariate: '事前已知（属性）',
  looks: '查看',
  looksNames: { once: '一次', any: '任意一天' },
  decideOn: '判定日',
  goal: '发布目标',
  noGoal: '自由提问',
  ofLaunch: '增量：没有它会怎样',
  ofLaunchNote: '目标达成说明达到了数值，并不说明原因就是这次发布。',
  compare: '比较',
  notAsked: {
    none: '没有登记比较方式，因此无从得知没有这次发布会怎样。',
    before_after: '登记的是前后对比：它只作描述，不能说明发布带来了什么。',
    other: '已登记比较方式但尚未提问。把它与此目标一起保存，结论就会显示在这里。',
  },
  more: '更多',
  ask: '比较',
  unfinished: '请说明谁获得、谁被留出，以及看什么结果。答案会显示在这里。',
  anew: '新建比较',
  kept: '已保存的比较',
  keptNone: '还没有保存的比较。在上方设置并保存后，其结论会显示在这里，也会进入所属发布的报告。',
  keptName: '比较',
  keptVerdict: '结论',
  keptSaid: '说明',
  lineCannot: '此比较已无法再问。请打开并修正。',
  summary: (comparison, outcome) => `${comparison}；${outcome}`,
  verdicts: { met: '达成', missed: '未达成', cannot_tell: '无法判断' },
  observed: '获得组',
  counterfactual: '没有它也会发生',
  after: '之后',
  before: '之前',
  effect: '它带来的变化',
  adjusted: '扣除事前已知因素后',
  total: '合计',
  totalOf: (value, range) => `${value}（${range}）`,
  descriptiveTitle: '仅为描述，不是解释：前后对比',
  descriptiveNote: '没有未获得它的一组时，普通波动在五分之一以上的情况下看起来就像效果。',
  methods: {
    'share-difference': '占比之差（Newcombe）',
    'mean-difference': '均值之差（Welch）',
    'adjusted-mean-difference': '扣除过去后的均值之差（CUPED）',
    'always-valid': '始终有效（混合序贯检验）',
    'group-time-effects': '组别-时间效应（Callaway 与 Sant’Anna）',
  },
  sides: '应获得者与未获得者',
  sidesNote: '按抽签结果计，无论是否实际采用。',
  column: { arm: '组', units: '数量', reached: '达到', sum: '总和', share: '占比', mean: '每个单位的均值' },
  checksTitle: '这一结论成立的前提',
  checksNote: (failed) => (failed > 0 ? `其中 ${failed} 项不成立。` : '可检查的各项均成立。'),
  check: '前提',
  state: '状态',
  states: { passed: '成立', failed: '不成立', unknown: '无法检查' },
  nextTitle: '怎样才能得出答案',
  nextUnits: (units, what, worth) => `要显示 ${worth}，每组需要 ${units} ${what}（功效 80%）。`,
  nextDetectable: (effect) => `现有数量能在五次中四次显示 ${effect} 及以上的变化。`,
  nextNone: '填写值得的最小变化，即可看到需要多少单位。',
  nextStaged: '下次请抽签留出一部分，或分批上线，并记录谁在何时获得。',
  segmentsTitle: (found, of) => (found === 0 ? `${of} 个分群中没有突出的` : `${of} 个分群中 ${found} 个显示出变化`),
  segmentsNote: 'p 值已按分群数量校正（Benjamini-Hochberg）。区间为各分群自身的区间。',
  segmentColumn: '分群',
  corrected: '校正后 p',
  notSet: '未设置',
  tooFew: '太少',
  eventsTitle: '按获得后时间的变化',
  eventsNote: '0 之前不应有变化。整条带以 95% 的把握同时成立。',
  period: '周期',
  pathTitle: '获得它的客户，以及本来会怎样',
  pathNote: '预期线为从未获得的客户，移至相同的事前水平。',
  expected: '预期',
  rows: '数字背后的单位',
  method: (name) => `方法：${name}`,
  p: (value) => `p = ${value}`,
  raised: (effect, interval) => `它使结果变化 **${effect}**（95%：${interval}），大于零。`,
  lowered: (effect, interval) => `它使结果变化 **${effect}**（95%：${interval}），带来了损害。`,
  metWorth: (effect, interval, worth) => `达成：它使结果变化 **${effect}**（95%：${interval}），值得的变化为 ${worth}。`,
  missedWorth: (effect, interval, worth) => `未达成：它使结果变化 **${effect}**（95%：${interval}），小于值得的 ${worth}。`,
  holdsWorth: (effect, interval, worth) => `无法判断：**${effect}**（95%：${interval}）既可能小于值得的 ${worth}，也可能大于它。`,
  holdsNone: (effect, interval) => `无法判断：**${effect}**（95%：${interval}）也可能毫无变化。`,
  needed: (units, what) => `每组需要 ${units} ${what}。`,
  descriptive: '无法判断：前后对比没有对照组。所示仅为描述，不是解释。',
  refusedBecause: (why) => `无法判断：${why}`,
  cannotTell: '无法判断。',
  checkFailed: (why) => `无法判断，因为有一项前提不成立：${why}`,
  notYet: '尚未到时候：判定日未到，或数据尚未覆盖。',
  refusals: {
    no_units: () => '没有单位具有任一组的值。请检查属性及两组的值。',
    one_arm_only: () => '所有单位都在同一组，无可比较。',
    too_few: (needed, units) => `有一组不足 ${needed} ${units}。`,
    no_variance: () => '所有单位的结果相同。',
    too_skewed: (needed, units) => `少数大额决定了均值，而有数额的太少。每组约需 ${needed} ${units}。可改问“有任何数额”的占比。`,
    mixed_currency: (needed) => `${needed} 个赢单为其他货币或没有货币，多种货币从不相加。`,
    not_numbers: (needed) => `该属性有 ${needed} 个值不是数字。`,
    no_control: () => '所有客户都已获得，无从得知没有它会怎样。',
    no_treated: () => '没有客户带有获得日期。',
    no_periods_before: () => '第一个客户获得之前没有完整的周期。',
    no_periods_after: () => '客户获得之后没有完整的周期。',
    poor_fit: () => '用于比较的客户事前走势并不相同。',
    descriptive_only: () => '前后对比没有对照组。季节、价格和活动也在变化。',
  },
  checks: {
    by_lot: ({ text }) => `分组（“${text('property')}”）是在结果发生之前抽签决定的。数据无法证明，只有你知道。`,
    sample_ratio: ({ number, share, p, units, passed }) =>
      passed === null
        ? `数量太少，看不出抽签是否按计划分配。`
        : `抽签应把 ${share('meant')} 分到获得组：实际 ${number('treated')} 与 ${number('control')} ${units}（p = ${p}）。${passed ? `若偏差达到 ${share('detectable')}，应会显现。` : '这并非偶然：有单位丢失或混入。'}`,
    as_many_known: ({ number, share, p, passed }) =>
      `${number('open')} 个单位的结果尚未可知。两组已知比例为 ${share('treated')} 与 ${share('control')}（p = ${p}）${passed ? '，两组相当。' : '，一组领先于另一组。'}`,
    alike_before: ({ p, passed }) =>
      passed === null ? '事前已知的数据太少，无法比较两组。' : `抽签之前两组${passed ? '相似' : '并不相似'}（p = ${p}）。`,
    any_day: ({ passed }) => (passed ? '该区间在任何一天查看都成立。' : '若要任意一天查看，需要事先给出值得的最小变化。'),
    read_once: () => '只读一次。如果边看边等到出现“是”为止，区间就太窄了。',
    decided_on: ({ date, passed }) => (passed ? `判定日 ${date('day')} 已到。` : `在 ${date('day')} 判定，不提前。`),
    unit_of_lot: ({ units }) => `抽签以单个单位（${units}）进行，且彼此互不影响。`,
    in_neither: ({ number, units }) => `${number('outside')} ${units}不属于任何一组，未计入。`,
    alike_trend: ({ p, number, passed }) =>
      passed === null
        ? '之前只有一个周期，无法得知走势是否一致。'
        : `获得之前，这些客户与从未获得者走势${passed ? '一致' : '不一致'}（${number('periods')} 项比较，p = ${p}）。`,
    no_anticipation: () => '没有人因为预知而改变行为，也没有人自选日期。',
    came_later: ({ number }) => `${number('later')} 个客户在首日之后才加入，未计入。`,
    control_group: () => '没有未获得它的一组，而仅普通波动在五分之一以上的情况下看起来就像效果。',
    registered: ({ text, date, passed }) =>
      text('day') === ''
        ? `目标“${text('goal')}”尚未登记：这是事后提问。`
        : `目标“${text('goal')}”于 ${date('day')} 登记，${passed ? '早于' : '不早于'}上市日。`,
    comparison: ({ text, passed }) =>
      passed
        ? '比较方式与登记的一致。'
        : `登记的是${comparisonsZh[text('registered')] ?? text('registered')}，而这里是${comparisonsZh[text('asked')] ?? text('asked')}。`,
  },
};
