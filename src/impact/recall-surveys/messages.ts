import type { Format } from '../../web/kit/format.ts';
import type { Caveat, ComparedRecall, Group, Lot, Moment, Prompt, RecallEvidence, RecallFinding, RecallMeasure } from './schema.ts';

type Why = NonNullable<RecallFinding['why']>;
type Refusal = Extract<ComparedRecall, { kind: 'refused' }>['why'];

export const en = {
  title: 'Brand recall',
  awareness: 'Awareness: brand recall',
  reading: 'Reading the recall surveys',
  head: {
    recall: (name: string, figure: string) => `After ${name}, **${figure}** of those exposed recalled it`,
    difference: (name: string, figure: string) =>
      `After ${name}, recall among those exposed differed from that among others by **${figure}**`,
    difference_in_differences: (name: string, figure: string) =>
      `Among those exposed to ${name}, recall changed by **${figure}** beyond the change among others`,
    change: (name: string, figure: string) => `Among those exposed to ${name}, recall changed by **${figure}** from before to after`,
  } satisfies Record<RecallMeasure, (name: string, figure: string) => string>,
  met: (said: string, target: string) => `Met: ${lowered(said)}, against a target of ${target}.`,
  missed: (said: string, target: string) => `Missed: ${lowered(said)}, against a target of ${target}.`,
  holdsTarget: (name: string, said: string, target: string) =>
    `It cannot be told whether ${name} reached its target of ${target}. ${said}, and the target lies within that interval.`,
  holdsNone: (said: string) => `${said}: it cannot be told whether that is any difference at all.`,
  described: (said: string) => `${said}.`,
  refused: (name: string, why: string) => `It cannot be told whether ${name} made the brand better known: ${why}`,
  notYet: (name: string) => `Nobody was asked after ${name} yet, so its recall cannot be judged.`,
  none: (name: string) => `No recall survey is planned for ${name}.`,
  whys: {
    too_few: (asked: string, needed: string) => `${asked} were asked in the smallest group, ${needed} needed.`,
    no_exposed: () => 'nobody exposed to it was asked in a wave that this needs.',
    no_not_exposed: () => 'nobody who was not exposed was asked in a wave that this needs.',
    no_before_wave: () => 'no wave before it was entered.',
  } satisfies Record<Refusal, (asked: string, needed: string) => string>,
  readings: {
    effect: 'Chance decided which people were exposed, so the difference is what exposure did.',
    association: 'An association, and no proof: chance did not decide who was exposed.',
    description: 'A description: nobody who was not exposed stands beside them.',
  } satisfies Record<NonNullable<RecallFinding['reading']>, string>,
  noTarget: 'No target was registered before the first wave after the program, so it is described and not judged.',
  late: 'The target was registered after people had been asked, so it is described and not judged.',
  apart: 'Recall is evidence of awareness. It stands apart from deals and money, and is in none of those figures.',
  create: 'New survey',
  enter: 'Enter a wave',
  paste: 'Paste waves',
  survey: 'Survey',
  empty:
    'A survey asks people before and after, some of them exposed to the program and some not, which brands they know. Plan one, then enter how many were asked and how many recalled yours.',
  emptyRead: 'A survey asks people before and after, some of them exposed to the program and some not, which brands they know.',
  noWaves: 'No wave is entered yet. Enter how many were asked and how many recalled it, exposed and not exposed.',
  byWave: 'Recall by wave and group',
  byWaveSub: (question: string) => `Share of those asked who recalled it, 95% interval (Wilson). “${question}”`,
  chart: 'Share who recalled it',
  chartBoth: (exposed: string, others: string) => `Exposed: ${exposed}; not exposed: ${others}`,
  judgedNote: 'Judged is the first wave after the program, against the last one before it: chosen by their days, not by what they say.',
  share: 'Recall',
  moments: { before: 'Before', during: 'During', after: 'After' } satisfies Record<Moment, string>,
  wave: 'Wave',
  when: 'When',
  exposed: 'Exposed',
  notExposed: 'Not exposed',
  rows: { exposed: 'exposed', notExposed: 'others' } satisfies Record<Group, string>,
  rowOf: (wave: string, group: string) => `${wave}, ${group}`,
  of: (recalled: string, asked: string) => `${recalled} of ${asked}`,
  notAsked: 'not asked',
  tooFew: (needed: string) => `too few: shown from ${needed}`,
  difference: 'Exposed less not exposed',
  detectable: (points: string) => `would be seen from ${points}`,
  steps: 'From wave to wave',
  stepsSub:
    'Change of recall, with Newcombe’s 95% interval; last, how much further it changed among the exposed: what was different before, and what changed for all, fall out',
  step: 'From, to',
  fromTo: (from: string, to: string) => `${from} to ${to}`,
  changeExposed: 'Change, exposed',
  changeNotExposed: 'Change, not exposed',
  further: 'Difference of these changes',
  cells: {
    too_few: (asked: string, needed: string) => `too few: ${asked}, ${needed} needed`,
    no_exposed: () => 'nobody exposed asked',
    no_not_exposed: () => 'only the exposed asked',
    no_before_wave: () => 'no wave before',
  } satisfies Record<Refusal, (asked: string, needed: string) => string>,
  caveatsTitle: 'What to know before believing it',
  caveats: {
    not_by_lot:
      'Chance did not decide who was exposed. Whoever passes a billboard lives, works and drives elsewhere than others, and may know the brand better anyway. So a difference is called an association.',
    lot_of_places:
      'Chance drew places, not people. People of one place are alike, so intervals that count people are too narrow unless the places are many. So a difference is still called an association.',
    same_people:
      'The same people were asked in each wave. Being asked makes people notice the brand, in both groups; and as the counts do not say who changed, the intervals of changes are wider than need be.',
    aided:
      'Recall was aided: people say yes to a name they are shown, so it is higher than unaided recall. Compare it with aided recall only.',
    before_in_program: 'A wave “before” ended when the program had begun: it is no clean start.',
    after_in_program: 'A wave “after” began before the program ended.',
    late_target:
      'A target was registered on or after the day on which asking after the program began: it may have been chosen to fit, and is not judged.',
  } satisfies Record<Caveat, string>,
  how: 'How it was asked',
  question: 'Question',
  questionHelp: 'Word for word.',
  prompt: 'Recall',
  prompts: { unaided: 'Unaided: they name it themselves', aided: 'Aided: they are shown the name' } satisfies Record<Prompt, string>,
  askedOf: 'Who was asked',
  askedOfHelp: 'Population, panel or way of drawing, and method.',
  exposure: 'How exposure was established',
  exposureHelp: 'Such as: say that they pass the road weekly; live within 2 km; were in the group that was shown it.',
  lot: 'What chance decided',
  lots: {
    none: 'Nothing: they were exposed or not by themselves',
    places: 'Which places had it',
    people: 'Which people were exposed',
  } satisfies Record<Lot, string>,
  samePeople: 'The same people are asked again in each wave',
  people: 'People',
  peopleSame: 'The same in each wave',
  peopleFresh: 'Others in each wave',
  target: 'Target',
  targetNone: 'none registered',
  targetOf: {
    recall: (target: string) => `At least ${target} of the exposed recall it after the program`,
    difference: (target: string) => `At least ${target} between exposed and not exposed after the program`,
    difference_in_differences: (target: string) => `Recall changes by at least ${target} more among the exposed`,
  } satisfies Record<Exclude<RecallMeasure, 'change'>, (target: string) => string>,
  registered: (day: string, by: string) => `registered ${day} by ${by}`,
  register: 'Register a target',
  registerTitle: 'Register what it is to reach',
  registerHelp:
    'Judged in the first wave after the program, by the whole 95% interval. It is never changed, and the words of the survey stay as they are from then on.',
  measure: 'What is to be reached',
  measures: {
    recall: 'Recall among the exposed, %',
    difference: 'Exposed less not exposed, points',
    difference_in_differences: 'How much further recall rises among the exposed, points',
  } satisfies Record<Exclude<RecallMeasure, 'change'>, string>,
  atLeast: 'At least',
  atLeastHelp: 'Per cent or points, such as 5.',
  number: 'Enter a number.',
  registeredToast: 'Target registered.',
  edit: 'Edit',
  correct: 'Correct',
  newTitle: 'New recall survey',
  editTitle: 'Edit the survey',
  enterTitle: 'Enter a wave',
  correctTitle: 'Correct a wave',
  moment: 'Asked',
  startsOn: 'First day',
  endsOn: 'Last day',
  asked: (group: string) => `${group}: asked`,
  recalled: (group: string) => `${group}: recalled it`,
  groupHelp: 'Leave a group empty that was not asked.',
  more: 'More recalled it than were asked.',
  needed: 'Fill this in.',
  save: 'Save',
  cancel: 'Cancel',
  remove: 'Delete',
  removeTitle: 'Delete this recall survey?',
  removeText: 'Its waves go with it. It can be restored for 30 days.',
  saved: 'Survey saved.',
  removed: 'Survey deleted.',
  waveSaved: 'Wave saved.',
  waveRemoved: 'Wave deleted.',
  pasteTitle: 'Paste waves',
  pasteLabel: 'Table with a first line of names',
  pasteHelp:
    'Columns: wave (before, during, after), first day, last day, exposed asked, exposed recalled, not exposed asked, not exposed recalled. Days as 2026-03-31. From a sheet or a CSV file.',
  look: 'Look at it',
  import: 'Import',
  found: (created: string, changed: string, unchanged: string) => `${created} new, ${changed} changed, ${unchanged} as they are.`,
  fault: (line: string, message: string) => `Line ${line}: ${message}`,
  imported: (created: string, changed: string) => `${created} waves added, ${changed} changed.`,
  open: 'Open the survey',
};

