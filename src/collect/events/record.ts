import type { Application } from '../../platform/context.ts';
import type { WorkspaceEvents } from '../../platform/events/store.ts';
import { noDecisions } from '../identities/decisions.ts';
import { refreshFrom } from '../identities/refresh.ts';
import { type Given, type GivenEvent, storeEvents, whileSettling } from './settle.ts';

/** Stores events of a new workspace, such as those of the example company, and whose they are; answers how many there were. */
export const recordEvents = (
  application: Pick<Application, 'records'>,
  events: WorkspaceEvents,
  given: Iterable<GivenEvent>,
  how: Given,
): Promise<number> =>
  whileSettling(application, async () => {
    const count = await storeEvents(events, given, how);
    await refreshFrom(events, how.receivedAt, noDecisions);
    return count;
  });
