import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchServer } from './server.ts';

let sent = 0;
/** As @segment/analytics-node sends them, about 550 bytes each; the ids of a batch differ in what is put in the place of @. */
const event = (place: number) => ({
  type: 'track',
  event: ['Exported', 'Shared', 'Invited'][place % 3],
  messageId: `node-next-@-${place}`,
  userId: `u${(place * 7919) % 5000}`,
  timestamp: new Date().toISOString(),
  properties: { plan: 'Pro', rows: place % 100, format: 'csv', path: '/reports/weekly', duration: 12.5, workspace: 'acme' },
  context: { library: { name: '@segment/analytics-node', version: '3.1.0' }, groupId: `g${place % 300}` },
  integrations: {},
  _metadata: { nodeVersion: '20.20.0', jsRuntime: 'node' },
});

export type Answers = { statuses: Record<string, number>; milliseconds: number[]; withoutRetryAfter: number; seconds: number };

/** Callers that send batches for some seconds, each as fast as it is answered or, with a rate, as often as told however it is answered. */
export const openSender = ({ url, token }: BenchServer, size: number) => {
  const headers = { Authorization: `Basic ${Buffer.from(`${token}:`).toString('base64')}`, 'Content-Type': 'application/json' };
  const run = `${process.pid}${Date.now().toString(36)}`;
  let [template, madeAt] = ['', 0];
  const body = () => {
    // The senders must not cost more than the server: a batch is written out once a second, and told apart by its ids.
    if (Date.now() - madeAt > 1000) {
      template = JSON.stringify({
        batch: Array.from({ length: size }, (_, place) => event(sent + place)),
        sentAt: new Date().toISOString(),
      });
      madeAt = Date.now();
    }
    return template.replaceAll('-@-', `-${run}-${(sent += 1).toString(36)}-`);
  };
  const post = (agent: Agent, answers: Answers) =>
    new Promise<void>((resolve) => {
      const text = body();
      const startedAt = performance.now();
      const done = (status: string) => {
        answers.statuses[status] = (answers.statuses[status] ?? 0) + 1;
        answers.milliseconds.push(performance.now() - startedAt);
        resolve();
      };
      const asked = request(
        `${url}/v1/batch`,
        { method: 'POST', agent, headers: { ...headers, 'Content-Length': Buffer.byteLength(text) } },
        (answer) => {
          if (answer.statusCode !== 200 && !answer.headers['retry-after']) answers.withoutRetryAfter++;
          answer.resume().once('end', () => done(String(answer.statusCode)));
        },
      );
      // A refusal that came while the body was still being sent may close the connection.
      asked.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? 'error')).end(text);
    });
  const closed = async (callers: number, seconds: number): Promise<Answers> => {
    const answers: Answers = { statuses: {}, milliseconds: [], withoutRetryAfter: 0, seconds };
    const agent = new Agent({ keepAlive: true, maxSockets: callers });
    const until = performance.now() + seconds * 1000;
    const call = async () => {
      while (performance.now() < until) await post(agent, answers);
    };
    await Promise.all(Array.from({ length: callers }, call));
    agent.destroy();
    return answers;
  };
  /** So many requests a second, whatever became of the last ones; at most so many at once, else they count as not sent. */
  const open = async (perSecond: number, seconds: number, most: number): Promise<Answers & { unsent: number }> => {
    const answers = { statuses: {}, milliseconds: [], withoutRetryAfter: 0, seconds, unsent: 0 } as Answers & { unsent: number };
    const agent = new Agent({ keepAlive: true, maxSockets: most });
    const startedAt = performance.now();
    const under = new Set<Promise<void>>();
    for (let asked = 0; performance.now() - startedAt < seconds * 1000; await pause(5)) {
      for (const due = ((performance.now() - startedAt) / 1000) * perSecond; asked < due; asked++) {
        if (under.size >= most) {
          answers.unsent++;
          continue;
        }
        const one = post(agent, answers).finally(() => under.delete(one));
        under.add(one);
      }
    }
    await Promise.all(under);
    answers.seconds = (performance.now() - startedAt) / 1000; // until the last of them was answered
    agent.destroy();
    return answers;
  };
  return { closed, open };
};

export const at = (values: number[], share: number) =>
  values.length === 0
    ? Number.NaN
    : values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * share))]!;
