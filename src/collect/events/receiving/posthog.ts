import { Failure } from '../../../platform/failure.ts';
import { onceMark, systemNames } from '../schema.ts';
import { type Fault, type Received, receiveItems, type Sender, type Told } from './arrivals.ts';
import { timeOf } from './clock.ts';
import { accountOfGroups, isAccountType } from './groups.ts';
import { type Body, elementTexts, isObject } from './json.ts';
import { emptyRecord, flatten, idOf, type Reading, textOf } from './reading.ts';

const largestEventBytes = 2 * 1024 ** 2;
const longestName = 512;

type Item = Record<string, unknown>;
type Surrounding = { sentAt: unknown; receivedAt: number };
const objectOf = (value: unknown): Item => (isObject(value) ? value : {});

const renamed: Record<string, string | null> = {
  $current_url: 'url',
  $pathname: 'path',
  $referrer: 'referrer',
  $lib: 'library',
  $lib_version: 'library_version',
  $os: 'os',
  $os_version: 'os_version',
  $browser: 'browser',
  $device_type: 'device_type',
  $device_model: 'device_model',
  $app_version: 'app_version',
  $browser_language: 'locale',
  $timezone: 'timezone',
  $screen_width: 'screen_width',
  $screen_height: 'screen_height',
  $raw_user_agent: 'user_agent',
  $screen_name: 'name',
  // Who it was is said elsewhere, and the address of the caller is not kept.
  token: null,
  distinct_id: null,
  $device_id: null,
  $anon_distinct_id: null,
  $user_id: null,
  $ip: null,
  ip: null,
  $set: null,
  $set_once: null,
  $group_set: null,
  $sent_at: null,
  $time: null,
  time: null,
};
const nameOf = (key: string): string | null => (Object.hasOwn(renamed, key) ? renamed[key]! : key);

/** Whether the id is one that the client made up for a browser. */
const isAnonymous = (id: unknown, { $device_id, $is_identified, $user_state }: Item): boolean =>
  (id != null && id === $device_id) || $is_identified === false || $user_state === 'anonymous';

const traitsOf = (properties: Item, reading: Reading, item: Item) => {
  const traits = emptyRecord();
  // What the browser saw first is said with every event; it describes the visit, not the person.
  flatten(properties.$set_once ?? item.$set_once, traits, reading, (key) => (key.startsWith('$initial_') ? null : `${onceMark}${key}`));
  flatten(properties.$set ?? item.$set, traits, reading);
  return traits;
};

type Who = Pick<Told, 'kind' | 'name'> & Partial<Pick<Told, 'user' | 'anonymous' | 'account' | 'previous' | 'traits'>>;

const readAlias = (id: unknown, properties: Item, reading: Reading): Who | Fault => {
  if (properties.alias == null) return { reason: 'missing_previous', detail: 'It has no alias.' };
  // Called before anybody signed in, the alias is the lasting id.
  const [user, previous] = isAnonymous(id, properties) ? [properties.alias, id] : [id, properties.alias];
  const who = { kind: 'alias', name: systemNames.alias, user: idOf(user, 'user', reading) } as const;
  const old = idOf(previous, 'previous', reading);
  if (old === '' || old !== who.user) return { ...who, previous: old };
  reading.notes.$ignored_previous = old;
  return who;
};

/** Groups of another type than the account's are not accounts: then it is an event like others. */
const isOfAccount = ({ $group_type, $group_key, $groups }: Item): boolean =>
  (typeof $group_type === 'string' && isAccountType($group_type)) || !isObject($groups) || accountOfGroups($groups) === $group_key;

const readGroup = (id: unknown, properties: Item, reading: Reading): Who | Fault => {
  const { $group_type, $group_key, $group_set } = properties;
  if ($group_key == null) return { reason: 'missing_group', detail: 'It has no $group_key.' };
  const traits = emptyRecord();
  flatten($group_set, traits, reading);
  // Without a person, server clients make an id from the group.
  const person = id === `$${textOf($group_type, reading)}_${textOf($group_key, reading)}` ? {} : personOf(id, properties, reading);
  return { kind: 'group', name: systemNames.group, ...person, account: idOf($group_key, 'account', reading), traits };
};

const personOf = (id: unknown, properties: Item, reading: Reading) =>
  isAnonymous(id, properties) ? { anonymous: idOf(id, 'anonymous', reading) } : { user: idOf(id, 'user', reading) };

