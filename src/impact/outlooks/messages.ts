import type { OutlookState } from './schema.ts';

type Reasons = Record<Exclude<OutlookState, 'told'>, (units: string, periods: string, needed: string) => string>;

const reasonsEn: Reasons = {
  no_observations: () => 'Cannot tell: nobody has adopted yet.',
  too_few_periods: (units, periods, needed) => `Cannot tell yet: ${periods} ${units} are known, ${needed} are needed.`,
  too_many_periods: (units, periods) => `Cannot tell from ${periods} ${units}: 400 are the most. Import the figures by week or by month.`,
  falling: () =>
    "Cannot tell: less than nine tenths of the most are left, and Bass's curve knows only growth. Ask for the outlook of what takes its place.",
  peak_not_seen: (units) =>
    `Cannot tell yet: the most new adopters do not lie clearly behind, and before that nothing says how large the market is. Ask again when growth has slowed for some ${units}.`,
  market_not_identified: (units) =>
    `Cannot tell yet: the limits of the market lie more than four times apart. More ${units} bring them together.`,
  not_s_shaped: () =>
    "Cannot tell: it did not grow along Bass's curve. There are more than the curve's whole market, as after growth in jumps; a ceiling may help.",
  not_converged: (units) => `Cannot tell: no curve could be fitted. More ${units}, or figures that vary, may help.`,
  beginning_not_seen: () =>
    'Cannot tell: it was there when the metric was first measured, so its launch was not seen. Import earlier figures.',
  gaps: (units) => `Cannot tell: ${units} are missing in between. Import them, or a ceiling that covers all of them.`,
  irregular: () => 'Cannot tell: the figures do not lie evenly apart. Import them by day, week, month, quarter or year.',
  own_days: () =>
    'Cannot tell: each account is counted from a day of its own, so there is no common course. Count from the market date of a launch, or from a day.',
};

const reasonsZh: Reasons = {
  no_observations: () => '无法判断：还没有人采用。',
  too_few_periods: (units, periods, needed) => `暂时无法判断：已知 ${periods} ${units}，至少需要 ${needed} ${units}。`,
  too_many_periods: (units, periods) => `${periods} ${units}过多，无法判断：最多 400。请按周或按月导入。`,
  falling: () => '无法判断：已不足最高值的九成，而 Bass 曲线只描述增长。请改看取代它的对象。',
  peak_not_seen: (units) => `暂时无法判断：新增采用的高峰尚未明显过去，在此之前无法得知市场有多大。增长放缓若干${units}后再看。`,
  market_not_identified: (units) => `暂时无法判断：市场规模的上下限相差四倍以上。更多${units}的数据会使其收窄。`,
  not_s_shaped: () => '无法判断：增长不符合 Bass 曲线。现有数量已超过曲线的全部市场（例如跳跃式增长）；设定上限或许有帮助。',
  not_converged: (units) => `无法判断：无法拟合曲线。更多${units}的数据，或有变化的数字，或许有帮助。`,
  beginning_not_seen: () => '无法判断：指标开始测量时它已存在，因此未见其发布。请导入更早的数字。',
  gaps: (units) => `无法判断：中间缺少若干${units}的数据。请补充导入，或选择覆盖全部时段的上限。`,
  irregular: () => '无法判断：数字的时间间隔不均匀。请按日、周、月、季度或年导入。',
  own_days: () => '无法判断：各客户从各自的日期起算，没有共同的进程。请从发布的上市日或某一天起算。',
};

export const en = {
  reasons: reasonsEn,
  units: { day: 'days', week: 'weeks', month: 'months', quarter: 'quarters', year: 'years' },
  fitted: "Bass's curve",
  band: "The band is 95% of what Bass's curve, its doubt and the noise to come allow; that it is the right curve is assumed.",
};

export const zh: typeof en = {
  reasons: reasonsZh,
  units: { day: '天', week: '周', month: '个月', quarter: '个季度', year: '年' },
  fitted: 'Bass 曲线',
  band: '阴影为 Bass 曲线、其不确定性及未来波动所允许的 95% 范围；曲线形状本身属于假设。',
};
