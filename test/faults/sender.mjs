// A client that never gives up: node sender.mjs '{"url","token","count","seed","wild","perSecond"}'. It says what was acknowledged.
// Wild, it sends in any order, in batches that are made anew for each try, by other addresses, and again what was acknowledged, until it
// is told to finish.
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
  const size = !wild ? 20 : random() < 0.3 ? 1 : 1 + Math.floor(random() * 40);
  const near = () => Math.floor(random() * Math.min(waiting.length, 200));
  const batch = Array.from({ length: Math.min(size, waiting.length) }, () => waiting.splice(wild ? near() : 0, 1)[0]);
  const isAgain = wild && acknowledged.length > 0 && (batch.length === 0 || random() < 0.2);
  const again = isAgain ? Array.from({ length: random() < 0.3 ? 1 : 1 + Math.floor(random() * 10) }, () => pick(acknowledged)) : [];
  return { batch, again };
};

/** The same as PostHog's clients say it: what signed-in people did has the same meaning there. */
const asPosthog = ({ messageId, event, userId, timestamp, properties }, sent_at) => ({
  path: pick(['/i/v0/e/', '/capture', '/e/']),
  body: { api_key: token, uuid: messageId, event, distinct_id: userId, timestamp, properties, sent_at },
});
/** One message goes by an address of its own, or by that of another protocol; several go as a batch. */
const requestOf = (messages) => {
  const sentAt = new Date().toISOString();
  const [first] = messages;
  if (messages.length > 1 || !wild || random() < 0.3) return { path: pick(paths), body: { batch: messages, sentAt } };
  if (first.type === 'track' && first.event && first.userId && random() < 0.5) return asPosthog(first, sentAt);
  return { path: `/v1/${pick([first.type, first.type[0], `${first.type}/`])}`, body: { ...first, sentAt } };
};
const send = async (numbers) => {
  const { path, body } = requestOf(numbers.map(messageOf));
  try {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
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
