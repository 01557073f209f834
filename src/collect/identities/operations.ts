import { and, eq, isNull } from 'drizzle-orm';
import { said } from '../../platform/language.ts';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { toCsv } from '../../platform/csv.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { isUniqueViolation } from '../../platform/records/errors.ts';
import { editors, marketers } from '../../platform/roles.ts';
import { whileSettling } from '../events/settle.ts';
import { type Decisions, readDecisions } from './decisions.ts';
import { eventsOf, identityRows, keysOf, readRates } from './queries.ts';
import { knownNow, refreshAfterDecision } from './refresh.ts';
import { placeOf } from './refreshing.ts';
import {
  domainRule,
  identities,
  type IdentityTable,
  identityTables,
  keyType,
  type OwnEvent,
  ownEvent,
  type OwnKey,
  ownKey,
  type Rates,
  type RefusedAlias,
  type SharedBrowser,
  split,
  type UnmatchedDomain,
} from './schema.ts';
import { domainRules, identitySplits } from './tables.ts';

const shown = 100;
const mostRowsInFile = 100_000;
const mostSplits = 1000;

/** Refused aliases, each once, since it was first said. */
const refusedAliases = async (context: Context, decisions: Decisions): Promise<RefusedAlias[]> => {
  const first = new Map<string, RefusedAlias>();
  for (const { previous, user, at: said, why } of (await knownNow(context.events, decisions)).aliases.refused) {
    const at = `${said.replace(' ', 'T')}Z`;
    const key = JSON.stringify([previous, user]);
    const held = first.get(key);
    if (!held || at < held.since) first.set(key, { previous, user, since: at, why });
  }
  return [...first.values()].toSorted((one, other) => (one.since < other.since ? 1 : -1));
};

const readDomains = ({ events }: Context, { rule }: Decisions, limit: number): Promise<UnmatchedDomain[]> =>
  events
    .ask<Omit<UnmatchedDomain, 'excluded'> & { excluded: number }>(identityRows('domains', limit, rule.excluded))
    .then((found) => found.map((one) => ({ ...one, excluded: one.excluded === 1 })));

const readBrowsers = ({ events }: Context, limit: number): Promise<SharedBrowser[]> =>
  events.ask<SharedBrowser>(identityRows('browsers', limit, []));

export const getIdentities = operation({
  summary: 'Read who is who: how many people are known and have an account, what joins nobody, and what was decided',
  method: 'GET',
  path: '/identities',
  who: editors,
  input: z.object({}),
  output: identities,
  run: async (context) => {
    const decisions = await readDecisions(context);
    const [[rates], domains, aliases, browsers] = await Promise.all([
      context.events.ask<Rates>(readRates),
      readDomains(context, decisions, shown),
      refusedAliases(context, decisions),
      readBrowsers(context, shown),
    ]);
    return { rates: rates!, ...decisions, domains, aliases: aliases.slice(0, shown), browsers, shown };
  },
});

const rowsOf: Record<IdentityTable, (context: Context) => Promise<(string | number)[][]>> = {
  domains: async (context) => [
    ['domain', 'people without an account', 'accounts with this domain', 'excluded'],
    ...(await readDomains(context, await readDecisions(context), mostRowsInFile)).map(({ domain, people, accounts, excluded }) => [
      domain,
      people,
      accounts,
      excluded ? 'yes' : 'no',
    ]),
  ],
  aliases: async (context) => [
    ['previous', 'user', 'since', 'why'],
    ...(await refusedAliases(context, await readDecisions(context)))
      .slice(0, mostRowsInFile)
      .map(({ previous, user, since, why }) => [previous, user, since, why]),
  ],
  browsers: async (context) => [
    ['browser', 'people', 'users', 'events'],
    ...(await readBrowsers(context, mostRowsInFile)).map(({ browser, people, users, events }) => [
      browser,
      people,
      users.join(' '),
      events,
    ]),
  ],
};

export const exportIdentities = operation({
  summary: 'Export a table of who is who as CSV: domains without an account, refused aliases or shared browsers',
  method: 'GET',
  path: '/identities.csv',
  who: editors,
  input: z.object({ table: identityTables }),
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context, { table }) => ({ fileName: `who-is-who-${table}.csv`, csv: toCsv(await rowsOf[table](context)) }),
});

export const listIdentityKeys = operation({
  summary: 'List the browsers and ids of one person, with the events of each',
  method: 'GET',
  path: '/identities/{person}/keys',
  who: editors,
  input: z.object({ person: z.string().max(200), limit: z.coerce.number().int().min(1).max(1000).default(100) }),
  output: z.object({ keys: z.array(ownKey) }),
  run: async (context, { person, limit }) => ({ keys: await context.events.ask<OwnKey>(keysOf(person, limit)) }),
});

