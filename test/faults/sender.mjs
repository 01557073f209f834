// A client that never gives up: node sender.mjs '{"url","token","count","seed","wild","perSecond"}'. It says what was acknowledged.
// Wild, it sends in any order, in batches that are made anew for each try, and again what was acknowledged, until it is told to finish.
import { setTimeout as pause } from 'node:timers/promises';
import { messageOf, seeded } from './messages.mjs';

const { url, token, count, seed, wild, perSecond } = JSON.parse(process.argv[2]);
const random = seeded(seed);
const headers = { 'Content-Type': 'application/json', Authorization: `Basic ${Buffer.from(`${token}:`).toString('base64')}` };
const paths = wild ? ['/v1/batch', '/v1/batch/', '/v1/b', '/v1/import'] : ['/v1/batch'];
const waiting = Array.from({ length: count }, (_, n) => n);
const acknowledged = [];
let isFinishing = !wild;
process.stdin.once('data', () => (isFinishing = true));

const say = (text) => process.stdout.write(`${text}\n`);
const pick = (list) => list[Math.floor(random() * list.length)];
const takeBatch = () => {
  const size = wild ? 1 + Math.floor(random() * 40) : 20;
  const near = () => Math.floor(random() * Math.min(waiting.length, 200));
  const batch = Array.from({ length: Math.min(size, waiting.length) }, () => waiting.splice(wild ? near() : 0, 1)[0]);
  const isAgain = wild && acknowledged.length > 0 && (batch.length === 0 || random() < 0.2);
  const again = isAgain ? Array.from({ length: 1 + Math.floor(random() * 10) }, () => pick(acknowledged)) : [];
  return { batch, again };
};
const send = async (numbers) => {
  const body = JSON.stringify({ batch: numbers.map(messageOf), sentAt: new Date().toISOString() });
  try {
    const answer = await fetch(url + pick(paths), {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
    });
    const text = await answer.text();
    if (![200, 429, 503].includes(answer.status)) say(`wrong ${answer.status} ${text.slice(0, 200)}`);
    if (answer.status !== 200 && !answer.headers.get('retry-after')) say(`wrong ${answer.status} without Retry-After`);
    return answer.status === 200;
  } catch {
    return false;
  }
};

let [attempted, received] = [0, 0];
const work = async () => {
  while (waiting.length > 0 || !isFinishing) {
    const { batch, again } = takeBatch();
    const numbers = [...batch, ...again];
    if (numbers.length > 0) {
      attempted += numbers.length;
      if (await send(numbers)) {
        acknowledged.push(...batch);
        received += numbers.length;
        say(`kept ${batch.join(' ')}`);
      } else {
        waiting.push(...batch);
        await pause(50);
      }
    }
    if (!isFinishing) await pause((4000 * Math.max(1, numbers.length)) / perSecond);
  }
};
await Promise.all(Array.from({ length: 4 }, work));
say(`done ${attempted} ${received}`);
process.stdin.destroy();
