import type { Arrival, CallKind } from '../schema.ts';
import type { Received } from './arrivals.ts';
import { readJson } from './json.ts';
import { receivePosthog } from './posthog.ts';
import { receiveSegment } from './segment.ts';

export const receivedAt = Date.UTC(2026, 5, 1, 12);
const sender = { workspace: 'w', key: 'k', receivedAt };

const opened = ({ lines, failed }: Received) => ({ failed, arrivals: lines.map((line) => JSON.parse(line) as Arrival) });
const bodyOf = (sent: unknown) => readJson(Buffer.from(typeof sent === 'string' ? sent : JSON.stringify(sent)));

/** What becomes of a request to Segment's API, given as an object or as the text that is sent. */
export const segment = (sent: unknown, call: CallKind | 'batch' = 'batch') => opened(receiveSegment(bodyOf(sent), call, sender));
export const posthog = (sent: unknown, sentAt?: unknown) => opened(receivePosthog(bodyOf(sent), sentAt, sender));

export const track = (more: object = {}) => ({ type: 'track', event: 'Exported', userId: 'u1', ...more });
export const one = (call: object, kind?: CallKind) => segment(call, kind ?? 'track').arrivals[0]!;
export const onePosthog = (event: object) => posthog({ event: 'Exported', distinct_id: 'u1', ...event }).arrivals[0]!;
