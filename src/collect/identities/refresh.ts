import type { Context } from '../../platform/context.ts';
import type { WorkspaceEvents } from '../../platform/events/store.ts';
import { aliasLinks, identifiedAmong, type Joins, numberKnown, refreshWho } from './refreshing.ts';
import { type AliasLink, resolveAliases } from './resolve.ts';
import { identitySplits } from './tables.ts';

/** Works out who is who from everything that was said, and writes what has changed; the caller is alone (`whileSettling`). */
export const refreshIdentities = async (events: WorkspaceEvents, split: Joins['split'], now: Date): Promise<void> => {
  const aliases = await events.ask<AliasLink>(aliasLinks());
  const identified = aliases.length === 0 ? [] : await events.ask<{ id: string }>(identifiedAmong(aliases));
  const joins = { ...resolveAliases(aliases, new Set(identified.map(({ id }) => id))), split };
  await events.command(numberKnown(joins));
  await events.command(refreshWho(joins, now.getTime()));
};

/** The same for a workspace, with the joins that its members took apart. */
export const refreshIdentitiesOf = async ({ events, read, now }: Context): Promise<void> => {
  const split = await read((transaction) =>
    transaction.select({ key: identitySplits.key, user: identitySplits.userId }).from(identitySplits),
  );
  await refreshIdentities(events, split, now());
};
