import { Failure } from '../../../platform/failure.ts';
import { type CallKind, callKinds, systemNames } from '../schema.ts';
import { type Fault, type Received, receiveItems, type Sender, type Told } from './arrivals.ts';
import { timeOf } from './clock.ts';
import { accountOfGroups } from './groups.ts';
import { type Body, elementTexts, isObject } from './json.ts';
import { emptyRecord, flatten, idOf, type Reading, textOf } from './reading.ts';
import { flattenContext } from './segment-context.ts';

const largestEventBytes = 32_768;
const mostEvents = 2500;
const longestName = 512;

/** What stands after /v1/ in an address; the browser's client shortens it to a letter. */
export const segmentCalls: Record<string, CallKind | 'batch'> = {
  track: 'track',
  t: 'track',
  page: 'page',
  p: 'page',
  screen: 'screen',
  s: 'screen',
  identify: 'identify',
  i: 'identify',
  group: 'group',
  g: 'group',
  alias: 'alias',
  a: 'alias',
  batch: 'batch',
  b: 'batch',
  import: 'batch',
};

type Item = Record<string, unknown>;
type Surrounding = { call?: CallKind; context: Item; sentAt: unknown; receivedAt: number };
const objectOf = (value: unknown): Item => (isObject(value) ? value : {});

const propertiesOf = (item: Item, context: Item, reading: Reading) => {
  const properties = emptyRecord();
  flattenContext(context, properties, reading);
  for (const name of ['name', 'category'] as const)
    if (item[name] != null && item.event === undefined) properties[name] = textOf(item[name], reading);
  flatten(item.properties, properties, reading);
  return properties;
};

const kindOf = (item: Item, call: CallKind | undefined): CallKind | undefined =>
  call ?? callKinds.find((each) => typeof item.type === 'string' && each === item.type.toLowerCase());

const accountOf = (kind: CallKind, item: Item, context: Item, reading: Reading) => {
  const groups = accountOfGroups(objectOf(item.properties).$groups);
  return idOf(item.groupId ?? (kind === 'group' ? undefined : (context.groupId ?? groups)), 'account', reading);
};

const previousOf = (item: Item, user: string, reading: Reading) => {
  const previous = idOf(item.previousId ?? item.anonymousId, 'previous', reading);
  if (previous === '' || previous !== user) return previous;
  // The browser's client names the old id twice when it was identified before: that says nothing.
  reading.notes.$ignored_previous = previous;
  return '';
};

const missing = (kind: CallKind, item: Item): Fault | undefined => {
  if (item.userId == null && (item.anonymousId == null || kind === 'alias'))
    return { reason: 'missing_identity', detail: kind === 'alias' ? 'It has no userId.' : 'It has neither userId nor anonymousId.' };
  if (kind === 'group' && item.groupId == null) return { reason: 'missing_group', detail: 'It has no groupId.' };
  if (kind === 'alias' && item.previousId == null && item.anonymousId == null)
    return { reason: 'missing_previous', detail: 'It has no previousId.' };
  return undefined;
};

const readCall = (item: Item, reading: Reading, around: Surrounding): Told | Fault => {
  const kind = kindOf(item, around.call);
  if (!kind) return { reason: 'unknown_type', detail: `Its type is none of ${callKinds.join(', ')}.` };
  const name = kind === 'track' ? textOf(item.event, reading) : systemNames[kind];
  if (name.trim() === '') return { reason: 'missing_event', detail: 'It has no name: "event" is missing.' };
  if (name.length > longestName) return { reason: 'bad_text', detail: `Its name has more than ${longestName} characters.` };
  const fault = missing(kind, item);
  if (fault) return fault;
  const context = isObject(item.context) ? { ...around.context, ...item.context } : around.context;
  const user = idOf(item.userId, 'user', reading);
  const traits = emptyRecord();
  if (kind === 'identify' || kind === 'group') flatten(item.traits ?? (kind === 'identify' ? context.traits : undefined), traits, reading);
  return {
    kind,
    name,
    message: item.messageId,
    moment: timeOf({
      stated: item.originalTimestamp ?? item.timestamp,
      sentAt: item.sentAt ?? around.sentAt,
      receivedAt: around.receivedAt,
    }),
    user,
    anonymous: kind === 'alias' ? '' : idOf(item.anonymousId, 'anonymous', reading),
    account: accountOf(kind, item, context, reading),
    previous: kind === 'alias' ? previousOf(item, user, reading) : '',
    properties: propertiesOf(item, context, reading),
    traits,
  };
};

/** Reads a request of Segment's HTTP API, which RudderStack's clients speak as well. */
export const receiveSegment = (body: Body, call: CallKind | 'batch', sender: Sender): Received => {
  const { value } = body;
  if (!isObject(value)) throw new Failure('invalid', 'The body is not an object. Send one call, or a batch as {"batch": [...]}.');
  const around = { context: objectOf(value.context), sentAt: value.sentAt, receivedAt: sender.receivedAt };
  const read = (one: Surrounding) => (item: Item, reading: Reading) => readCall(item, reading, one);
  const common = { body, largestBytes: largestEventBytes };
  if (call !== 'batch')
    return receiveItems({ ...common, items: [value], texts: () => [body.text], read: read({ ...around, call, context: {} }) }, sender);
  const { batch } = value;
  if (!Array.isArray(batch)) throw new Failure('invalid', '"batch" is missing or not a list.');
  if (batch.length > mostEvents)
    throw new Failure('invalid', `A batch has at most ${mostEvents} events; this one has ${batch.length}. Send less at once.`);
  return receiveItems({ ...common, items: batch, texts: () => elementTexts(body.text, 'batch'), read: read(around) }, sender);
};