const readWho = (event: string, id: unknown, item: Item, properties: Item, reading: Reading): Who | Fault => {
  if (event === '$create_alias' || event === '$merge_dangerously') return readAlias(id, properties, reading);
  if (event === '$groupidentify' && isOfAccount(properties)) return readGroup(id, properties, reading);
  const account = idOf(accountOfGroups(properties.$groups), 'account', reading);
  const traits = traitsOf(properties, reading, item);
  if (event === '$identify') {
    const before = properties.$anon_distinct_id ?? (properties.$device_id === id ? undefined : properties.$device_id);
    const anonymous = idOf(before === id ? undefined : before, 'anonymous', reading);
    return { kind: 'identify', name: systemNames.identify, user: idOf(id, 'user', reading), anonymous, account, traits };
  }
  const person = { ...personOf(id, properties, reading), account, traits };
  if (event === '$set') return { kind: 'identify', name: systemNames.identify, ...person };
  if (event === '$pageview') return { kind: 'page', name: systemNames.page, ...person };
  if (event === '$screen') return { kind: 'screen', name: systemNames.screen, ...person };
  return { kind: 'track', name: event, ...person };
};

const momentOf = (item: Item, { sentAt, receivedAt }: Surrounding) => {
  const { timestamp, offset } = item;
  if (timestamp == null && typeof offset === 'number' && Number.isFinite(offset))
    return timeOf({ stated: receivedAt - Math.abs(offset), sentAt: undefined, receivedAt });
  return timeOf({ stated: timestamp, sentAt: item.sent_at ?? sentAt, receivedAt });
};

const readEvent = (item: Item, reading: Reading, around: Surrounding): Told | Fault => {
  const properties = objectOf(item.properties);
  const event = textOf(item.event, reading);
  const id = item.distinct_id ?? item.$distinct_id ?? properties.distinct_id;
  if (event.trim() === '') return { reason: 'missing_event', detail: 'It has no name: "event" is missing.' };
  if (event.length > longestName) return { reason: 'bad_text', detail: `Its name has more than ${longestName} characters.` };
  if (id == null) return { reason: 'missing_identity', detail: 'It has no distinct_id.' };
  const who = readWho(event, id, item, properties, reading);
  if ('reason' in who) return who;
  const flat = emptyRecord();
  flatten(properties, flat, reading, nameOf);
  return { ...who, message: item.uuid ?? properties.$insert_id, moment: momentOf(item, around), properties: flat };
};

/** The events of a request: one, a list, or a list with something around it. */
const partsOf = ({ text, value }: Body): { items: unknown[]; texts: () => string[]; around: Item } => {
  if (Array.isArray(value)) return { items: value, texts: () => elementTexts(text), around: {} };
  if (!isObject(value)) throw new Failure('invalid', 'The body is neither an event nor a list of events.');
  for (const name of ['batch', 'data']) {
    const list = value[name];
    if (Array.isArray(list)) return { items: list, texts: () => elementTexts(text, name), around: value };
  }
  return { items: [value], texts: () => [text], around: value };
};

/** Reads a request as PostHog's clients send it. */
export const receivePosthog = (body: Body, sentAt: unknown, sender: Sender): Received => {
  const { items, texts, around } = partsOf(body);
  if (items.length === 0) throw new Failure('invalid', 'There is no event in it.');
  // Old events that are moved over keep their time.
  const sent = around.historical_migration === true ? undefined : (around.sent_at ?? sentAt);
  const surrounding = { sentAt: sent, receivedAt: sender.receivedAt };
  return receiveItems(
    { body, items, texts, largestBytes: largestEventBytes, read: (item, reading) => readEvent(item, reading, surrounding) },
    sender,
  );
};

const tokenOf = (value: unknown): unknown =>
  isObject(value) ? (value.api_key ?? value.token ?? objectOf(value.properties).token) : undefined;

/** The key that a request of PostHog's clients carries; all of its events must carry the same. */
export const posthogToken = (body: Body): string | undefined => {
  const { items, around } = partsOf(body);
  const tokens = new Set([tokenOf(around), ...items.map(tokenOf)].filter((each) => each !== undefined && each !== null));
  if (tokens.size > 1) throw new Failure('unauthenticated', 'The events carry several keys. Send the events of each key on their own.');
  const [token] = tokens;
  return typeof token === 'string' ? token : undefined;
};
