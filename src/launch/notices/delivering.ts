import { and, asc, eq, lte } from 'drizzle-orm';
import { createTransport, type Transporter } from 'nodemailer';
import type { Application, Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { readMembers } from '../../workspace/members/queries.ts';
import { members } from '../../workspace/members/tables.ts';
import { sendWebhook } from '../webhooks/sending.ts';
import { webhooks } from '../webhooks/tables.ts';
import type { NoticeRow } from './queries.ts';
import { renderBody, renderMail } from './rendering.ts';
import { notices } from './tables.ts';

/** How long after each try the next one comes; after the last, it is given up. */
const pausesMinutes = [1, 5, 30, 120, 360, 720, 1440];
const mostAtOnce = 50;
const sideBySide = 5;
const mailPatience = 15_000;

const mailers = new WeakMap<object, Transporter>();

const mailerOf = ({ config }: Application): Transporter => {
  const found = mailers.get(config);
  if (found) return found;
  if (!config.LANDFALL_SMTP_URL)
    throw new Failure('unavailable', {
      en: 'This Landfall sends no e-mail: LANDFALL_SMTP_URL is not set.',
      zh: '此 Landfall 不发送邮件：未设置 LANDFALL_SMTP_URL。',
    });
  const waits = { connectionTimeout: mailPatience, greetingTimeout: mailPatience, socketTimeout: mailPatience };
  const mailer = createTransport({ url: config.LANDFALL_SMTP_URL, ...waits });
  mailers.set(config, mailer);
  return mailer;
};

/** Thrown for what no further try would change. */
const hopeless = (message: string) => new Failure('invalid', message);

const mail = async (context: Context, row: NoticeRow, memberId: string): Promise<void> => {
  const { application, workspace, publicUrl } = context;
  const to = await context.read(async (transaction) => {
    const member = (await readMembers(transaction)).find(({ id, disabledAt }) => id === memberId && !disabledAt);
    const [own] = await transaction.select({ locale: members.locale }).from(members).where(eq(members.id, memberId));
    return member && { email: member.email, locale: own?.locale === 'zh' ? ('zh' as const) : ('en' as const) };
  });
  if (!to) throw hopeless('They are no longer a member of this workspace.');
  const { subject, text } = renderMail(row.content, { locale: to.locale, timeZone: workspace.timeZone, publicUrl });
  await mailerOf(application).sendMail({
    from: application.config.LANDFALL_MAIL_FROM,
    to: to.email,
    subject,
    text,
    // The same at every try, so that a mailbox that had it already shows it once.
    messageId: `<${row.id}@${new URL(publicUrl).hostname}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
};

/** The newest first; the one before it as well while its time has not run out. */
const secretsOf = ({ secret, earlierSecret, earlierSecretUntil }: typeof webhooks.$inferSelect, now: Date): string[] =>
  earlierSecret && earlierSecretUntil && earlierSecretUntil > now ? [secret, earlierSecret] : [secret];

const call = async (context: Context, row: NoticeRow, webhookId: string): Promise<void> => {
  const { application, workspace, publicUrl } = context;
  const [hook] = await context.read((transaction) => transaction.select().from(webhooks).where(eq(webhooks.id, webhookId)));
  if (!hook || hook.deletedAt) throw hopeless('The webhook is deleted.');
  if (hook.disabledAt && row.kind !== 'test') throw hopeless('The webhook is off.');
  const message = { id: row.id, content: row.content, at: row.createdAt, workspace: { id: workspace.id, name: workspace.name } };
  const { status, said } = await sendWebhook({
    id: row.id,
    url: hook.url,
    secrets: secretsOf(hook, context.now()),
    body: renderBody(hook.format, message, { locale: hook.locale, timeZone: workspace.timeZone, publicUrl }),
    at: context.now(),
    allowPrivate: application.config.LANDFALL_WEBHOOK_PRIVATE,
  });
  if (status >= 200 && status < 300) return;
  if (status === 410) {
    const set = { disabledAt: context.now(), disabledReason: 'It answered 410 Gone.' };
    await context.read((transaction) => transaction.update(webhooks).set(set).where(eq(webhooks.id, webhookId)));
    throw hopeless('It answered 410 Gone, so the webhook was turned off.');
  }
  throw new Error(`It answered ${status}${said ? `: ${said}` : ''}`);
};

type Outcome = Pick<NoticeRow, 'state' | 'lastError' | 'nextAt' | 'doneAt'>;

const failed = (error: unknown, tries: number, now: Date, again: boolean): Outcome => {
  const lastError = (error instanceof Error ? error.message || error.name : String(error)).slice(0, 500);
  const minutes = pausesMinutes[tries - 1];
  if (!again || error instanceof Failure || minutes === undefined) return { state: 'failed', lastError, nextAt: null, doneAt: now };
  return { state: 'waiting', lastError, nextAt: new Date(now.getTime() + minutes * 60_000), doneAt: null };
};

/** Sends one notice and notes what became of it. */
export const deliverNow = async (context: Context, row: NoticeRow, { again = true } = {}): Promise<NoticeRow> => {
  const tries = row.tries + 1;
  const outcome = await (row.webhookId ? call(context, row, row.webhookId) : mail(context, row, row.memberId!)).then(
    (): Outcome => ({ state: 'sent', lastError: '', nextAt: null, doneAt: context.now() }),
    (error: unknown) => failed(error, tries, context.now(), again),
  );
  const [changed] = await context.read((transaction) =>
    transaction
      .update(notices)
      .set({ ...outcome, tries })
      .where(eq(notices.id, row.id))
      .returning(),
  );
  return changed ?? { ...row, ...outcome, tries };
};

/** Sends what waits; a crash between sending and noting sends once more, under the same id. */
export const deliverNotices = async (context: Context, signal?: AbortSignal): Promise<void> => {
  const rows = await context.read((transaction) =>
    transaction
      .select()
      .from(notices)
      .where(and(eq(notices.state, 'waiting'), lte(notices.nextAt, context.now())))
      .orderBy(asc(notices.nextAt), asc(notices.id))
      .limit(mostAtOnce),
  );
  for (let from = 0; from < rows.length && !signal?.aborted; from += sideBySide)
    await Promise.all(rows.slice(from, from + sideBySide).map((row) => deliverNow(context, row)));
};
