import type { WorkspaceEvents } from '../../platform/events/store.ts';
import { aliasLinks, identifiedAmong, numberKnown, refreshWho } from './refreshing.ts';
import { type AliasLink, resolveAliases } from './resolve.ts';

/** Works out who is who from everything that was said, and writes what has changed; the caller is alone (`whileSettling`). */
export const refreshIdentities = async (events: WorkspaceEvents, now: Date): Promise<void> => {
  const links = await events.ask<AliasLink>(aliasLinks());
  const identified = links.length === 0 ? [] : await events.ask<{ id: string }>(identifiedAmong(links));
  const aliases = resolveAliases(links, new Set(identified.map(({ id }) => id)));
  await events.command(numberKnown(aliases));
  await events.command(refreshWho(aliases, now.getTime()));
};
