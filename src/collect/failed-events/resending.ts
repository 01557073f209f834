import type { Arrival } from '../events/schema.ts';
import { isObject, readJson } from '../events/receiving/json.ts';
import { receivePosthog } from '../events/receiving/posthog.ts';
import { receiveSegment } from '../events/receiving/segment.ts';
import { applyRule } from './fixing.ts';
import type { FailedRow } from './queries.ts';
import type { FixRule } from './schema.ts';

/** A failed event after a rule: the line that arrives, or why it would fail again. */
export type Resent = { id: string; after: string } & ({ line: Partial<Arrival>; reason: null } | { line: null; reason: string });

type Item = Record<string, unknown>;
const written = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) => (each === Infinity || each === -Infinity ? String(each) : each), 2);

const isPosthog = (item: Item): boolean =>
  item.type === undefined &&
  (item.distinct_id !== undefined ||
    item.uuid !== undefined ||
    item.$distinct_id !== undefined ||
    (isObject(item.properties) && item.properties.distinct_id !== undefined));

/** A call that was sent to an address of its own does not say what it is. */
const withType = (item: Item): Item => {
  if (item.type !== undefined) return item;
  const type =
    item.event !== undefined
      ? 'track'
      : item.previousId !== undefined
        ? 'alias'
        : item.groupId !== undefined
          ? 'group'
          : item.traits !== undefined
            ? 'identify'
            : undefined;
  return type ? { ...item, type } : item;
};

/** Whether a rule is for this event. */
export const isFor = ({ reason, event, key }: FixRule, row: FailedRow, item: Item | undefined): boolean =>
  (!reason || row.reason === reason) && (!key || row.key === key) && (!event || item?.event === event || item?.name === event);

export const itemOf = ({ raw }: Pick<FailedRow, 'raw'>): Item | undefined => {
  try {
    const { value } = readJson(Buffer.from(raw));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const receive = (item: Item, row: FailedRow, workspace: string, message: string): Partial<Arrival> => {
  const sender = { workspace, key: row.key, receivedAt: Date.parse(row.receivedAt) };
  const fixed = isPosthog(item) ? { ...item, uuid: message } : { ...withType(item), messageId: message };
  const value = isPosthog(item) ? fixed : { batch: [fixed] };
  const body = { text: JSON.stringify(value), value, isOdd: true };
  const { lines } = isPosthog(item) ? receivePosthog(body, undefined, sender) : receiveSegment(body, 'batch', sender);
  return JSON.parse(lines[0]!) as Partial<Arrival>;
};

/** Sends a failed event through what reads all events, with the message id and the time of its first arrival. */
export const resend = (row: FailedRow, item: Item, rule: FixRule, workspace: string): Resent => {
  const fixed = applyRule(item, rule);
  const after = written(fixed);
  const isNew = rule.steps.some((step) => step.do === 'new_message');
  if (row.reason === 'message_id_conflict' && !isNew) return { id: row.id, after, line: null, reason: row.reason };
  // The same each time, so that a second replay finds the first.
  const message = isNew ? `${row.message.slice(0, 200)}#${row.id}` : row.message;
  const { reason, ...line } = receive(fixed, row, workspace, message);
  return line.kind === 'failed'
    ? { id: row.id, after, line: null, reason: reason ?? 'unknown_type' }
    : { id: row.id, after, line, reason: null };
};
