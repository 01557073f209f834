import { z } from 'zod';

/** A browser before anybody signed in, or an id that the product gives. */
export const keyType = z.enum(['anonymous', 'id:product']);
export type KeyType = z.output<typeof keyType>;

const count = z.int();

export const domainRule = z.object({
  joins: z.boolean().describe('Whether the domain of an e-mail address joins a person to the account that has this domain'),
  excluded: z.array(z.string()).describe('Domains that never do, besides the public ones such as gmail.com'),
});
export type DomainRule = z.output<typeof domainRule>;

export const rates = z.object({
  firstAt: z.iso.datetime().nullable(),
  lastAt: z.iso.datetime().nullable(),
  people: count.describe('People who sent at least one event, as they are now'),
  known: count.describe('Of these, people whom the product or an import names'),
  anonymous: count.describe('Of these, browsers on which nobody signed in'),
  importedByKey: count.describe('Known people whom an import knows under the same id'),
  importedByEmail: count.describe('Known people whom an import knows under the same e-mail address'),
  peopleStated: count.describe('People whose account was stated by a group call, an event or an import'),
  peopleByDomain: count.describe('People whose account follows from the domain of their e-mail address'),
  events: count,
  eventsKnown: count.describe('Events of a known person'),
  eventsStated: count.describe('Events whose account was stated'),
  eventsByDomain: count.describe('Events whose account follows from the domain of the e-mail address'),
});
export type Rates = z.output<typeof rates>;

export const unmatchedDomain = z.object({
  domain: z.string(),
  people: count.describe('People in the product with an address there and no account'),
  accounts: count.describe('Accounts that have this domain; several join nobody'),
  excluded: z.boolean(),
});
export type UnmatchedDomain = z.output<typeof unmatchedDomain>;

export const refusedAlias = z.object({
  previous: z.string(),
  user: z.string(),
  since: z.iso.datetime().describe('When it was first said'),
  why: z.enum(['signed_in', 'split']).describe('Both signed in and so are two people; or somebody split them'),
});
export type RefusedAlias = z.output<typeof refusedAlias>;

export const sharedBrowser = z.object({
  browser: z.string(),
  people: count,
  users: z.array(z.string()).describe('Ids in the product, the first to sign in first; at most 20'),
  events: count.describe('Events before a sign-in, which are of the first'),
});
export type SharedBrowser = z.output<typeof sharedBrowser>;

export const split = z.object({
  id: z.uuid(),
  keyType,
  keyValue: z.string(),
  person: z.string().describe('Id of the person whom it is not'),
  user: z.string().describe('Id of that person in the product; empty where only an import knows them'),
  reason: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
});
export type Split = z.output<typeof split>;

export const identityTables = z.enum(['domains', 'aliases', 'browsers']);
export type IdentityTable = z.output<typeof identityTables>;

export const identities = z.object({
  rates,
  rule: domainRule,
  domains: z.array(unmatchedDomain),
  aliases: z.array(refusedAlias),
  browsers: z.array(sharedBrowser),
  splits: z.array(split),
  shown: count.describe('So many rows of each table are here at most; export a table for all'),
});
export type Identities = z.output<typeof identities>;

export const ownKey = z.object({
  keyType: z.string().describe('anonymous, id:product, or empty for one that only an import knows'),
  keyValue: z.string(),
  by: z.string().describe('Why it is this person: identify, alias, key, email; empty where it is the person itself'),
  events: count,
  firstAt: z.iso.datetime().nullable(),
  lastAt: z.iso.datetime().nullable(),
});
export type OwnKey = z.output<typeof ownKey>;

export const ownEvent = z.object({
  name: z.string(),
  at: z.iso.datetime(),
  keyType: z.string().describe('What the event named the person by'),
  keyValue: z.string(),
});
export type OwnEvent = z.output<typeof ownEvent>;
