import type { Application } from '../../platform/context.ts';
import type { WorkspaceEvents } from '../../platform/events/store.ts';
import { refreshIdentities } from '../identities/refresh.ts';
import { type Given, type GivenEvent, storeEvents, whileSettling } from './settle.ts';

/** Stores events that are at hand, such as those of the example company, and whose they are; answers how many there were. */
export const recordEvents = (
  application: Pick<Application, 'records'>,
  events: WorkspaceEvents,
  given: Iterable<GivenEvent>,
  how: Given,
): Promise<number> =>
  whileSettling(application, async () => {
    const count = await storeEvents(events, given, how);
    await refreshIdentities(events, how.receivedAt);
    return count;
  });
