import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { isPublicAddress } from './guard.ts';
import { sendWebhook } from './sending.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

test('no way to write a private address passes for a public one', () => {
  const inside =
    '127.0.0.1 10.1.2.3 172.31.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 ::1 :: fe80::1 fc00::1 fd12::1 ff02::1 ::ffff:127.0.0.1 ::ffff:a00:1 64:ff9b::7f00:1 2002:7f00:1:: 2001:db8::1';
  expect(inside.split(' ').filter(isPublicAddress)).toEqual([]);
  expect(['93.184.215.14', '1.1.1.1', '2606:4700:4700::1111', '2a00:1450:4001:829::200e'].every(isPublicAddress)).toBe(true);
  expect(isPublicAddress('localhost')).toBe(false);
});

test('a webhook into a private network is refused when it is set up, however the address is written', async () => {
  const { client } = await app.workspace();
  const urls = [
    'http://hooks.example/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'ftp://a.example/',
    'https://hooks.example:22/',
  ];
  for (const url of urls)
    await expect(client.webhooks.create({ name: 'X', url, kinds: ['gate'] }), url).rejects.toMatchObject({ code: 'invalid' });
});

test('a name that leads into a private network is refused when it is connected to', async () => {
  const secret = `whsec_${Buffer.from('a secret of enough bytes').toString('base64')}`;
  const outgoing = { id: 'x', url: 'https://localhost:8443/', secrets: [secret], body: '{}', at: new Date(), allowPrivate: false };
  await expect(sendWebhook(outgoing)).rejects.toMatchObject({ message: expect.stringContaining('private network') });
});