/** A sentence that another one begins before it. */
const lowered = (said: string) => (/^(?:After|Among) /.test(said) ? said.charAt(0).toLowerCase() + said.slice(1) : said);

export const zh: typeof en = {
  title: '品牌回忆',
  awareness: '知名度：品牌回忆',
  reading: '正在读取品牌回忆调查',
  head: {
    recall: (name, figure) => `${name} 之后，接触者中有 **${figure}** 回忆起品牌`,
    difference: (name, figure) => `${name} 之后，接触者与其他人的回忆率相差 **${figure}**`,
    difference_in_differences: (name, figure) => `接触 ${name} 者的回忆率变化与其他人之差为 **${figure}**`,
    change: (name, figure) => `接触 ${name} 者的回忆率从之前到之后变化 **${figure}**`,
  },
  met: (said, target) => `达成：${said}，目标为 ${target}。`,
  missed: (said, target) => `未达成：${said}，目标为 ${target}。`,
  holdsTarget: (name, said, target) => `无法判断 ${name} 是否达到 ${target} 的目标。${said}，目标落在该区间内。`,
  holdsNone: (said) => `${said}：无法判断是否真有差异。`,
  described: (said) => `${said}。`,
  refused: (name, why) => `无法判断 ${name} 是否让品牌更为人知：${why}`,
  notYet: (name) => `${name} 之后还没有调查过，因此无法评判回忆率。`,
  none: (name) => `${name} 还没有品牌回忆调查。`,
  whys: {
    too_few: (asked, needed) => `最小的一组只有 ${asked} 人受访，需 ${needed} 人。`,
    no_exposed: () => '所需的某一轮没有问过接触者。',
    no_not_exposed: () => '所需的某一轮没有问过未接触者。',
    no_before_wave: () => '没有录入之前的一轮。',
  },
  readings: {
    effect: '谁接触由抽签决定，因此差异就是接触的作用。',
    association: '仅为关联，不是证明：谁接触并非由抽签决定。',
    description: '仅为描述：没有未接触者可供对照。',
  },
  noTarget: '在项目之后的第一轮调查前没有登记目标，因此只作描述，不作评判。',
  late: '目标登记于调查开始之后，因此只作描述，不作评判。',
  apart: '品牌回忆是知名度的证据，与商机和金额分开，不计入其中任何数字。',
  create: '新建调查',
  enter: '录入一轮',
  paste: '粘贴数据',
  survey: '调查',
  empty: '调查在投放前后询问接触者与未接触者知道哪些品牌。先新建一项，再录入受访人数与回忆起的人数。',
  emptyRead: '调查在投放前后询问接触者与未接触者知道哪些品牌。',
  noWaves: '还没有录入任何一轮。请录入接触组与未接触组的受访人数和回忆人数。',
  byWave: '各轮各组的回忆率',
  byWaveSub: (question) => `受访者中回忆起品牌的比例，95% 区间（Wilson）。“${question}”`,
  chart: '回忆起品牌的比例',
  chartBoth: (exposed, others) => `接触组：${exposed}；未接触组：${others}`,
  judgedNote: '以项目之后的第一轮对照之前的最后一轮评判：按日期选定，不看结果。',
  share: '回忆率',
  moments: { before: '投放前', during: '投放中', after: '投放后' },
  wave: '轮次',
  when: '时间',
  exposed: '接触组',
  notExposed: '未接触组',
  rows: { exposed: '接触', notExposed: '未接触' },
  rowOf: (wave, group) => `${wave}，${group}`,
  of: (recalled, asked) => `${asked} 人中 ${recalled} 人`,
  notAsked: '未询问',
  tooFew: (needed) => `数量不足：满 ${needed} 人后显示`,
  difference: '接触组减未接触组',
  detectable: (points) => `${points} 起可察觉`,
  steps: '各轮之间的变化',
  stepsSub: '回忆率的变化，95% 区间（Newcombe）；最后一列是接触组多出的变化：事先的差别与所有人共有的变化均已扣除',
  step: '从，到',
  fromTo: (from, to) => `${from} 至 ${to}`,
  changeExposed: '接触组变化',
  changeNotExposed: '未接触组变化',
  further: '两组变化之差',
  cells: {
    too_few: (asked, needed) => `数量不足：${asked} 人，需 ${needed} 人`,
    no_exposed: () => '未询问接触者',
    no_not_exposed: () => '只询问了接触者',
    no_before_wave: () => '没有之前的一轮',
  },
  caveatsTitle: '采信之前须知',
  caveats: {
    not_by_lot: '谁接触并非由抽签决定。经过广告牌的人，居住、工作和出行都与他人不同，可能本来就更了解品牌。因此差异只称为关联。',
    lot_of_places: '抽签抽的是地点而不是人。同一地点的人彼此相似，除非地点很多，否则按人计算的区间过窄。因此差异仍只称为关联。',
    same_people: '每一轮问的是同一批人。被问过会让两组人都更留意品牌；而且人数看不出谁改变了，所以变化的区间比实际需要的更宽。',
    aided: '属于提示后回忆：看到名称的人容易说知道，因此高于无提示回忆。只应与提示后回忆比较。',
    before_in_program: '有“投放前”的一轮结束时项目已经开始：起点并不干净。',
    after_in_program: '有“投放后”的一轮开始时项目尚未结束。',
    late_target: '目标登记于项目之后的调查开始当天或之后：可能是照结果选的，因此不作评判。',
  },
  how: '如何询问',
  question: '问题',
  questionHelp: '逐字填写。',
  prompt: '回忆方式',
  prompts: { unaided: '无提示：由受访者自己说出', aided: '提示后：向受访者展示名称' },
  askedOf: '问了谁',
  askedOfHelp: '总体、样本库或抽样方式，以及调查方法。',
  exposure: '如何认定接触',
  exposureHelp: '例如：自称每周经过该路段；居住在 2 公里内；属于被展示的一组。',
  lot: '抽签决定了什么',
  lots: { none: '没有：是否接触出于自身', places: '哪些地点投放', people: '哪些人接触' },
  samePeople: '每一轮都问同一批人',
  people: '受访者',
  peopleSame: '每轮相同',
  peopleFresh: '每轮不同',
  target: '目标',
  targetNone: '未登记',
  targetOf: {
    recall: (target) => `投放后接触组至少 ${target} 回忆起品牌`,
    difference: (target) => `投放后接触组与未接触组至少相差 ${target}`,
    difference_in_differences: (target) => `接触组的回忆率变化至少多 ${target}`,
  },
  registered: (day, by) => `${by} 登记于 ${day}`,
  register: '登记目标',
  registerTitle: '登记要达到什么',
  registerHelp: '以项目之后的第一轮、按整个 95% 区间评判。登记后不再改动，调查的文字也从此固定。',
  measure: '要达到的指标',
  measures: {
    recall: '接触组回忆率，%',
    difference: '接触组减未接触组，百分点',
    difference_in_differences: '接触组回忆率多出的上升，百分点',
  },
  atLeast: '至少',
  atLeastHelp: '百分比或百分点，例如 5。',
  number: '请输入数字。',
  registeredToast: '已登记目标。',
  edit: '编辑',
  correct: '更正',
  newTitle: '新建品牌回忆调查',
  editTitle: '编辑调查',
  enterTitle: '录入一轮',
  correctTitle: '更正一轮',
  moment: '询问时间',
  startsOn: '第一天',
  endsOn: '最后一天',
  asked: (group) => `${group}：受访人数`,
  recalled: (group) => `${group}：回忆人数`,
  groupHelp: '没有询问的组请留空。',
  more: '回忆人数多于受访人数。',
  needed: '请填写。',
  save: '保存',
  cancel: '取消',
  remove: '删除',
  removeTitle: '删除这项品牌回忆调查？',
  removeText: '各轮数据一并删除。30 天内可以恢复。',
  saved: '已保存调查。',
  removed: '已删除调查。',
  waveSaved: '已保存本轮。',
  waveRemoved: '已删除本轮。',
  pasteTitle: '粘贴数据',
  pasteLabel: '首行为列名的表格',
  pasteHelp:
    '各列：轮次（投放前、投放中、投放后）、第一天、最后一天、接触组受访、接触组回忆、未接触组受访、未接触组回忆。日期写作 2026-03-31。可来自表格或 CSV 文件。',
  look: '查看',
  import: '导入',
  found: (created, changed, unchanged) => `新增 ${created}，更改 ${changed}，不变 ${unchanged}。`,
  fault: (line, message) => `第 ${line} 行：${message}`,
  imported: (created, changed) => `新增 ${created} 轮，更改 ${changed} 轮。`,
  open: '打开调查',
};

