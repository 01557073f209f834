import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { PROTOCOL_VERSION_META_KEY } from '@modelcontextprotocol/server';
import { readOnlyHeader } from './http.ts';

type Message = { id?: string | number; method?: string; params?: { name?: string; uri?: string; _meta?: Record<string, unknown> } };
type Options = { url: string; headers: Record<string, string>; readOnly: boolean; input: Readable; write: (line: string) => void };

/** Headers that the protocol wants to see repeated from the body. */
const headersOf = ({ method, params }: Message): Record<string, string> => {
  const version = params?._meta?.[PROTOCOL_VERSION_META_KEY];
  const name = params?.name ?? params?.uri;
  if (typeof version !== 'string' || !method) return {};
  return { 'mcp-protocol-version': version, 'mcp-method': method, ...(name && { 'mcp-name': name }) };
};

const messagesIn = (text: string, type: string | null): string[] => {
  if (!type?.startsWith('text/event-stream')) return text.trim() ? [text.trim()] : [];
  return text.split(/\r?\n\r?\n/).flatMap((event) => {
    const data = event.split(/\r?\n/).flatMap((line) => (line.startsWith('data:') ? [line.slice(5).trim()] : []));
    return data.length > 0 ? [data.join('\n')] : [];
  });
};

const problem = (id: Message['id'], message: string) => JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32_603, message } });

const send = async ({ url, headers, readOnly, write }: Options, line: string): Promise<void> => {
  const message = JSON.parse(line) as Message;
  const reply = (text: string) => message.id !== undefined && write(problem(message.id, text));
  try {
    const response = await fetch(`${url}/mcp`, {
      method: 'POST',
      headers: {
        ...headers,
        ...headersOf(message),
        ...(readOnly && { [readOnlyHeader]: '1' }),
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: line,
    });
    const text = await response.text();
    const answers = messagesIn(text, response.headers.get('content-type'));
    if (answers.some((answer) => answer.includes('"jsonrpc"'))) for (const answer of answers) write(JSON.stringify(JSON.parse(answer)));
    else if (!response.ok) reply((JSON.parse(text) as { error?: { message?: string } }).error?.message ?? `Status ${response.status}`);
  } catch (error) {
    reply(`Landfall at ${url} did not answer: ${(error as Error).message}`);
  }
};

/** Hands the lines of standard input to a server's /mcp and its answers back: one door, whichever way one comes. */
export const relayMcp = async (options: Options): Promise<void> => {
  const under = new Set<Promise<void>>();
  for await (const line of createInterface({ input: options.input })) {
    if (!line.trim()) continue;
    const sending = send(options, line).finally(() => under.delete(sending));
    under.add(sending);
  }
  await Promise.all(under);
};
