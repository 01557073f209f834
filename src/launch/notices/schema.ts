import { z } from 'zod';

export const noticeKinds = ['assigned', 'mention', 'sign_off', 'due', 'gate', 'moved', 'announcement'] as const;
export type NoticeKind = (typeof noticeKinds)[number];
export const noticeKind = z.enum(noticeKinds);

/** What is told by e-mail until a member says otherwise. */
export const usualKinds: readonly NoticeKind[] = ['assigned', 'mention', 'sign_off', 'due', 'gate', 'moved'];

const item = z.object({
  title: z.string(),
  launch: z.string(),
  day: z.iso.date(),
  isLate: z.boolean(),
  path: z.string(),
});
export type DueItem = z.output<typeof item>;

/** A part of the list of a roll-out, for a flag tool. */
const assignedList = z.object({
  rollout: z.uuid(),
  part: z.int(),
  parts: z.int(),
  accounts: z.array(z.object({ account: z.string(), sourceId: z.string(), name: z.string(), arm: z.string(), wave: z.int() })),
});

/** What a notice says, to be put into the words of whoever reads it. */
export const noticeContent = z.object({
  kind: z.enum([...noticeKinds, 'test', 'rollout']),
  title: z.string().describe('The thing that it is about'),
  launch: z.object({ key: z.string(), name: z.string() }).nullable(),
  by: z.string().describe('Who did it; empty where nobody did'),
  person: z.string().default('').describe('Whom it concerns'),
  path: z.string().describe('Where it is in Landfall'),
  day: z.iso.date().nullable().default(null),
  before: z.iso.date().nullable().default(null).describe('The market date before it was moved'),
  outcome: z.string().default('').describe('What was decided at a gate'),
  reason: z.string().default(''),
  items: z.array(item).default([]).describe('What is due soon or overdue'),
  list: assignedList.optional(),
});
export type NoticeContent = z.output<typeof noticeContent>;

export const noticeState = z.enum(['waiting', 'sent', 'failed', 'kept']);

export const notice = z.object({
  id: z.uuid(),
  content: noticeContent,
  state: noticeState.describe('"kept": only to be read here'),
  tries: z.int(),
  error: z.string().describe('What went wrong at the last try'),
  createdAt: z.iso.datetime(),
  doneAt: z.iso.datetime().nullable(),
  nextAt: z.iso.datetime().nullable().describe('When it is tried again'),
});
export type Notice = z.output<typeof notice>;

export const noticeSettings = z.object({
  emailKinds: z.array(noticeKind).describe('What is told by e-mail'),
  address: z.string().describe('Where to'),
  mailIsSetUp: z.boolean().describe('Whether this Landfall can send e-mail'),
});
export type NoticeSettings = z.output<typeof noticeSettings>;
