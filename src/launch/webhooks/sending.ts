import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { Webhook as Signature } from 'standardwebhooks';
import { guardedLookup, requireAllowed } from './guard.ts';

const patienceMilliseconds = 10_000;
const mostSaid = 300;

export type Outgoing = { id: string; url: string; secrets: string[]; body: string; at: Date; allowPrivate: boolean };
export type Answered = { status: number; said: string };

/** One request that follows no redirect, waits ten seconds at most, and reads no more of the answer than it shows. */
const post = (url: URL, headers: Record<string, string>, { body, allowPrivate }: Outgoing): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestSecure : requestPlain)(url, {
      method: 'POST',
      headers,
      lookup: guardedLookup(allowPrivate),
      agent: false,
      signal: AbortSignal.timeout(patienceMilliseconds),
    });
    request.once('error', reject);
    request.once('response', (response) => {
      let said = '';
      const done = () => resolve({ status: response.statusCode ?? 0, said: said.slice(0, mostSaid) });
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        said += text;
        if (said.length > mostSaid) response.destroy();
      });
      response.once('close', done);
      response.once('error', done);
    });
    request.end(body);
  });

/** Sends one message as Standard Webhooks says: the id stays the same at every try, the signature is made anew. */
export const sendWebhook = async (outgoing: Outgoing): Promise<Answered> => {
  const { id, url, secrets, body, at, allowPrivate } = outgoing;
  const to = requireAllowed(url, allowPrivate);
  return post(
    to,
    {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'Landfall',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': secrets.map((secret) => new Signature(secret).sign(id, at, body)).join(' '),
    },
    outgoing,
  );
};
