import type { silences } from './schema.ts';

type Silence = Exclude<(typeof silences)[number], 'cannot_ask'>;

export const en = {
  lift: {
    title: (met: number, missed: number, all: number) =>
      met + missed === 0
        ? 'What the launch changed cannot be told'
        : `What the launch changed: ${[met > 0 && `${met} met`, missed > 0 && `${missed} missed`, met + missed < all && `${all - met - missed} cannot be told`].filter(Boolean).join(', ')}`,
    subtitle:
      'Against what would have happened anyway; effects with 95% intervals. A goal that is met says that the target was reached, not that the launch was the reason',
    head: { goal: 'Goal', comparison: 'Comparison', effect: 'Effect (95%)', units: 'Compared', verdict: 'Verdict', said: 'What it says' },
    registeredAs: (comparison: string) => `registered: ${comparison}`,
    units: (observed: string, counterfactual: string, unit: string) => `${observed} against ${counterfactual} ${unit}`,
    notYet: 'Not yet',
    more: (shown: string, all: string) => `${shown} of ${all} comparisons are shown.`,
    ask: 'Put a comparison together',
    silence: {
      none: () => 'No comparison was registered, so nothing says what would have happened without the launch.',
      before_after: () => 'Before and after was registered: it describes, and cannot say what the launch changed.',
      not_asked: () => 'This comparison was registered and is not asked yet. Keep it with this goal, and its verdict stands here.',
      not_reached: (day: string) => `The comparison reads to ${day}, later than the last day of this report.`,
    } as Record<Silence, (day: string) => string>,
    cannotAsk: (why: string) => `The comparison could not be asked: ${why}`,
  },
};

export const zh: typeof en = {
  lift: {
    title: (met, missed, all) =>
      met + missed === 0
        ? '无法判断发布带来了什么变化'
        : `发布带来的变化：${[met > 0 && `${met} 项达成`, missed > 0 && `${missed} 项未达成`, met + missed < all && `${all - met - missed} 项无法判断`].filter(Boolean).join('，')}`,
    subtitle: '与“没有它会怎样”比较；效果附 95% 区间。目标达成说明达到了目标值，并不说明原因就是发布',
    head: { goal: '目标', comparison: '比较', effect: '效果（95%）', units: '比较对象', verdict: '判定', said: '结论' },
    registeredAs: (comparison) => `登记的比较：${comparison}`,
    units: (observed, counterfactual, unit) => `${observed} 对 ${counterfactual} ${unit}`,
    notYet: '时间未到',
    more: (shown, all) => `显示 ${all} 项比较中的 ${shown} 项。`,
    ask: '建立比较',
    silence: {
      none: () => '未登记任何比较，因此无法得知没有发布会怎样。',
      before_after: () => '登记的是前后对比：它只作描述，无法说明发布带来了什么。',
      not_asked: () => '已登记该比较，但尚未提问。将其与此目标一起保留，判定就会显示在这里。',
      not_reached: (day) => `该比较读取至 ${day}，晚于本报告的最后一天。`,
    },
    cannotAsk: (why) => `无法进行该比较：${why}`,
  },
};
