import { z } from 'zod';
import { answerFacts, rangeInput, step, unit } from '../questions/schema.ts';

export const directions = ['after', 'before'] as const;
export type Direction = (typeof directions)[number];
/** How many names a position shows; the others are one node. */
export const mostNames = 8;
export const deepest = 8;
/** How many whole paths are listed. */
export const mostWhole = 20;

/**
 * A path is of one session: what one person or account did without a pause longer than the gap. It begins with the first event in the
 * session that is the anchor, or with the session, and is read to the end of the session or the first event that ends it. `before` is
 * the same question of the session read backwards. Events in the same millisecond are taken by name. The names left out still
 * keep a session together, and are then gone; after that the same name in a row is one step. A path is of the period in which
 * its first event is; a session is followed for a day over both ends of the period.
 */
export const pathsAsked = z.object({
  from: step.nullable().default(null).describe('Where paths begin; null for the beginning of a session, or with before for its end'),
  direction: z.enum(directions).default('after'),
  to: step.nullish().describe('An event that ends the path, such as a purchase'),
  depth: z.int().min(2).max(deepest).default(4).describe('How many steps are shown, the first event not counted'),
  gap: z.int().min(1).max(720).default(30).describe('Minutes without an event after which a session is over'),
  leaveOut: z.array(z.string().min(1).max(200)).max(50).default([]).describe('Names of events that are not shown'),
  range: rangeInput.describe('When the first event of the path was'),
  unit: unit.default('people'),
});
export type PathsAsked = z.output<typeof pathsAsked>;

const chosenLater = step.extend({ event: z.string().max(200).nullable() }).nullable();
/** The question while it is being put together: an event that nobody has chosen yet is ''. */
export const pathsAddress = pathsAsked.extend({ from: chosenLater.default(null), to: chosenLater.default(null) });
export type PathsAddress = z.output<typeof pathsAddress>;

const share = {
  share: z.number().nullable().describe('Of all paths; null without any'),
  low: z.number().nullable(),
  high: z.number().nullable(),
};
const counted = {
  count: z.int().describe('Paths'),
  units: z.int().describe('People or accounts that these paths are of; one of them may have several'),
};
const name = z.string().nullable().describe('Null for all names beyond the largest of this position');
const ends = {
  ended: z.int().describe('Paths whose session has nothing more'),
  arrived: z.int().describe('Paths that came to what ends them'),
};

const node = z.object({ name, ...counted, ...share, ...ends });
export type PathNode = z.output<typeof node>;

export const paths = z.object({
  unit,
  direction: z.enum(directions),
  ...counted,
  ...ends,
  positions: z.array(z.object({ nodes: z.array(node), names: z.int().describe('How many different names there are in all') })),
  links: z.array(
    z.object({ position: z.int().describe('Of the node it comes from, from 1'), from: name, to: name, count: z.int(), units: z.int() }),
  ),
  tree: z
    .array(z.object({ path: z.array(z.string()), ...counted, ...ends }))
    .describe('How many paths begin with these steps, the most frequent ones; each with what it begins with before it'),
  reached: z
    .object({
      ...counted,
      ...share,
      seconds: z.number().nullable().describe('Median from the first event to the one that ends the path'),
      further: z.int().describe('Paths that came to it after more steps than are shown'),
    })
    .nullable()
    .describe('Null where the question names no end'),
  whole: z
    .array(z.object({ path: z.array(z.string()), ...counted, ...share, seconds: z.number().nullable() }))
    .describe('The most frequent ways to what ends them, from after the first event on'),
  interval: z
    .enum(['clustered', 'none'])
    .describe('clustered: paths of one account or person are alike, so those are counted; none: under ten'),
  clusters: z.int().describe('From so many accounts the paths come; a person without one counts as one'),
  facts: answerFacts,
});
export type Paths = z.output<typeof paths>;

const names = z.array(z.string().min(1).max(200)).max(deepest);
const position = z.int().min(1).max(deepest);
const mostNamed = z.array(z.string().min(1).max(200)).max(mostNames);
export const pathsPlace = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('begins'), path: names.describe('The first steps') }),
  z.object({ kind: z.literal('other'), path: names, next: mostNamed.describe('Goes on after these steps, with none of those') }),
  z.object({ kind: z.literal('ended'), path: names.describe('Has these steps and nothing more, and did not come to what ends it') }),
  z.object({ kind: z.literal('node'), position, name }),
  z.object({ kind: z.literal('link'), position, from: name, to: name }),
  z.object({ kind: z.literal('whole'), path: names }),
  z.object({ kind: z.literal('reached') }),
]);
export type PathsPlace = z.output<typeof pathsPlace>;

export const pathsRowsAsked = pathsAsked.extend({ place: pathsPlace });
export type PathsRowsAsked = z.output<typeof pathsRowsAsked>;
