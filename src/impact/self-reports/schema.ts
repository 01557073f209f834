import { z } from 'zod';
import { said } from '../../platform/language.ts';

const name = z.string().trim().min(1).max(200);

/** Where an answer stands: in a property of people, of opportunities, or of an event. */
export const selfReportSource = z
  .object({
    of: z.enum(['person', 'opportunity', 'event']),
    event: name.nullable().default(null).describe('Name of the event; only for events'),
    property: name.describe('Property that holds the answer as it was typed'),
  })
  .refine(({ of, event }) => (of === 'event') === (event !== null), {
    path: ['event'],
    error: said({ en: 'is needed for events, and only for those', zh: '事件需要填写，且仅事件可填' }),
  });
export type SelfReportSource = z.output<typeof selfReportSource>;

export const selfReportRule = z.object({
  words: z
    .array(z.string().trim().toLowerCase().min(1).max(100))
    .min(1)
    .max(50)
    .describe('An answer that holds one of these means the channel'),
  channel: z.string().trim().min(1).max(100),
  program: z.uuid().nullable().default(null).describe('The program that is meant, if the words mean one'),
});
export type SelfReportRule = z.output<typeof selfReportRule>;

export const selfReportSettingFields = z.object({
  sources: z.array(selfReportSource).max(5),
  rules: z.array(selfReportRule).max(200).describe('In order: the first rule that fits an answer holds'),
});

export const selfReportSetting = selfReportSettingFields.extend({
  version: z.int().describe('0 before the first change; send it back with a change'),
});
export type SelfReportSetting = z.output<typeof selfReportSetting>;

const rule = (channel: string, ...words: string[]): SelfReportRule => ({ channel, words, program: null });

/** Where every workspace begins. Search comes last: people write that they googled what somebody had told them. */
export const usualRules: SelfReportRule[] = [
  rule('Word of mouth', 'colleague', 'friend', 'word of mouth', 'recommend', 'referr', 'told me', 'coworker', '同事', '朋友', '推荐'),
  rule('Podcast', 'podcast', 'episode', '播客'),
  rule('Event', 'conference', 'webinar', 'meetup', 'trade show', 'booth', 'event', 'summit', '展会', '研讨会', '活动'),
  rule('Billboard', 'billboard', 'airport', 'subway', 'poster', '广告牌', '地铁'),
  rule('Social', 'linkedin', 'twitter', 'reddit', 'youtube', 'tiktok', 'facebook', 'instagram', '微信', '知乎', '小红书', '抖音'),
  rule('AI assistant', 'chatgpt', 'claude', 'perplexity', 'gemini', 'copilot', 'deepseek', '豆包'),
  rule('Reviews', 'g2', 'capterra', 'review', '测评'),
  rule('E-mail', 'newsletter', 'e-mail', 'email', '邮件'),
  rule('Partner', 'partner', 'integration', 'marketplace', '合作伙伴'),
  rule('Content', 'blog', 'article', 'whitepaper', '文章', '博客'),
  rule('Search', 'google', 'bing', 'search', 'baidu', '百度', '搜索'),
];

const day = z.iso.date().nullable();
const count = z.int();

export const selfReported = z.object({
  channel: z.string(),
  program: z.object({ id: z.uuid(), key: z.string(), name: z.string() }).nullable(),
  answers: count,
  share: z.number().describe('Of all answers, also those that no rule fits'),
  low: z.number().describe('95 % interval (Wilson), as if those who answered were drawn at random'),
  high: z.number(),
  tracked: z
    .array(z.object({ channel: z.string().nullable(), answers: count }))
    .describe('Channel of the first touch on record of those who said so; null where there is no touch'),
});
export type SelfReported = z.output<typeof selfReported>;

export const selfReports = z.object({
  answers: count.describe('One for each person, opportunity or event that holds an answer'),
  firstDay: day,
  lastDay: day,
  undated: count,
  channels: z.array(selfReported),
  unmatched: z.array(z.object({ answer: z.string(), answers: count })).describe('What no rule fits, the most frequent first'),
  unmatchedAnswers: count,
  withoutTouch: count.describe('Answers of those of whom no touch is on record: what tracking cannot see'),
  truncated: z.boolean().describe('There are more different answers than are read'),
});
export type SelfReports = z.output<typeof selfReports>;

export const answerProperty = z.object({ of: z.enum(['person', 'opportunity']), property: z.string(), values: count, different: count });
