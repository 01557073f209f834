import { z } from 'zod';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import { eventNames, eventProperties } from './names.ts';
import { type EventProperty, eventProperty, type NamedEvent, namedEvent } from './schema.ts';

/** How many of the newest rows are looked at for properties and their values. */
const sample = 20_000;

export const listEventNames = operation({
  summary: 'List the names of the events received, with how many there are and when they were first and last seen',
  method: 'GET',
  path: '/events/names',
  who: everyone,
  input: z.object({
    search: z.string().max(200).default('').describe('Only names that hold this text'),
    limit: z.coerce.number().int().min(1).max(2000).default(500),
  }),
  output: z.object({ events: z.array(namedEvent) }),
  run: async (context, input) => ({ events: await context.events.ask<NamedEvent>(eventNames(input)) }),
});

export const listEventProperties = operation({
  summary: 'List the properties that an event carries, with their most frequent values',
  method: 'GET',
  path: '/events/properties',
  who: everyone,
  input: z.object({
    event: z.string().max(200).default('').describe('Name of the event; empty for any'),
    property: z.string().max(200).default('').describe('Only this property'),
    search: z.string().max(200).default('').describe('Only values that hold this text'),
    values: z.coerce.number().int().min(0).max(200).default(12).describe('How many values of each'),
  }),
  output: z.object({
    properties: z.array(eventProperty),
    sample: z.int().describe('So many of the newest events were looked at, at most'),
  }),
  run: async (context, input) => ({ properties: await context.events.ask<EventProperty>(eventProperties({ ...input, sample })), sample }),
});
