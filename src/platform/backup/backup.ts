import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import type { Application } from '../context.ts';
import { Failure } from '../failure.ts';
import { alone, movingEvents } from '../lease.ts';
import { createArchive, sha256Of } from './archive.ts';
import { cloneTables, dropOldClones, dumpEvents } from './events.ts';
import { type Manifest, manifestName, sealName } from './manifest.ts';
import { beginCut, dumpRecords, importStates } from './records.ts';

type Stores = Pick<Application, 'records' | 'events' | 'spool' | 'now'>;
type Clones = Awaited<ReturnType<typeof cloneTables>>;

const attempts = 20;

/**
 * One cut through both stores. Postgres decides which rows of ClickHouse count (an import being committed or undone is
 * hidden), so: first a snapshot of Postgres, then clones of the tables of ClickHouse, then the question whether any import
 * changed sides between the two. If one did, both are taken again. If none did, every row that Postgres shows is in the
 * clones: it was written before its import was committed, and taken away only after its import was undone. The in-process
 * Postgres has one connection, which the snapshot holds, so there nothing can change in between.
 */
const openCut = async ({ records, events }: Stores, client: pg.ClientBase): Promise<Clones> => {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    await beginCut(client);
    const before = await importStates(client);
    const clones = await cloneTables(events.client);
    const after = records.kind === 'pglite' ? before : await importStates(records.pool).catch(() => undefined);
    if (after === before) return clones;
    await clones.drop();
    await client.query('ROLLBACK');
    await wait(250);
  }
  throw new Failure('unavailable', 'Imports are being committed or undone at this moment. Run the backup again when they are through.');
};

type Received = { name: string; file: FileHandle };

/** What is acknowledged and not stored yet. A file that is open can be read to its end, also when it is settled and removed meanwhile. */
const openReceived = async ({ spool }: Stores): Promise<Received[]> => {
  const received: Received[] = [];
  for (const { path } of await spool.sealed(0)) received.push({ name: basename(path), file: await open(path, 'r') });
  return received;
};

const heldBytes = 64 * 1024 * 1024;

/** Holds entries back, so that packing them does not lengthen the time for which the snapshot is open. */
const holdBack = (add: (name: string, text: string) => Promise<void>) => {
  let held: [name: string, text: string][] = [];
  let bytes = 0;
  const release = async () => {
    for (const [name, text] of held) await add(name, text);
    held = [];
    bytes = 0;
  };
  const hold = async (name: string, text: string) => {
    held.push([name, text]);
    bytes += text.length;
    if (bytes > heldBytes) await release();
  };
  return { hold, release };
};

/**
 * Writes both stores and what was received and is not stored yet, as they were at one moment, into one file. Writes go on meanwhile; the
 * in-process Postgres pauses while it is read, and events that arrive wait in the spool.
 */
export const writeBackup = async (stores: Stores, file: string, say: (progress: string) => void = () => {}): Promise<Manifest> => {
  const { records, events, now } = stores;
  await dropOldClones(events.client);
  const archive = await createArchive(file);
  const add = (name: string, content: Buffer | string) => {
    say(name);
    return archive.add(name, content);
  };
  const { hold, release } = holdBack(add);
  let clones: Clones | undefined;
  let received: Received[] = [];
  const readCut = async (): Promise<Pick<Manifest, 'createdAt' | 'instance' | 'records'>> => {
    const client = await records.pool.connect();
    try {
      clones = await openCut(stores, client);
      received = await openReceived(stores);
      const { rows } = await client.query<{ id: string }>('SELECT id FROM instance');
      return { createdAt: now().toISOString(), instance: rows[0]!.id, records: await dumpRecords(client, hold) };
    } finally {
      await client.query('ROLLBACK').finally(() => client.release());
    }
  };
  try {
    // An event is in the spool or in the tables, and its counts are with it: nothing moves between the two meanwhile.
    const written = await alone(records, movingEvents, readCut);
    await release();
    for (const { name, file } of received) await add(`spool/${name}`, await file.readFile());
    const inEvents = await dumpEvents(events.client, clones!, add);
    const manifest: Manifest = { format: 1, ...written, events: inEvents, entries: [...archive.entries] };
    const text = JSON.stringify(manifest);
    await archive.add(manifestName, text);
    await archive.add(sealName, sha256Of(text));
    await archive.finish();
    return manifest;
  } catch (error) {
    await archive.abandon();
    throw error;
  } finally {
    for (const { file } of received) await file.close();
    await clones?.drop();
  }
};
