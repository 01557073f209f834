export const en = {
  title: 'What waits for me',
  reading: 'Looking what waits for you',
  head: (count: number, late: number) =>
    count === 0
      ? 'Nothing waits for you.'
      : late === 0
        ? `${count === 1 ? 'One thing waits' : `${count} things wait`} for you, none is late.`
        : `${count === 1 ? 'One thing waits' : `${count} things wait`} for you, **${late} ${late === 1 ? 'is' : 'are'} late**.`,
  empty: 'When you own a deliverable, are asked for a signature, or a gate waits for you, it stands here with its day.',
  what: 'What',
  kind: 'Asked of you',
  launch: 'Launch',
  due: 'Due',
  owner: 'Belonged to',
  kinds: {
    deliver: 'Make it',
    sign: 'Sign it',
    review: 'Review it',
    criterion: 'Gate criterion',
    follow_up: 'Follow-up',
    approve_tier: 'Approve the tier',
    run_step: 'Launch day',
  },
  signFor: (fn: string) => `Sign for ${fn}`,
  approveFor: (fn: string) => `Approve for ${fn}`,
  tier: (tier: string) => `Tier ${tier}`,
  ownerless: 'Without an owner',
  ownerlessSub: 'They belonged to somebody who is no longer here. Give them to somebody else.',
  needOwner: (count: number) => (count === 1 ? 'One thing needs another owner.' : `${count} things need another owner.`),
  belongedTo: (name: string) => `: ${name}`,
  between: '; ',
  andMore: (count: number) => `; and ${count} more.`,
  end: '.',
};

export const zh: typeof en = {
  title: '我的待办',
  reading: '正在查看你的待办',
  head: (count, late) =>
    count === 0 ? '没有待办。' : late === 0 ? `你有 ${count} 项待办，无逾期。` : `你有 ${count} 项待办，**${late} 项已逾期**。`,
  empty: '当你负责某项物料、被要求签字或有关卡等你时，会连同日期显示在这里。',
  what: '事项',
  kind: '需要你',
  launch: '发布',
  due: '截止',
  owner: '原负责人',
  kinds: {
    deliver: '制作',
    sign: '签字',
    review: '审阅',
    criterion: '关卡标准',
    follow_up: '后续事项',
    approve_tier: '批准分级',
    run_step: '发布日',
  },
  signFor: (fn) => `代表${fn}签字`,
  approveFor: (fn) => `代表${fn}批准`,
  tier: (tier) => `${tier} 级`,
  ownerless: '无负责人',
  ownerlessSub: '原负责人已离开，请指派给其他人。',
  needOwner: (count) => `有 ${count} 项需要新的负责人。`,
  belongedTo: (name) => `：${name}`,
  between: '；',
  andMore: (count) => `；另有 ${count} 项。`,
  end: '。',
};
