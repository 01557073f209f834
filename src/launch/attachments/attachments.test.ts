import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createRouterClient } from '@orpc/server';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { catalogue } from '../../catalogue.ts';
import { commandLine } from '../../cli/command-line.fixture.ts';
import type { Context } from '../../platform/context.ts';
import { readConfig } from '../../platform/config.ts';
import { asFailure } from '../../platform/operation.ts';
import { startServer } from '../../server/main.ts';
import { largestBytes, plainName } from './schema.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const send = (context: Context, deliverable: string, fileName: string, body: Readable) =>
  createRouterClient(catalogue, { context: { ...context, body } }).attachments.upload({ deliverable, fileName });
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: unknown) => asFailure(error)?.code ?? String(error),
  );
const bytesOf = async (file: File) => Buffer.from(await file.arrayBuffer());

/** Relay with a sales deck, and Nico who may work on it. */
const withDeck = async () => {
  const workspace = await app.workspace();
  const nico = await workspace.memberAs('contributor', 'Nico Petit');
  const launch = await workspace.client.launches.create({ name: 'Relay', marketDate: '2026-07-14' });
  const deck = await workspace.client.deliverables.create({ launch: launch.key, name: 'Sales deck', signers: ['product'] });
  const count = async (table: string) => {
    const { rows } = await workspace.context.read((transaction) =>
      transaction.execute<{ count: number }>(sql`SELECT count(*)::int AS count FROM ${sql.identifier(table)}`),
    );
    return rows[0]!.count;
  };
  return { ...workspace, nico, launch: launch.key, deck: deck.id, count };
};

