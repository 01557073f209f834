import { en as goalEn, zh as goalZh } from '../../launch/goals/messages.ts';

type Held = {
  number: (key: string) => string;
  share: (key: string) => string;
  /** A share as points, without its unit. */
  points: (key: string) => string;
  text: (key: string) => string;
  date: (key: string) => string;
  level: (value: number) => string;
  p: string;
  units: string;
  passed: boolean | null;
};

/** A way of comparing within a sentence, as it is called where it is registered. */
const phrase = (kind: string, phrases: Record<string, string>): string => phrases[kind] ?? kind;

/** Why nothing can be told, and what must hold for what is told. */
export const en = {
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
    not_counts: (needed: string) =>
      `the figures of ${needed} of these are no counts: below nought, broken, or more that reached it than there were.`,
    no_control: () => 'every account got it, so nothing says what would have happened anyway.',
    no_treated: () => 'no account has a day on which it got it.',
    no_periods_before: () => 'there is no whole period before the first got it.',
    no_periods_after: () => 'there is no whole period after it yet.',
    poor_fit: (off) => `no mixture of others follows it before the change. The gap is ${off} of the figures, and 10% is the most.`,
    too_few_donors: (needed) => `there are too few others without the change. ${needed} are needed, so that 5% can be told.`,
    too_few_periods_before: (needed) => `there are too few periods before the change. ${needed} are needed.`,
    no_controls: () => 'no others are named that the change did not touch. Without them this is before and after, which shows no effect.',
    too_many_controls: (most) => `more others are named than so few periods can bear. Name ${most} at most.`,
    no_variation: () => 'nothing varies before the change, so there is nothing to compare by.',
    no_overlap: () => 'more than three in ten of those who got it have nobody like them among the others.',
    imbalance: () => 'even the nearest others differ from those who got it by more than 0.1 standard deviations in something.',
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
    counted_once: () => 'Nobody is counted twice. Where somebody is (an impression is no person), the interval is too narrow.',
    in_neither: ({ number, units }) => `${number('outside')} ${units} are in neither arm and are left out.`,
    alike_trend: ({ p, number, passed }) =>
      passed === null
        ? 'There is only one period before, so nothing says whether they moved alike.'
        : `Before they got it, the accounts moved ${passed ? 'like' : 'unlike'} those that never did (${number('periods')} comparisons, p = ${p}).`,
    no_anticipation: () => 'Nobody changed what they do because they knew that it would come, and nobody chose their own day.',
    came_later: ({ number }) => `${number('later')} accounts came after the first day and are left out.`,
    balance: ({ text, passed }) =>
      `After matching they differ by ${text('worst')} standard deviations at most${passed ? '.' : '; more than 0.1 is too much.'}`,
    overlap: ({ number }) => `${number('matched')} of ${number('treated')} accounts that got it have somebody like them.`,
    nothing_unseen: () =>
      'Among accounts alike in this it was as good as chance who got it. That is a belief: who chose it may differ in what nobody measured.',
    as_before: () => 'Properties are known as they are now. They must have been so before, and not be changed by what came.',
    got_it_afterwards: ({ number }) =>
      `${number('afterwards')} of the others got it later, while the outcome was counted; that makes the effect look smaller.`,
    number_missing: ({ number }) => `${number('unknown')} accounts lack one of the numbers and are left out.`,
    fit_before: ({ share }) =>
      `Before the change the mixture of others follows it: off by ${share('fit')} of the figures (root mean square).`,
    foretold_before: ({ share, passed }) =>
      `Before the change each period is foretold from those before it and the others: off by ${share('fit')} of the figures (root mean square)${passed ? '.' : '; more than 10% is too far for a narrow answer.'}`,
    placebos: ({ number, passed }) =>
      `The same is asked of ${number('placebos')} others that did not change${passed ? '.' : ': fewer than the 19 that it takes to tell 5%.'}`,
    stands_out: ({ number, p, passed }) =>
      `Among them and itself it stands out as number ${number('rank')} of ${number('of')} (p = ${p})${passed ? '.' : ': as much comes by chance.'}`,
    without_each: ({ passed }) =>
      passed ? 'Whichever of its donors is left out, the sign stays.' : 'Without one of its donors the sign turns.',
    rehearsal: ({ passed }) =>
      passed === null
        ? 'There are too few periods before to rehearse it on.'
        : `Rehearsed on the last third of the time before, where nothing changed, it finds ${passed ? 'nothing' : 'something'}.`,
    untouched_others: () =>
      'The change touched none of the others, nobody knew of it long before, and whatever else happened, happened to the others too.',
    control_group: () =>
      'There is no group that did not get it, and ordinary drift alone looks like an effect in a fifth of cases or more.',
    registered: ({ text, date, passed }) =>
      text('day') === ''
        ? `The goal "${text('goal')}" is not registered: this was asked after the fact.`
        : `The goal "${text('goal')}" was registered on ${date('day')}, ${passed ? 'before' : 'on or after'} the market date.`,
    same_scale: ({ points }) =>
      `The goal names ${points('points')} points of a share as the smallest change worth having. This outcome is a number, and is judged by what is named for it.`,
    comparison: ({ text, passed }) =>
      passed
        ? 'The comparison is the one that was registered.'
        : `Registered was ${phrase(text('registered'), goalEn.comparisonPhrases)}, and this is ${phrase(text('asked'), goalEn.comparisonPhrases)}.`,
  } as Record<string, (held: Held) => string>,
};

