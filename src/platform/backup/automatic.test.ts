import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { automaticFolder, backUpOnce, keepBackups, listAutomatic, outdated, stateOfStores } from './automatic.ts';
import { verifyBackup } from './manifest.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

test('the newest four are kept, and the last of each of seven days', () => {
  const at = (day: number, time: string) => `automatic-2026-05-${String(day).padStart(2, '0')}T${time}-000Z.tar.gz`;
  const today = ['23-45-00', '23-30-00', '23-15-00', '23-00-00', '22-45-00', '22-30-00'].map((time) => at(20, time));
  const before = Array.from({ length: 10 }, (_, index) => [at(19 - index, '23-00-00'), at(19 - index, '11-00-00')]).flat();
  const gone = outdated([...today, ...before]);
  const kept = [...today, ...before].filter((name) => !gone.includes(name));
  expect(kept).toEqual([...today.slice(0, 4), ...Array.from({ length: 6 }, (_, index) => at(19 - index, '23-00-00'))]);
});

test('an automatic backup is whole, and what an earlier one left half written is taken away', async () => {
  await app.workspace();
  const folder = automaticFolder(app.folder);
  const name = await backUpOnce(app.application);
  writeFileSync(join(folder, 'automatic-x.partial'), 'half');
  expect(listAutomatic(folder)).toEqual([name]);
  expect((await verifyBackup(join(folder, name))).records.tables.workspace?.rows).toBe(1);
  await backUpOnce(app.application);
  expect(listAutomatic(folder)).toHaveLength(1);
});

test('whatever is written, by people or machines, makes another backup due', async () => {
  const { client, context } = await app.workspace();
  const states = [await stateOfStores(app.application)];
  await client.launches.create({ name: 'Smart Handoff', marketDate: '2026-03-03' });
  states.push(await stateOfStores(app.application));
  await context.events.insert('product', [{ import: '00000000-0000-4000-8000-000000000000', version: 1, id: 'p' }]);
  states.push(await stateOfStores(app.application), await stateOfStores(app.application));
  expect(new Set(states).size).toBe(3);
});

test('the timer does not hold up the end of the program', async () => {
  keepBackups(app.application);
});
