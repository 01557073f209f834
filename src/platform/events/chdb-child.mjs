// The in-process ClickHouse lives in this child process and answers the ClickHouse HTTP dialect on a unix socket, so that
// the server speaks to it and to a cluster through one client. In the server's own process its queries would hold the
// threads that files and password hashing need, and its crash would hang the server.
import { createServer } from 'node:http';
import { Session } from 'chdb';

const [folder, socket] = process.argv.slice(2);
const sessionCount = 4;
const quote = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const notSettings = new Set(['query', 'query_id', 'database', 'session_id', 'default_format', 'role']);

const openSession = () => {
  const session = new Session(folder, { installSignalHandlers: false });
  // Values are bound by statements here; a server has no such bound for its own.
  session.query('SET max_query_size = 1073741824');
  return { session, applied: new Map() };
};
const idle = Array.from({ length: sessionCount }, openSession);
const waiting = [];
const take = () => (idle.length > 0 ? Promise.resolve(idle.pop()) : new Promise((resolve) => waiting.push(resolve)));
const give = (slot) => (waiting.length > 0 ? waiting.shift()(slot) : idle.push(slot));

// A setting given to one query stays for the next: set what differs, put back what is no longer asked for.
const applySettings = async ({ session, applied }, wanted) => {
  const changes = [];
  for (const [name, value] of wanted) if (applied.get(name) !== value) changes.push(`${name} = ${quote(value)}`);
  for (const name of applied.keys()) if (!wanted.has(name) && !name.startsWith('param_')) changes.push(`${name} = DEFAULT`);
  if (changes.length > 0) await session.queryAsync(`SET ${changes.join(', ')}`);
  applied.clear();
  for (const [name, value] of wanted) applied.set(name, value);
};

/** The statement and the values that are bound: in the address, or, where they are long, in the parts of a form. */
const readRequest = async (request, address) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data'))
    return { statement: [address.get('query'), body.toString('utf8')].filter(Boolean).join('\n'), bound: [...address] };
  const form = await new Response(body, { headers: { 'Content-Type': type } }).formData();
  const statement = form.get('query');
  if (typeof statement !== 'string') throw new Error('The form has no part "query".');
  return { statement, bound: [...address, ...form] };
};

const tag = (id) => `/* landfall:${id.replaceAll(/[^\w-]/g, '')} */ `;

// One KILL may come before the query can be found, or be lost on a busy machine: ask until it has ended.
const stop = async (id, isRunning) => {
  const slot = openSession();
  while (isRunning()) {
    await slot.session.queryAsync(`KILL QUERY WHERE startsWith(query, ${quote(tag(id).trim())}) ASYNC`).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  slot.session.close();
};

const answer = async (request, response) => {
  const url = new URL(request.url, 'http://engine');
  if (url.pathname === '/ping') return response.end('Ok.\n');
  const { statement, bound } = await readRequest(request, url.searchParams);
  const wanted = new Map(bound.filter(([name]) => !notSettings.has(name)));
  const id = url.searchParams.get('query_id') ?? '';
  const slot = await take();
  if (response.destroyed) return give(slot);
  let running = true;
  response.on('close', () => running && !response.writableFinished && id && stop(id, () => running));
  try {
    await applySettings(slot, wanted);
    const result = await slot.session.queryAsync(tag(id) + statement, { format: 'TabSeparated' });
    response.setHeader('X-ClickHouse-Query-Id', id);
    response.setHeader('X-ClickHouse-Summary', JSON.stringify({ read_rows: `${result.rowsRead}`, read_bytes: `${result.bytesRead}` }));
    response.end(result.bytes());
  } catch (error) {
    slot.applied.clear();
    // A query that was stopped stays in the list of those that run, until its session is asked the next one.
    await slot.session.queryAsync('SELECT 1').catch(() => {});
    const code = /Code: (\d+)/.exec(error.message)?.[1] ?? '1002';
    response.writeHead(500, { 'X-ClickHouse-Exception-Code': code });
    response.end(error.message.startsWith('Code:') ? error.message : `Code: ${code}. DB::Exception: ${error.message}`);
  } finally {
    running = false;
    give(slot);
  }
};

// Addresses as long as a server takes them.
createServer(
  { maxHeaderSize: 1_048_576 },
  (request, response) => void answer(request, response).catch((error) => response.destroy(error)),
).listen(socket, () => process.send?.('ready'));
// The parent holds the other end of this pipe: when it is gone, so are we. Parts on disk are whole at any moment.
process.stdin.on('end', () => process.kill(process.pid, 'SIGKILL')).resume();
process.on('SIGINT', () => {});
