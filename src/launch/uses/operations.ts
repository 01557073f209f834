import { z } from 'zod';
import { byKey } from '../../platform/by-key.ts';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import { type People, readPeople } from '../charters/people.ts';
import { readDeliverables } from '../deliverables/queries.ts';
import { readLaunch } from '../launches/queries.ts';
import { type Counted, readUses, useOf } from './queries.ts';
import { type DeliverableUse, deliverableUse } from './schema.ts';

const byMember = ({ downloads }: Counted, people: People): DeliverableUse['by'] =>
  [...byKey(downloads, ({ memberId }) => memberId)]
    .map(([id, days]) => ({
      member: people.find(id),
      downloads: days.reduce((all, { times }) => all + times, 0),
      lastOn: days
        .map(({ day }) => day)
        .toSorted()
        .at(-1)!,
    }))
    .toSorted((one, other) => other.lastOn.localeCompare(one.lastOn) || other.downloads - one.downloads);

export const listUses = operation({
  summary: 'Count how often each deliverable of a launch was used: its files downloaded, short links to its addresses followed',
  method: 'GET',
  path: '/launches/{launch}/deliverables/uses',
  who: everyone,
  input: z.object({ launch: z.string().min(1).max(120).describe('Key or id of the launch') }),
  output: z.object({ uses: z.array(deliverableUse) }),
  run: (context, { launch: key }) =>
    context.read(async (transaction) => {
      const launch = await readLaunch(transaction, key);
      const all = await readDeliverables(transaction, launch);
      // Sales reads what is approved; the rest is work under way.
      const readable = context.actor.role === 'sales' ? all.filter(({ status }) => status === 'approved' || status === 'shipped') : all;
      const people = await readPeople(transaction);
      const uses = await readUses(transaction, readable);
      return { uses: uses.map((one) => ({ ...useOf(one), by: byMember(one, people) })) };
    }),
});
