import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Events, WorkspaceEvents } from './events/store.ts';
import type { Language } from './language.ts';
import type { Records, Transaction } from './records/store.ts';
import type { Role } from './roles.ts';
import type { Spool } from './spool.ts';

export type Door = 'web' | 'api' | 'cli' | 'mcp' | 'job';

export type Actor = { kind: 'member' | 'key' | 'local' | 'job'; id: string; name: string; role: Role; mayWrite: boolean };
export type WorkspaceScope = { id: string; name: string; timeZone: string; currency: string; isExample: boolean };
export type Member = { id: string; email: string; name: string; locale: string | null };

/** What a running Landfall stands on; made once at start. */
export type Application = {
  config: Config;
  records: Records;
  events: Events;
  /** What machines sent and the event store has not taken yet. */
  spool: Spool;
  log: Logger;
  now: () => Date;
  /** Work that goes on after its request was answered; clean shutdown aborts and awaits it. */
  background: (name: string, run: (signal: AbortSignal) => Promise<void>) => void;
};

/** One call through one door, before anybody is known. */
export type DoorContext = {
  application: Application;
  door: Door;
  requestId: string;
  /** The caller's network address, for rate limits. */
  address: string;
  /** Where browsers reach this Landfall, without a slash at the end. */
  publicUrl: string;
  /** What the caller reads; refusals are said in it. */
  language: Language;
  now: () => Date;
  /** The signed-in member, where a session or the local command line named one. */
  member: Member | null;
  /** Starts and ends the browser's session; doors without cookies hand the token back instead. */
  session: { token: string | null; set: (token: string, expiresAt: Date) => void; clear: () => void };
  body?: Readable;
  /** For calls that last: who calls now, and a way to end a connection on which nobody reads. */
  connection?: { callAgain: () => Promise<DoorContext | Context>; drop: () => void };
};

/** A call inside a workspace by somebody who may be there. */
export type Context = DoorContext & {
  actor: Actor;
  workspace: WorkspaceScope;
  /** A short read of Postgres, walled in the workspace. Never wait for ClickHouse inside: the twin has one connection. */
  read: <T>(run: (transaction: Transaction) => Promise<T>) => Promise<T>;
  /** A write to Postgres, walled in the workspace, that leaves exactly one audit row in the same transaction. */
  write: <T>(subject: string, run: (transaction: Transaction) => Promise<Written<T>>) => Promise<T>;
  /** The same for work that no operation called by name, such as a job. */
  writeAs: <T>(operation: string, subject: string, run: (transaction: Transaction) => Promise<Written<T>>) => Promise<T>;
  events: WorkspaceEvents;
};

export type Written<T> = { id: string; before: unknown; after: unknown; result: T };
