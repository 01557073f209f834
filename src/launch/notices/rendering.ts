import { makeFormat } from '../../web/kit/format.ts';
import type { WebhookFormat } from '../webhooks/schema.ts';
import { en, zh } from './messages.ts';
import type { NoticeContent } from './schema.ts';

export type Reader = { locale: 'en' | 'zh'; timeZone: string; publicUrl: string };

const wordsOf = (locale: 'en' | 'zh') => (locale === 'zh' ? zh : en);

/** What a notice says, in plain text: a sentence, then one line for each item, the reason, and where it is. */
export const renderText = (content: NoticeContent, { locale, timeZone, publicUrl }: Reader): { subject: string; lines: string[] } => {
  const words = wordsOf(locale);
  const format = makeFormat({ locale, timeZone, currency: 'USD' });
  const day = (value: string | null) => (value ? format.date(value, { year: true }) : '');
  const subject = words.sentence({ ...content, written: { day: day(content.day), before: day(content.before) } });
  const items = content.items.map((each) => words.item(each.title, each.launch, day(each.day), each.isLate));
  return { subject, lines: [subject, ...items, ...(content.reason ? [content.reason] : []), `${publicUrl}${content.path}`] };
};

export const renderMail = (content: NoticeContent, reader: Reader): { subject: string; text: string } => {
  const { subject, lines } = renderText(content, reader);
  const foot = wordsOf(reader.locale).foot(`${reader.publicUrl}/settings/notices`);
  return { subject: subject.slice(0, 200), text: `${lines.join('\n\n')}\n\n-- \n${foot}\n` };
};

/** In the messages of Slack, these three would make links and mentions. */
const forSlack = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

type Message = { id: string; content: NoticeContent; at: Date; workspace: { id: string; name: string } };

/** The body of a webhook in the form that its receiver takes. */
export const renderBody = (format: WebhookFormat, { content, at, workspace }: Message, reader: Reader): string => {
  const { lines } = renderText(content, reader);
  if (format === 'slack') return JSON.stringify({ text: forSlack(lines.join('\n')) });
  if (format === 'teams') {
    const body = lines.map((text) => ({ type: 'TextBlock', text, wrap: true }));
    const card = { $schema: 'http://adaptivecards.io/schemas/adaptive-card.json', type: 'AdaptiveCard', version: '1.4', body };
    return JSON.stringify({ type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }] });
  }
  const { kind, path, ...rest } = content;
  const data = { ...rest, workspace, text: lines[0], url: `${reader.publicUrl}${path}` };
  return JSON.stringify({ type: `notice.${kind}`, timestamp: at.toISOString(), data });
};