describe('a file of a deliverable', () => {
  test('comes back byte for byte, with who added it and when; nothing of its type is believed', async () => {
    const { client, nico, deck } = await withDeck();
    const bytes = randomBytes(700_001);
    const kept = await send(
      nico.context,
      deck,
      'Deck 2.html',
      Readable.from([bytes.subarray(0, 10), bytes.subarray(10, 600_000), bytes.subarray(600_000)]),
    );
    expect(kept).toMatchObject({ name: 'Deck 2.html', sizeBytes: 700_001, addedBy: 'Nico Petit' });
    expect(await client.attachments.list({ deliverable: deck })).toEqual({ attachments: [kept] });
    expect(await client.attachments.get({ attachment: kept.id })).toEqual(kept);
    const file = await client.attachments.download({ attachment: kept.id });
    expect([file.name, file.type, (await bytesOf(file)).equals(bytes)]).toEqual(['Deck 2.html', 'application/octet-stream', true]);
  });

  test('leaves one audit row when it is added, removed and restored', async () => {
    const { client, context, deck } = await withDeck();
    const { id } = await send(context, deck, 'a.txt', Readable.from([Buffer.from('a')]));
    await client.attachments.delete({ attachment: id });
    expect((await client.attachments.list({ deliverable: deck })).attachments).toEqual([]);
    expect(await codeOf(client.attachments.download({ attachment: id }))).toBe('not_found');
    await client.attachments.restore({ attachment: id });
    expect((await bytesOf(await client.attachments.download({ attachment: id }))).toString()).toBe('a');
    const { entries } = await client.audit.list({ subject: 'attachment' });
    expect(entries.map(({ operation }) => operation)).toEqual(['attachments.restore', 'attachments.delete', 'attachments.upload']);
  });

  test('is part of what is signed: a signature on the files before does not stand for the files after', async () => {
    const { client, context, nico, launch, deck } = await withDeck();
    await client.charters.update({ version: 0, parts: {}, members: [{ function: 'product', memberId: nico.id, approves: true }] });
    const find = async () => (await client.deliverables.list({ launch })).deliverables[0]!;
    const sign = (content: number) =>
      nico.client.deliverables.sign({ deliverable: deck, function: 'product', decision: 'signed', content });
    const { id } = await send(context, deck, 'a.txt', Readable.from([Buffer.from('a')]));
    await client.deliverables.update({ deliverable: deck, version: (await find()).version, status: 'in_review' });
    const read = await find();
    expect(await sign(read.content)).toMatchObject({ status: 'approved', isSigned: true });
    await send(context, deck, 'b.txt', Readable.from([Buffer.from('b')]));
    expect(await find()).toMatchObject({ status: 'in_review', isSigned: false, content: read.content + 1 });
    expect(await codeOf(sign(read.content))).toBe('conflict');
    await client.attachments.delete({ attachment: id });
    expect((await find()).content).toBe(read.content + 2);
  });

  test('empty or of more than 25 MB is refused, and nothing of it stays', async () => {
    const { client, context, deck, count } = await withDeck();
    const [piecesBefore, filesBefore] = [await count('attachment_piece'), await count('attachment')];
    const megabyte = Buffer.alloc(1024 * 1024, 7);
    const tooMuch = Readable.from(Array.from({ length: 26 }, () => megabyte));
    expect(await codeOf(send(context, deck, 'film.mov', tooMuch))).toBe('too_large');
    expect(await codeOf(send(context, deck, 'nothing.txt', Readable.from([])))).toBe('invalid');
    const broken = Readable.from(
      (async function* () {
        yield megabyte;
        await Promise.resolve();
        throw new Error('the line broke');
      })(),
    );
    await expect(send(context, deck, 'half.bin', broken)).rejects.toThrow();
    expect(await client.attachments.list({ deliverable: deck })).toEqual({ attachments: [] });
    expect([await count('attachment_piece'), await count('attachment')]).toEqual([piecesBefore, filesBefore]);
    const whole = await send(context, deck, 'whole.bin', Readable.from(Array.from({ length: 25 }, () => megabyte)));
    expect(whole.sizeBytes).toBe(largestBytes);
  });

  test('two at the same moment, of the same name, are both kept', async () => {
    const { client, context, nico, deck } = await withDeck();
    const given = [randomBytes(300_000), randomBytes(300_000)];
    const kept = await Promise.all([
      send(context, deck, 'plan.pdf', Readable.from([given[0]!])),
      send(nico.context, deck, 'plan.pdf', Readable.from([given[1]!])),
    ]);
    expect((await client.attachments.list({ deliverable: deck })).attachments).toHaveLength(2);
    for (const [index, { id }] of kept.entries())
      expect((await bytesOf(await client.attachments.download({ attachment: id }))).equals(given[index]!)).toBe(true);
  });

  test('a deliverable holds 50 files, and the refusal of one more says so', async () => {
    const { context, deck } = await withDeck();
    for (let number = 0; number < 50; number++) await send(context, deck, `${number}.txt`, Readable.from([Buffer.from('x')]));
    expect(await codeOf(send(context, deck, 'one more.txt', Readable.from([Buffer.from('x')])))).toBe('too_many');
  });

  test('of another workspace is not there; readers read, sales reads what is approved, and neither uploads', async () => {
    const { context, clientAs, deck } = await withDeck();
    const { id } = await send(context, deck, 'secret.txt', Readable.from([Buffer.from('planted secret')]));
    const other = await app.workspace('Other');
    const calls: (() => Promise<unknown>)[] = [
      () => other.client.attachments.list({ deliverable: deck }),
      () => other.client.attachments.get({ attachment: id }),
      () => other.client.attachments.download({ attachment: id }),
      () => other.client.attachments.delete({ attachment: id }),
      () => send(other.context, deck, 'mine.txt', Readable.from([Buffer.from('x')])),
    ];
    for (const call of calls) expect(await codeOf(call())).toBe('not_found');
    expect((await bytesOf(await clientAs('reader').attachments.download({ attachment: id }))).toString()).toBe('planted secret');
    expect(await codeOf(clientAs('sales').attachments.download({ attachment: id }))).toBe('not_found');
    expect(await codeOf(clientAs('sales').attachments.list({ deliverable: deck }))).toBe('not_found');
    for (const role of ['reader', 'sales'] as const) {
      expect(await codeOf(clientAs(role).attachments.upload({ deliverable: deck, fileName: 'x' }))).toBe('forbidden');
      expect(await codeOf(clientAs(role).attachments.delete({ attachment: id }))).toBe('forbidden');
    }
  });

  test('goes with its workspace, and what was broken off or removed long ago makes room', async () => {
    const { context, client, deck, id: workspace, count } = await withDeck();
    const old = await send(context, deck, 'old.txt', Readable.from([Buffer.from('x')]));
    await client.attachments.delete({ attachment: old.id });
    await context.read((transaction) =>
      transaction.execute(sql`UPDATE attachment SET deleted_at = ${context.now().toISOString()}::timestamptz - interval '31 days'`),
    );
    await send(context, deck, 'new.txt', Readable.from([Buffer.from('x')]));
    expect([await count('attachment'), await count('attachment_piece')]).toEqual([1, 1]);
    await app.application.records.unbounded((transaction) => transaction.execute(sql`DELETE FROM workspace WHERE id = ${workspace}`));
    const { rows } = await app.application.records.unbounded((transaction) =>
      transaction.execute(sql`SELECT 1 FROM attachment_piece WHERE workspace_id = ${workspace}`),
    );
    expect(rows).toEqual([]);
  });
});

