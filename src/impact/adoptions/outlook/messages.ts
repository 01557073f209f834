export const en = {
  title: 'How adoption may go on',
  reading: 'Fitting the curve',
  weeks: 'Weeks ahead',
  chart: (unit: string) => `Eligible ${unit} that have adopted, by week`,
  measure: (unit: string) => `${unit} that have adopted`,
  told: (value: string, interval: string, unit: string, of: string, day: string) =>
    `About **${value}** (${interval}) of ${of} eligible ${unit} will have adopted by ${day}`,
  market: (market: string, interval: string, peak: string) =>
    `The curve ends at ${market} (${interval}); the most adopted in week ${peak}.`,
  base: (of: string, unit: string, weeks: string) =>
    `${weeks} whole weeks, ${of} eligible ${unit} of today; nobody beyond them is foretold.`,
};

export const zh: typeof en = {
  title: '采用的前景',
  reading: '正在拟合曲线',
  weeks: '预测周数',
  chart: (unit) => `符合条件的${unit}中已采用的数量（按周）`,
  measure: (unit) => `已采用的${unit}`,
  told: (value, interval, unit, of, day) => `预计到${day}，${of} 个符合条件的${unit}中约 **${value}**（${interval}）已采用`,
  market: (market, interval, peak) => `曲线止于 ${market}（${interval}）；采用最多的是第 ${peak} 周。`,
  base: (of, unit, weeks) => `${weeks} 个整周，目前符合条件的${unit} ${of} 个；预测不会超出这一范围。`,
};
