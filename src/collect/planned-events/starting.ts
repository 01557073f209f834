import type { Context } from '../../platform/context.ts';
import { arrivedOf, readingOf } from './checking.ts';
import { type Carried, carriedProperties, type Days, type ReadCount, readCounts } from './queries.ts';
import { plannedEventFields, type PlannedProperty, plannedProperty, type PropertyType } from './schema.ts';

const mostAtOnce = 100;
const mostProperties = 50;

const typeOf = ({ events, numbers, booleans, dates }: Carried): PropertyType =>
  numbers === events ? 'number' : booleans === events ? 'boolean' : dates === events ? 'date' : 'string';

/** Events as they arrive and are not in the plan yet, the most frequent first: what all of one name carry is required. */
export const arrivingEvents = async (
  context: Context,
  planned: readonly string[],
  days: Days,
  room: number,
): Promise<{ name: string; properties: PlannedProperty[] }[]> => {
  const arrived = (await arrivedOf(context, planned, days))
    .filter(({ name }) => !planned.includes(name) && plannedEventFields.shape.name.safeParse(name).data === name)
    .slice(0, Math.min(mostAtOnce, room));
  if (arrived.length === 0) return [];
  const reading = readingOf(arrived, days);
  const [read, carried] = await Promise.all([
    context.events.ask<ReadCount>(readCounts(reading)),
    context.events.ask<Carried>(carriedProperties(reading)),
  ]);
  const readOf = new Map(read.map(({ name, events }) => [name, events]));
  return arrived.map(({ name }) => ({
    name,
    properties: carried
      .filter((one) => one.name === name && plannedProperty.shape.name.safeParse(one.property).data === one.property)
      .slice(0, mostProperties)
      .map((one) => ({ name: one.property, type: typeOf(one), required: one.events === readOf.get(name), allowed: [] })),
  }));
};
