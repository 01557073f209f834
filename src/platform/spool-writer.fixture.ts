import { writeSync } from 'node:fs';
import { openSpool } from './spool.ts';

// Appends from several callers at once until it is killed, and says the number of each line once it is acknowledged.
const [folder = '', first = '0'] = process.argv.slice(2);
const spool = await openSpool(folder, { maxBytes: 1024 ** 3, segmentLines: 400 });
let next = Number(first);
const call = async () => {
  for (;;) {
    const numbers = [next++, next++, next++];
    await spool.append(numbers.map((n) => JSON.stringify({ n, filler: 'x'.repeat(n % 3000) })));
    writeSync(1, `${numbers.join('\n')}\n`);
  }
};
await Promise.all(Array.from({ length: 8 }, call));