test('names lose their folders and what nobody sees, and one of which nothing is left is refused', async () => {
  expect(
    ['../../etc/passwd', 'C:\\Users\\nico\\deck.pdf', 'exe\u202Egpj.pdf', 'a\r\nSet-Cookie: b', '\uD800x.txt', ' 发布 计划.pdf '].map(
      plainName,
    ),
  ).toEqual(['passwd', 'deck.pdf', 'exegpj.pdf', 'aSet-Cookie: b', '\uFFFDx.txt', '发布 计划.pdf']);
  expect(['..', '/', '\u200B', '   '].map(plainName)).toEqual(['', '', '', '']);
  const { context, deck } = await withDeck();
  expect(await codeOf(send(context, deck, '../..', Readable.from([Buffer.from('x')])))).toBe('invalid');
  expect(await codeOf(send(context, deck, 'x'.repeat(10_000), Readable.from([Buffer.from('x')])))).toBe('invalid');
});

test('over HTTP and on the command line a file comes and goes, always to be kept and never as a page', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-attachments-'));
  const server = await startServer(readConfig({ LANDFALL_DATA: join(folder, 'data'), LANDFALL_PORT: '0', LANDFALL_LOG_LEVEL: 'silent' }));
  try {
    const run = commandLine({ LANDFALL_DATA: join(folder, 'data') });
    const json = async <Answer>(words: string[]): Promise<Answer> => {
      const ran = await run([...words, '--output', 'json']);
      expect(ran).toMatchObject({ code: 0 });
      return JSON.parse(ran.out) as Answer;
    };
    const maya = { name: 'Maya Lindqvist', email: 'maya@weftwork.example', password: 'correct horse battery staple' };
    await fetch(`${server.url}/api/welcome`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...maya, workspace: { name: 'Weftwork' } }),
    });
    const { key } = await json<{ key: string }>(['launches', 'create', '--name', 'Relay', '--market-date', '2026-07-14']);
    const { id: deck } = await json<{ id: string }>(['deliverables', 'create', key, '--name', 'Deck']);
    const page = '<script>alert(document.domain)</script>';
    writeFileSync(join(folder, '报告"a.html'), page);
    const { id, name } = await json<{ id: string; name: string }>(['attachments', 'upload', deck, join(folder, '报告"a.html')]);
    expect(name).toBe('报告"a.html');
    expect(await run(['attachments', 'download', id, '--to', join(folder, 'back.html')])).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'back.html'), 'utf8')).toBe(page);
    expect(await run(['attachments', 'download', id, '--to', join(folder, 'back.html')])).toMatchObject({ code: 5 });

    const { token } = await json<{ token: string }>(['keys', 'create', '--name', 'test', '--role', 'owner', '--may-write']);
    const headers = { Authorization: `Bearer ${token}` };
    const answer = await fetch(`${server.url}/api/attachments/${id}/file`, { headers });
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-content-type-options')]).toEqual([
      200,
      'application/octet-stream',
      'nosniff',
    ]);
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="__\\"a\.html"; filename\*=utf-8''%E6%8A%A5%E5%91%8A%22a\.html$/,
    );
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await answer.text()).toBe(page);
    const big = await fetch(`${server.url}/api/deliverables/${deck}/attachments?fileName=big.bin`, {
      method: 'POST',
      headers,
      body: Buffer.alloc(largestBytes + 1),
    });
    expect(big.status).toBe(413);
    expect(await big.json()).toMatchObject({ error: { code: 'too_large' } });
    expect((await fetch(`${server.url}/api/attachments/${id}/file`)).status).toBe(401);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
