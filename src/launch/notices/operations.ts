import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import { readEmailKinds, readOwnNotices } from './queries.ts';
import { notice, noticeKind, noticeSettings as settings, type NoticeSettings } from './schema.ts';
import { noticeSettings } from './tables.ts';

/** Notices are a person's; a key has none. */
const memberOf = ({ actor, member }: Context): { id: string; email: string } => {
  if (actor.kind !== 'member' || !member)
    throw new Failure('forbidden', {
      en: 'Only a member has notices. Sign in, or ask with webhooks to be told what happens.',
      zh: '只有成员才有通知。请登录，或用 Webhook 得知发生了什么。',
    });
  return member;
};

const settingsOf = async (context: Context): Promise<NoticeSettings> => {
  const { id, email } = memberOf(context);
  const wants = await context.read((transaction) => readEmailKinds(transaction, id));
  return { emailKinds: [...wants(id)], address: email, mailIsSetUp: Boolean(context.application.config.LANDFALL_SMTP_URL) };
};

export const listNotices = operation({
  summary: 'List what concerned you lately, the newest first, and whether you were told by e-mail',
  method: 'GET',
  path: '/notices',
  who: everyone,
  input: z.object({}),
  output: z.object({ notices: z.array(notice) }),
  run: async (context) => {
    const { id } = memberOf(context);
    return { notices: await context.read((transaction) => readOwnNotices(transaction, id)) };
  },
});

export const getNoticeSettings = operation({
  summary: 'Read what you are told by e-mail',
  method: 'GET',
  path: '/notice-settings',
  who: everyone,
  input: z.object({}),
  output: settings,
  run: settingsOf,
});

export const updateNoticeSettings = operation({
  summary: 'Choose what you are told by e-mail',
  method: 'PUT',
  path: '/notice-settings',
  who: everyone,
  input: z.object({
    emailKinds: z
      .array(noticeKind)
      .max(20)
      .transform((kinds) => [...new Set(kinds)]),
  }),
  output: settings,
  run: async (context, { emailKinds }) => {
    const { id } = memberOf(context);
    const before = await settingsOf(context);
    return context.write('notice setting', async (transaction) => {
      await transaction
        .insert(noticeSettings)
        .values({ workspaceId: context.workspace.id, memberId: id, emailKinds })
        .onConflictDoUpdate({ target: [noticeSettings.workspaceId, noticeSettings.memberId], set: { emailKinds } });
      const result = { ...before, emailKinds };
      return { id, before: before.emailKinds, after: emailKinds, result };
    });
  },
});