export const listIdentityEvents = operation({
  summary: 'List the newest events of one person, whichever browser or id they came with',
  method: 'GET',
  path: '/identities/{person}/events',
  who: editors,
  input: z.object({ person: z.string().max(200), limit: z.coerce.number().int().min(1).max(500).default(50) }),
  output: z.object({ events: z.array(ownEvent), total: z.int() }),
  run: async (context, { person, limit }) => {
    const found = await context.events.ask<OwnEvent & { total: number }>(eventsOf(person, limit));
    return {
      events: found.map(({ name, at, keyType: type, keyValue }) => ({ name, at, keyType: type, keyValue })),
      total: found[0]?.total ?? 0,
    };
  },
});

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(
    /^[^\s@/]+\.[^\s@/.]+$/,
    said({ en: 'Write domains such as example.com, without @.', zh: '请填写 example.com 这样的域名，不带 @。' }),
  );
const changedAccount = z.int().describe('People whose account is another one now');

export const updateDomainRule = operation({
  summary: 'Change whether domains of e-mail addresses join people to accounts; who is who is worked out anew',
  method: 'PUT',
  path: '/identities/domain-rule',
  who: marketers,
  input: z.object({ joins: z.boolean(), excluded: z.array(domain).max(1000) }),
  output: z.object({ rule: domainRule, changedAccount }),
  run: (context, { joins, excluded }) =>
    whileSettling(context.application, async () => {
      const { id } = context.workspace;
      const { rule: before } = await readDecisions(context);
      const rule = { joins, excluded: [...new Set(excluded)].toSorted() };
      await context.write('domain_rule', async (transaction) => {
        await transaction
          .insert(domainRules)
          .values({ workspaceId: id, ...rule })
          .onConflictDoUpdate({ target: domainRules.workspaceId, set: rule });
        return { id, before, after: rule, result: undefined };
      });
      return { rule, changedAccount: await refreshAfterDecision(context) };
    }),
});

export const splitIdentity = operation({
  summary: 'Split a browser or an id off a person: it is not them. Nothing of the events changes, and it can be undone',
  method: 'POST',
  path: '/identities/splits',
  who: marketers,
  input: z.object({
    person: z.string().min(1).max(200).describe('Id of the person'),
    keyType,
    keyValue: z.string().min(1).max(1000),
    reason: z.string().trim().max(500).default(''),
  }),
  output: z.object({ split, changedAccount }),
  run: (context, { person, keyType: type, keyValue, reason }) =>
    whileSettling(context.application, async () => {
      const decisions = await readDecisions(context);
      if (decisions.splits.length >= mostSplits)
        throw new Failure('conflict', {
          en: `There are ${mostSplits} splits, which is the most that a workspace can have. Undo one first.`,
          zh: `已有 ${mostSplits} 个拆分，达到工作区的上限。请先撤销一个。`,
        });
      const [place] = await context.events.ask<{ id: string; ownerKey: string; ownId: string; ownerId: string }>(
        placeOf(await knownNow(context.events, decisions), type, keyValue),
      );
      if (!place || place.ownerId !== person)
        throw new Failure('not_found', {
          en: 'No such browser or id belongs to this person. Read the keys of the person to see those that do.',
          zh: '此人没有这样的浏览器或编号。请查看此人的编号和设备。',
        });
      if (place.ownerId === place.id)
        throw new Failure('conflict', {
          en: 'This id is the person itself and not joined to anybody. Split off one of the others.',
          zh: '此编号就是此人本身，没有与他人合并。请拆分其他编号。',
        });
      const isImported = place.ownId === place.id;
      const values = {
        keyType: type,
        keyValue,
        user: isImported ? '' : place.ownerKey,
        person: isImported ? place.ownerId : place.ownId,
        reason,
        by: context.actor.name,
      };
      const made = await context
        .write('identity_split', async (transaction) => {
          const [row] = await transaction
            .insert(identitySplits)
            .values({ ...values, workspaceId: context.workspace.id, createdAt: context.now() })
            .returning();
          return { id: row!.id, before: null, after: values, result: { id: row!.id, ...values, at: row!.createdAt.toISOString() } };
        })
        .catch((error: unknown) => {
          if (isUniqueViolation(error))
            throw new Failure('conflict', {
              en: 'This is split already; events still on their way may not show it yet.',
              zh: '已经拆分；尚在途中的事件可能还没有体现。',
            });
          throw error;
        });
      return { split: made, changedAccount: await refreshAfterDecision(context) };
    }),
});

export const undoSplit = operation({
  summary: 'Undo a split: the browser or id belongs again to whom what was said makes it belong',
  method: 'POST',
  path: '/identities/splits/{split}/undo',
  who: marketers,
  input: z.object({ split: z.uuid() }),
  output: z.object({ undone: z.literal(true), changedAccount }),
  run: (context, input) =>
    whileSettling(context.application, async () => {
      await context.write('identity_split', async (transaction) => {
        const [row] = await transaction
          .update(identitySplits)
          .set({ undoneAt: context.now() })
          .where(and(eq(identitySplits.id, input.split), isNull(identitySplits.undoneAt)))
          .returning();
        if (!row)
          throw new Failure('not_found', {
            en: 'There is no such split in this workspace, or it was undone already.',
            zh: '此工作区中没有这个拆分，或已经撤销。',
          });
        const { id, keyType: type, keyValue, person, reason } = row;
        return { id, before: { keyType: type, keyValue, person, reason }, after: null, result: undefined };
      });
      return { undone: true as const, changedAccount: await refreshAfterDecision(context) };
    }),
});
