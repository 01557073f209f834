import type { Context } from '../../platform/context.ts';
import type { WorkspaceEvents } from '../../platform/events/store.ts';
import { anonymousKey } from '../events/settling.ts';
import { productKey } from '../objects/identity.ts';
import { type Decisions, readDecisions } from './decisions.ts';
import { aliasLinks, changedAccounts, identifiedAmong, type Known, numberKnown, ownersOfUsers, refreshWho } from './refreshing.ts';
import { type AliasLink, resolveAliases } from './resolve.ts';
import type { Split } from './schema.ts';

type Here = Pick<Context, 'events' | 'read' | 'now'>;

/** Links of split browsers to users who are the person that the browser is not, by whichever way they are. */
const splitLinksOf = async (events: WorkspaceEvents, known: Known, splits: readonly Split[]): Promise<Known['splitLinks']> => {
  if (splits.length === 0) return [];
  const people = splits.map(({ person }) => person);
  const browsers = splits.map(({ keyValue }) => keyValue);
  const users = await events.ask<{ browser: string; user: string; id: string; owner: string }>(ownersOfUsers(known, browsers, people));
  const now = new Map(users.map(({ id, owner }) => [id, owner]));
  const refused = new Map<string, Set<string>>();
  for (const { keyValue, person } of splits) refused.set(keyValue, (refused.get(keyValue) ?? new Set()).add(now.get(person) ?? person));
  return users.filter(({ browser, owner }) => refused.get(browser)?.has(owner));
};

/** What was said and decided of who is who, as far as it has to be worked out before the statements. */
export const knownNow = async (events: WorkspaceEvents, decisions: Decisions): Promise<Known> => {
  const links = await events.ask<AliasLink>(aliasLinks());
  const identified = links.length === 0 ? [] : await events.ask<{ id: string }>(identifiedAmong(links));
  const aliasSplits = decisions.splits.filter(({ keyType, user }) => keyType === productKey && user !== '');
  const aliases = resolveAliases(links, new Set(identified.map(({ id }) => id)), aliasSplits);
  const known: Known = { aliases, decisions, splitLinks: [] };
  const ofBrowsers = decisions.splits.filter(({ keyType }) => keyType === anonymousKey);
  return { ...known, splitLinks: await splitLinksOf(events, known, ofBrowsers) };
};

/** Works out who is who from everything that was said and decided, and writes what has changed; the caller is alone (`whileSettling`). */
export const refreshFrom = async (events: WorkspaceEvents, now: Date, decisions: Decisions): Promise<void> => {
  const known = await knownNow(events, decisions);
  await events.command(numberKnown);
  await events.command(refreshWho(known, now.getTime()));
};
export const refreshIdentities = async (context: Here): Promise<void> =>
  refreshFrom(context.events, context.now(), await readDecisions(context));

/** The same after a decision: answers how many people it brings to another account. */
export const refreshAfterDecision = async ({ events, now, read }: Here): Promise<number> => {
  const known = await knownNow(events, await readDecisions({ read }));
  await events.command(numberKnown);
  const [changed] = await events.ask<{ people: number }>(changedAccounts(known));
  await events.command(refreshWho(known, now().getTime()));
  return changed?.people ?? 0;
};