type Words = typeof en;

/** A difference of shares and its interval, the unit said once. */
export const writeDifference = ({ value, low, high }: { value: number; low: number; high: number }, format: Format): string => {
  const bound = (at: number) => format.signedNumber(at * 100, { digits: 1 });
  return format.interval(format.points(value), bound(low), bound(high));
};

/** A distance, which has no direction. */
export const writePoints = (distance: number, format: Format): string => format.points(distance).replace(/^\+/, '');

export const writeTarget = ({ measure, atLeast }: { measure: RecallMeasure; atLeast: number }, format: Format): string =>
  measure === 'recall' ? format.share(atLeast) : writePoints(atLeast, format);

const isRefusal = (why: Why, words: Words): why is Refusal => why in words.whys;

/** What a survey says, in one sentence. */
export const writeVerdict = ({ finding, program, target }: RecallEvidence, words: Words, format: Format): string => {
  const { verdict, why, measure, value, low, high, asked, needed } = finding;
  if (verdict === 'not_yet' || measure === null) return words.notYet(program.name);
  if (value === null || low === null || high === null)
    return words.refused(program.name, why && isRefusal(why, words) ? words.whys[why](format.number(asked), format.number(needed)) : '');
  const figure =
    measure === 'recall'
      ? format.interval(format.share(value), format.share(low), format.share(high))
      : writeDifference({ value, low, high }, format);
  const said = words.head[measure](program.name, figure);
  if (verdict === 'described' || !target) return why === 'holds_none' ? words.holdsNone(said) : words.described(said);
  const wanted = writeTarget(target, format);
  if (verdict === 'met' || verdict === 'missed') return words[verdict](said, wanted);
  return why === 'holds_none' ? words.holdsNone(said) : words.holdsTarget(program.name, said, wanted);
};

/** How that sentence is to be read: what it may not be taken for, and why it is not judged. */
export const writeReading = ({ finding: { reading, why, value } }: RecallEvidence, words: Words): string =>
  [
    ...(reading && value !== null ? [words.readings[reading]] : []),
    ...(why === 'no_target' ? [words.noTarget] : why === 'late' ? [words.late] : []),
  ].join(' ');
