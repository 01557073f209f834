import { isObject } from './json.ts';
import { flatten, type Reading } from './reading.ts';

/** Fields of the context that say the same as the properties of other clients get their name. null: not kept. */
const names: Record<string, string | null> = {
  'page.path': 'path',
  'page.referrer': 'referrer',
  'page.search': 'search',
  'page.title': 'title',
  'page.url': 'url',
  'campaign.name': 'utm_campaign',
  'library.name': 'library',
  'library.version': 'library_version',
  'app.name': 'app',
  'app.version': 'app_version',
  'app.build': 'app_build',
  'device.type': 'device_type',
  'device.manufacturer': 'device_manufacturer',
  'device.model': 'device_model',
  'os.name': 'os',
  'os.version': 'os_version',
  'screen.width': 'screen_width',
  'screen.height': 'screen_height',
  'location.country': 'country',
  userAgent: 'user_agent',
};

// What names a device or a place too closely, what is read elsewhere, and what no report asks for.
const left = new Set([
  'ip',
  'traits',
  'groupId',
  'device',
  'location',
  'network',
  'userAgentData',
  'integrations',
  'externalIds',
  'protocols',
]);
const plain = new Set(['locale', 'timezone']);

const nameOf = (path: string): string | null => {
  const name = names[path];
  if (name !== undefined) return name;
  const group = path.split('.', 1)[0]!;
  if (left.has(group) || /(^|[._])ip(Address)?$/i.test(path)) return null;
  if (group === 'campaign') return `utm_${path.slice('campaign.'.length)}`;
  return plain.has(path) ? path : `context.${path}`;
};

/** Puts what surrounds a call among its properties, under names that are the same for all clients. Never the address of the caller. */
export const flattenContext = (context: Record<string, unknown>, into: Record<string, string>, reading: Reading): void => {
  for (const key in context) {
    const value = context[key];
    if (isObject(value) && !Object.hasOwn(names, key)) flatten(value, into, reading, (inner) => nameOf(`${key}.${inner}`));
    else flatten({ [key]: value }, into, reading, nameOf);
  }
};
