import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Failure } from '../../platform/failure.ts';

// Apart, since a list takes an IPv4 address for one of IPv6 too.
const notPublic = new BlockList();
const notPublicV6 = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  notPublic.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 3], // all below 2000::, with the loopback and every way to write an IPv4 address
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['4000::', 2],
  ['8000::', 1],
] as const)
  notPublicV6.addSubnet(network, prefix, 'ipv6');

/** Whether an address is one of the public internet. */
export const isPublicAddress = (address: string): boolean => {
  const family = isIP(address);
  return family === 6 ? !notPublicV6.check(address, 'ipv6') : family === 4 && !notPublic.check(address, 'ipv4');
};

const refused = () =>
  new Failure('invalid', {
    en: 'This leads into a private network, where a webhook may not go. Use a public address, or allow it with LANDFALL_WEBHOOK_PRIVATE=true.',
    zh: '此地址通向内部网络，Webhook 不能去那里。请使用公开地址，或用 LANDFALL_WEBHOOK_PRIVATE=true 允许。',
  });

/** What can be said of an address before it is called: https only, and no private address written as a number. */
export const requireAllowed = (url: string, allowPrivate: boolean): URL => {
  const parsed = new URL(url);
  if (allowPrivate) return parsed;
  if (parsed.protocol !== 'https:')
    throw new Failure('invalid', {
      en: 'A webhook goes to an address that begins with https://.',
      zh: 'Webhook 的地址须以 https:// 开头。',
    });
  if (parsed.port !== '' && parsed.port !== '443' && Number(parsed.port) < 1024)
    throw new Failure('invalid', {
      en: 'A webhook goes to port 443 or to one above 1023.',
      zh: 'Webhook 只能发往 443 端口或 1023 以上的端口。',
    });
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw refused();
  return parsed;
};

/**
 * Looks a name up for a connection and lets no private address through: what is checked here is what is connected to, so a name that leads
 * elsewhere a moment later helps nobody.
 */
export const guardedLookup =
  (allowPrivate: boolean): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, []);
      const allowed = found.filter(({ address }) => allowPrivate || isPublicAddress(address));
      const [first] = allowed;
      if (!first) return callback(Object.assign(refused(), { code: 'EPRIVATE' }) as NodeJS.ErrnoException, []);
      return options.all ? callback(null, allowed) : callback(null, first.address, first.family);
    });
  };
