import type { NoticeContent } from './schema.ts';

/** Dates come written. */
type Written = NoticeContent & { written: { day: string; before: string } };

const place = ({ launch, title }: NoticeContent) => (launch ? `“${title}” (${launch.name})` : `“${title}”`);
const outcomes: Record<string, string> = { go: 'go', go_with_followups: 'go with follow-ups', hold: 'hold', no_go: 'no-go' };
const outcomesZh: Record<string, string> = { go: '通过', go_with_followups: '通过，附后续事项', hold: '暂缓', no_go: '不通过' };
const stagesZh: Record<string, string> = { concept: '概念', alpha: '内测', beta: '公测', ga: '正式发布' };

export const en = {
  title: 'Notices',
  settings: 'Settings',
  reading: 'Reading your notices',
  head: (mail: boolean, kinds: number, address: string) =>
    !mail
      ? 'This Landfall sends no e-mail; what concerns you is listed here.'
      : kinds === 0
        ? 'You are told nothing by e-mail; what concerns you is listed here.'
        : `You are told by e-mail at ${address}.`,
  setUp: 'Whoever runs this Landfall sets up e-mail with LANDFALL_SMTP_URL and LANDFALL_MAIL_FROM.',
  choose: 'By e-mail',
  chooseNote: 'What you do yourself is never told to you.',
  kinds: {
    assigned: 'Something is yours now',
    mention: 'You are mentioned in the brief of a launch',
    sign_off: 'You are asked to sign or to look',
    due: 'What is due in two days or overdue, once a day from 7:00',
    gate: 'A gate of a launch you have a part in is decided',
    moved: 'The market date of a launch you have a part in moves',
    announcement: 'An announcement is published',
  },
  save: 'Save',
  saved: 'Your notices are saved.',
  list: 'What concerned you',
  listNote: 'The last 100, kept for 90 days.',
  empty: 'Nothing has concerned you yet.',
  what: 'What',
  when: 'When',
  mail: 'State',
  states: { waiting: 'Waits', sent: 'Sent', failed: 'Given up', kept: 'Only here' },
  tries: (count: number, error: string) => `${count} ${count === 1 ? 'try' : 'tries'}: ${error}`,
  open: 'Open',
  /** One sentence. */
  sentence: (content: Written): string => {
    const { kind, by, person, written, outcome, title, launch, items } = content;
    if (kind === 'assigned' && items.length > 0) return `${by} gave ${items.length} things of ${launch?.name} to ${person}.`;
    if (kind === 'assigned') return `${by} gave ${place(content)} to ${person}${written.day ? `, due ${written.day}` : ''}.`;
    if (kind === 'mention') return `${by} mentioned ${person} in the brief of ${launch?.name}.`;
    if (kind === 'sign_off')
      return `${by} asks for a signature or a look at ${place(content)}${written.day ? `, due ${written.day}` : ''}.`;
    if (kind === 'due') return `${items.length} ${items.length === 1 ? 'thing is' : 'things are'} due by ${written.day} or overdue.`;
    if (kind === 'gate') return `${by} decided “${outcomes[outcome] ?? outcome}” at the ${title} gate of ${launch?.name}.`;
    if (kind === 'moved') return `${by} moved the market date of ${launch?.name} from ${written.before} to ${written.day}.`;
    if (kind === 'announcement') return `${place(content)} is announced.`;
    if (kind === 'rollout') return `${by} sent the list of the roll-out “${title}”.`;
    return `This is a test from Landfall, sent by ${by}.`;
  },
  item: (title: string, launch: string, day: string, isLate: boolean) => `${isLate ? 'Overdue' : 'Due'} ${day}: ${title} (${launch})`,
  foot: (address: string) => `You get this from Landfall. Choose what you are told: ${address}`,
};

export const zh: typeof en = {
  title: '通知',
  settings: '设置',
  reading: '正在读取通知',
  head: (mail, kinds, address) =>
    !mail
      ? '此 Landfall 不发送邮件，与你有关的事项列在这里。'
      : kinds === 0
        ? '你不接收邮件通知，与你有关的事项列在这里。'
        : `邮件通知发送至 ${address}。`,
  setUp: '由运行此 Landfall 的人通过 LANDFALL_SMTP_URL 与 LANDFALL_MAIL_FROM 设置邮件。',
  choose: '邮件通知',
  chooseNote: '你自己的操作不会通知你。',
  kinds: {
    assigned: '有事项交给你',
    mention: '发布简报中提到你',
    sign_off: '请你签署或查看',
    due: '两天内到期或已逾期的事项，每天 7:00 起一次',
    gate: '你参与的发布的关卡有了决定',
    moved: '你参与的发布的上市日期改变',
    announcement: '有公告公开',
  },
  save: '保存',
  saved: '通知设置已保存。',
  list: '与你有关的事项',
  listNote: '最近 100 条，保留 90 天。',
  empty: '还没有与你有关的事项。',
  what: '内容',
  when: '时间',
  mail: '状态',
  states: { waiting: '等待中', sent: '已发送', failed: '已放弃', kept: '仅此处' },
  tries: (count, error) => `已试 ${count} 次：${error}`,
  open: '打开',
  sentence: (content) => {
    const { kind, by, person, written, outcome, title, launch, items } = content;
    if (kind === 'assigned' && items.length > 0) return `${by}将${launch?.name}的 ${items.length} 项交给${person}。`;
    if (kind === 'assigned') return `${by}将${place(content)}交给${person}${written.day ? `，截止 ${written.day}` : ''}。`;
    if (kind === 'mention') return `${by}在${launch?.name}的简报中提到${person}。`;
    if (kind === 'sign_off') return `${by}请求签署或查看${place(content)}${written.day ? `，截止 ${written.day}` : ''}。`;
    if (kind === 'due') return `${items.length} 项将于 ${written.day} 前到期或已逾期。`;
    if (kind === 'gate') return `${by}在${launch?.name}的${stagesZh[title] ?? title}关卡决定：${outcomesZh[outcome] ?? outcome}。`;
    if (kind === 'moved') return `${by}将${launch?.name}的上市日期从 ${written.before} 改为 ${written.day}。`;
    if (kind === 'announcement') return `${place(content)}已公告。`;
    if (kind === 'rollout') return `${by}发送了分批发布“${title}”的名单。`;
    return `这是 Landfall 的测试，由${by}发送。`;
  },
  item: (title, launch, day, isLate) => `${isLate ? '逾期' : '到期'} ${day}：${title}（${launch}）`,
  foot: (address) => `此邮件来自 Landfall。选择接收哪些通知：${address}`,
};
