import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type Said = { kept: string[]; wrong: string[]; attempted: number; received: number; errors: string };

/** A client in a process of its own; `said` resolves when it has ended. */
export const startClient = (name: 'sender' | 'segment' | 'rudder' | 'posthog', ...input: string[]) => {
  const file = fileURLToPath(new URL(`./${name}.mjs`, import.meta.url));
  const child = spawn(process.execPath, [file, ...input], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const said = new Promise<Said>((resolve) =>
    child.once('close', () => {
      const lines = output.split('\n');
      const after = (word: string) => lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
      const [attempted, received] = (after('done')[0] ?? '').split(' ').map(Number);
      const kept = after('kept').flatMap((line) => line.split(' ').filter(Boolean));
      resolve({ kept, wrong: after('wrong'), attempted: attempted ?? 0, received: received ?? 0, errors });
    }),
  );
  return { said, pid: child.pid, finish: () => void child.stdin.write('finish\n'), end: () => void child.kill('SIGKILL') };
};

export type Sending = { url: string; token: string; count: number; seed: number; wild: boolean; perSecond: number };
export const startSender = (sending: Sending) => startClient('sender', JSON.stringify(sending));
