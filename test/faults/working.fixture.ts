import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type openMember } from './server.fixture.ts';

type Member = Awaited<ReturnType<typeof openMember>>;
type Work = 'replay' | 'decision' | 'backup';
type Backup = { id: string; state: 'running' | 'done' | 'failed' };

/** Sends again the failed events that have no name; answers how many there were. */
export const mend = async (member: Member, workspace: string): Promise<number> => {
  const { rules } = await member.call<{ rules: { id: string }[] }>('GET', '/fix-rules', {}, workspace);
  const rule = { reason: 'missing_event', steps: [{ do: 'rename_event', to: 'Mended' }] };
  const { id } = rules[0] ?? (await member.call<{ id: string }>('POST', '/fix-rules', { name: 'Name', rule }, workspace));
  return (await member.call<{ replayed: number }>('POST', `/fix-rules/${id}/replay`, {}, workspace)).replayed;
};

/** Has a decision about who is who changed, and changed back: each time all of it is worked out anew. */
const decide = async (member: Member, workspace: string, joins: boolean) =>
  void (await member.call('PUT', '/identities/domain-rule', { joins, excluded: [] }, workspace));

/** Backs up as the command line does on the same machine. */
export const backUp = async (url: string, data: string, file: string): Promise<void> => {
  const { secret } = JSON.parse(readFileSync(join(data, 'server.json'), 'utf8')) as { secret: string };
  const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' };
  const call = async (path: string, options: RequestInit) =>
    (await (await fetch(`${url}/api${path}`, { headers, ...options })).json()) as Backup;
  rmSync(file, { force: true });
  let backup = await call('/backups', { method: 'POST', body: JSON.stringify({ file }) });
  while (backup.state === 'running') {
    await pause(50);
    backup = await call(`/backups/${backup.id}`, {});
  }
  if (backup.state !== 'done') throw new Error(JSON.stringify(backup));
};

/** Somebody who works on while all this happens; says what was under way, what came to its end, and what was refused for good. */
export const keepWorking = (member: Member, url: string, data: string) => {
  const { workspace } = member;
  const done: Record<Work, number> = { replay: 0, decision: 0, backup: 0 };
  const wrong: string[] = [];
  let under: Work = 'replay';
  let isStopping = false;
  let round = 0;
  const steps: [Work, () => Promise<unknown>][] = [
    ['replay', () => mend(member, workspace)],
    ['decision', () => decide(member, workspace, round % 2 === 0)],
    ['backup', () => backUp(url, data, join(data, 'backup.tar.gz'))],
  ];
  const work = async () => {
    for (; !isStopping; round++)
      for (const [name, step] of steps) {
        under = name;
        await step().then(
          () => done[name]++,
          // 429 and 503 pass, as does a server that is not there.
          (error: unknown) => /: 4(?!09|29)\d\d /.test(String(error)) && wrong.push(String(error)),
        );
        await pause(100);
      }
  };
  const ended = work();
  return {
    under: () => under,
    stop: async () => {
      isStopping = true;
      await ended;
      await decide(member, workspace, true);
      return { done, wrong };
    },
  };
};
