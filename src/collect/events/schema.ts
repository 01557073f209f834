import { z } from 'zod';

/** What a client can say. Each accepted call is one event, so that each is counted once and can be found again. */
export const callKinds = ['track', 'page', 'screen', 'identify', 'group', 'alias'] as const;
export type CallKind = (typeof callKinds)[number];

/** Names of the events that are not named by the client. */
export const systemNames = { page: '$page', screen: '$screen', identify: '$identify', group: '$group', alias: '$alias' } as const;

/** Before the name of a trait that counts only where nothing else is said of it: of several the first. */
export const onceMark = '$set_once.';

/** Why a call was kept as a failed event instead of being stored. */
export const failureReasons = [
  'too_large',
  'not_an_object',
  'unknown_type',
  'missing_event',
  'missing_identity',
  'missing_group',
  'missing_previous',
  'bad_text',
  'bad_number',
  'too_deep',
  'too_many_properties',
  'message_id_conflict',
  'refused_by_store',
  'erased',
] as const;
export type FailureReason = (typeof failureReasons)[number];

/**
 * One line of the spool, and one row of the table `arrival`: what a client sent, cleaned, its clock corrected. Empty fields may be
 * left out. `receipt` is its place in its chunk, a chunk is one file of the spool.
 */
export type Arrival = {
  workspace: string;
  /** Id of the write key it came with. */
  key: string;
  chunk: number;
  receipt: number;
  /** UTC, as `2026-06-01 12:00:00.000`. */
  received_at: string;
  kind: CallKind | 'failed';
  /** The client's message id, or one made here. */
  message: string;
  name: string;
  /** When it happened, by our clock; same form as received_at. */
  at: string;
  /** Why `at` is not what the client said: '' when it is. */
  clock: '' | 'corrected' | 'future' | 'past' | 'missing';
  /** Id of the person in the product; '' when unknown or not an id (such as "null"). */
  user: string;
  anonymous: string;
  /** Id of the account in the product (Segment's groupId, PostHog's $groups). */
  account: string;
  /** alias: the id that was used until now. */
  previous: string;
  /** Nested values are flattened with dots; lists stay JSON. */
  properties: Record<string, string>;
  /** identify: of the person. group: of the account. */
  traits: Record<string, string>;
  reason: FailureReason | '';
  detail: string;
  /** Of failed events: what was sent, as it was sent. */
  raw: string;
};

export const namedEvent = z.object({
  name: z.string(),
  events: z.int().describe('How many were received'),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
});
export type NamedEvent = z.output<typeof namedEvent>;

export const eventProperty = z.object({
  name: z.string(),
  kind: z.enum(['text', 'number']),
  events: z.int().describe('How many of the newest events carry it'),
  distinct: z.int().describe('How many different values they carry'),
  values: z.array(z.string()).describe('The most frequent values, the most frequent first'),
});
export type EventProperty = z.output<typeof eventProperty>;
