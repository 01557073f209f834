import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchServer } from './server.ts';

let sent = 0;
const idLength = 16;
/** As @segment/analytics-node sends them, about 550 bytes each; the ids of a batch differ in what is put in the place of the @s. */
const event = (place: number) => ({
  type: 'track',
  event: ['Exported', 'Shared', 'Invited'][place % 3],
  messageId: `node-next-${'@'.repeat(idLength)}-${place}`,
  userId: `u${(place * 7919) % 5000}`,
  timestamp: new Date().toISOString(),
  properties: { plan: 'Pro', rows: place % 100, format: 'csv', path: '/reports/weekly', duration: 12.5, workspace: 'acme' },
  context: { library: { name: '@segment/analytics-node', version: '3.1.0' }, groupId: `g${place % 300}` },
  integrations: {},
  _metadata: { nodeVersion: '20.20.0', jsRuntime: 'node' },
});

export type Answers = {
  statuses: Record<string, number>;
  milliseconds: number[];
  /** Of those that were not answered 200. */
  refusedMilliseconds: number[];
  withoutRetryAfter: number;
  seconds: number;
};
const noAnswers = (seconds: number): Answers => ({
  statuses: {},
  milliseconds: [],
  refusedMilliseconds: [],
  withoutRetryAfter: 0,
  seconds,
});

type Answer = { status: string; hasRetryAfter: boolean };
/** Connections that are kept open, written by hand: the senders must not cost more than the server. */
const openConnections = (url: string) => {
  const { hostname, port } = new URL(url);
  const idle: Socket[] = [];
  const all = new Set<Socket>();
  const drop = (socket: Socket) => {
    all.delete(socket);
    if (idle.includes(socket)) idle.splice(idle.indexOf(socket), 1);
    socket.destroy();
  };
  const open = () => {
    const socket = connect(Number(port), hostname).setNoDelay();
    all.add(socket);
    return socket;
  };
  const ask = (bytes: Buffer) =>
    new Promise<Answer>((resolve) => {
      const socket = idle.pop() ?? open();
      let text = '';
      const end = (answer: Answer, isReusable: boolean) => {
        socket.removeAllListeners();
        socket.on('error', () => {});
        if (isReusable) idle.push(socket.on('close', () => drop(socket)));
        else drop(socket);
        resolve(answer);
      };
      socket.removeAllListeners();
      socket.on('error', (error: NodeJS.ErrnoException) => end({ status: error.code ?? 'error', hasRetryAfter: false }, false));
      socket.on('close', () => end({ status: 'closed', hasRetryAfter: false }, false));
      socket.on('data', (piece: Buffer) => {
        text += piece.toString('latin1');
        const head = text.indexOf('\r\n\r\n');
        if (head < 0) return;
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1]);
        if (text.length < head + 4 + length) return;
        end({ status: text.slice(9, 12), hasRetryAfter: /\r\nretry-after: \d/i.test(text) }, !/\r\nconnection: close/i.test(text));
      });
      socket.write(bytes);
    });
  return { ask, close: () => [...all].forEach(drop) };
};

/** Callers that send batches for some seconds, each as fast as it is answered or, with a rate, as often as told however it is answered. */
export const openSender = ({ url, token }: BenchServer, size: number) => {
  const run = `${process.pid}${Date.now().toString(36)}`.slice(-11);
  let template = Buffer.alloc(0);
  let ids: number[] = [];
  let madeAt = 0;
  const make = () => {
    const body = JSON.stringify({
      batch: Array.from({ length: size }, (_, place) => event(sent + place)),
      sentAt: new Date().toISOString(),
    });
    const authorization = `Basic ${Buffer.from(`${token}:`).toString('base64')}`;
    template = Buffer.from(
      `POST /v1/batch HTTP/1.1\r\nHost: bench\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    ids = [];
    for (let at = template.indexOf('@@'); at >= 0; at = template.indexOf('@@', at + idLength)) ids.push(at);
    madeAt = Date.now();
  };
  /** A batch is written out once a second, and told apart by its ids. */
  const request = () => {
    if (Date.now() - madeAt > 1000) make();
    const bytes = Buffer.from(template);
    const id = `${run}${(sent += 1).toString(36).padStart(idLength - run.length, '0')}`;
    for (const at of ids) bytes.write(id, at, 'latin1');
    return bytes;
  };
  const post = async ({ ask }: ReturnType<typeof openConnections>, answers: Answers) => {
    const bytes = request();
    const startedAt = performance.now();
    const { status, hasRetryAfter } = await ask(bytes);
    answers.statuses[status] = (answers.statuses[status] ?? 0) + 1;
    (status === '200' ? answers.milliseconds : answers.refusedMilliseconds).push(performance.now() - startedAt);
    if (status !== '200' && !hasRetryAfter) answers.withoutRetryAfter++;
  };
  const closed = async (callers: number, seconds: number): Promise<Answers> => {
    const answers = noAnswers(seconds);
    const connections = openConnections(url);
    const until = performance.now() + seconds * 1000;
    const call = async () => {
      while (performance.now() < until) await post(connections, answers);
    };
    await Promise.all(Array.from({ length: callers }, call));
    connections.close();
    return answers;
  };
  /** So many requests a second, whatever became of the last ones; at most so many at once, else they count as not sent. */
  const open = async (perSecond: number, seconds: number, most: number): Promise<Answers & { unsent: number }> => {
    const answers = { ...noAnswers(seconds), unsent: 0 };
    const connections = openConnections(url);
    const startedAt = performance.now();
    const under = new Set<Promise<void>>();
    for (let asked = 0; performance.now() - startedAt < seconds * 1000; await pause(5)) {
      for (const due = ((performance.now() - startedAt) / 1000) * perSecond; asked < due; asked++) {
        if (under.size >= most) {
          answers.unsent++;
          continue;
        }
        const one: Promise<void> = post(connections, answers).finally(() => under.delete(one));
        under.add(one);
      }
    }
    await Promise.all(under);
    answers.seconds = (performance.now() - startedAt) / 1000; // until the last of them was answered
    connections.close();
    return answers;
  };
  return { closed, open };
};

export const at = (values: number[], share: number) =>
  values.length === 0
    ? Number.NaN
    : values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * share))]!;