export const zh: typeof en = {
  refusals: {
    no_units: () => '没有单位具有任一组的值。请检查属性及两组的值。',
    one_arm_only: () => '所有单位都在同一组，无可比较。',
    too_few: (needed, units) => `有一组不足 ${needed} ${units}。`,
    no_variance: () => '所有单位的结果相同。',
    too_skewed: (needed, units) => `少数大额决定了均值，而有数额的太少。每组约需 ${needed} ${units}。可改问“有任何数额”的占比。`,
    mixed_currency: (needed) => `${needed} 个赢单为其他货币或没有货币，多种货币从不相加。`,
    not_numbers: (needed) => `该属性有 ${needed} 个值不是数字。`,
    not_counts: (needed) => `其中 ${needed} 个的数值不是计数：为负、非整数，或达到数多于总数。`,
    no_control: () => '所有客户都已获得，无从得知没有它会怎样。',
    no_treated: () => '没有客户带有获得日期。',
    no_periods_before: () => '最早获得之前没有完整的周期。',
    no_periods_after: () => '获得之后还没有完整的周期。',
    poor_fit: (off) => `变化前没有任何组合能跟上它。偏差为数值的 ${off}，最多 10%。`,
    too_few_donors: (needed) => `未变化的其他对象太少，需要 ${needed} 个才能说到 5%。`,
    too_few_periods_before: (needed) => `变化前的周期太少，需要 ${needed} 个。`,
    no_controls: () => '没有指定未受变化影响的对象。没有它们就只是前后对比，不能说明效果。',
    too_many_controls: (most) => `指定的对象多于这些周期所能承受，最多 ${most} 个。`,
    no_variation: () => '变化前没有任何变动，无从比较。',
    no_overlap: () => '获得者中超过三成在其他客户里没有相似者。',
    imbalance: () => '即使是最相近的其他客户，也有某项与获得者相差超过 0.1 个标准差。',
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
    counted_once: () => '没有人被重复计数。若有重复（一次展示并不是一个人），区间会偏窄。',
    in_neither: ({ number, units }) => `${number('outside')} ${units}不属于任何一组，未计入。`,
    alike_trend: ({ p, number, passed }) =>
      passed === null
        ? '之前只有一个周期，无法得知走势是否一致。'
        : `获得之前，这些客户与从未获得者走势${passed ? '一致' : '不一致'}（${number('periods')} 项比较，p = ${p}）。`,
    no_anticipation: () => '没有人因为预知而改变行为，也没有人自选日期。',
    came_later: ({ number }) => `${number('later')} 个客户在首日之后才加入，未计入。`,
    balance: ({ text, passed }) => `匹配后最多相差 ${text('worst')} 个标准差${passed ? '。' : '；超过 0.1 就太多了。'}`,
    overlap: ({ number }) => `${number('treated')} 个获得者中有 ${number('matched')} 个能找到相似者。`,
    nothing_unseen: () => '在这些方面相似的客户中，谁获得它如同随机。这只是一种信念：主动选择者可能在未测量的方面有所不同。',
    as_before: () => '属性为当前所知。它们须在此前就是如此，且不受其影响而改变。',
    got_it_afterwards: ({ number }) => `其他客户中有 ${number('afterwards')} 个在统计结果期间才获得，这会使效果显得更小。`,
    number_missing: ({ number }) => `${number('unknown')} 个客户缺少某个数值，未计入。`,
    fit_before: ({ share }) => `变化前其他对象的组合能跟上它：偏差为数值的 ${share('fit')}（均方根）。`,
    foretold_before: ({ share, passed }) =>
      `变化前每期由此前各期与其他对象预测：偏差为数值的 ${share('fit')}（均方根）${passed ? '。' : '；超过 10%，难以给出精确答案。'}`,
    placebos: ({ number, passed }) => `对 ${number('placebos')} 个未变化的对象提出同样的问题${passed ? '。' : '：不足 19 个，说不到 5%。'}`,
    stands_out: ({ number, p, passed }) =>
      `连同自身在 ${number('of')} 个中，其突出程度排第 ${number('rank')}（p = ${p}）${passed ? '。' : '：偶然也会有这么多。'}`,
    without_each: ({ passed }) => (passed ? '去掉任一组成对象，正负不变。' : '去掉某个组成对象后，正负反转。'),
    rehearsal: ({ passed }) =>
      passed === null
        ? '此前的周期太少，无法预演。'
        : `在此前最后三分之一、并无变化的时间内预演，${passed ? '没有发现变化' : '却发现了变化'}。`,
    untouched_others: () => '变化未触及其他对象，事先无人知晓，其他事件对所有对象一视同仁。',
    control_group: () => '没有未获得它的一组，而仅普通波动在五分之一以上的情况下看起来就像效果。',
    registered: ({ text, date, passed }) =>
      text('day') === ''
        ? `目标“${text('goal')}”尚未登记：这是事后提问。`
        : `目标“${text('goal')}”于 ${date('day')} 登记，${passed ? '早于' : '不早于'}上市日。`,
    same_scale: ({ points }) => `目标以占比的 ${points('points')} 个百分点为值得的最小变化。此结果是数值，按为它指定的变化评判。`,
    comparison: ({ text, passed }) =>
      passed
        ? '比较方式与登记的一致。'
        : `登记的是${phrase(text('registered'), goalZh.comparisonPhrases)}，而这里是${phrase(text('asked'), goalZh.comparisonPhrases)}。`,
  },
};
