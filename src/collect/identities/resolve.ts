/** One thing that a client said about who is who; `previous` and `user` are ids in the product. */
export type AliasLink = { previous: string; user: string; at: string };

/** An alias that joins nobody: of two people who both signed in, or of two whom somebody split. */
export type RefusedAlias = AliasLink & { why: 'signed_in' | 'split' };

/** A decision that the id `keyValue` of the product is not the person with the id `user`. */
export type AliasSplit = { keyValue: string; user: string };

export type Aliases = {
  /** Each id that is another person by alias, with the one that it is in the end. */
  ownerOf: Map<string, string>;
  refused: RefusedAlias[];
};

/**
 * Who is whom by alias. The answer depends on what was said, never on the order in which it arrived: of several aliases of one id the
 * earliest stands (then the first in the alphabet); an id that signed in itself (`identified`) is nobody else's; one that was split is
 * not that person, by whichever alias; and where aliases go round in a circle everybody in it is the first in the alphabet.
 */
export const resolveAliases = (
  links: readonly AliasLink[],
  identified: ReadonlySet<string>,
  splits: readonly AliasSplit[] = [],
): Aliases => {
  const refused: RefusedAlias[] = links.filter(({ previous }) => identified.has(previous)).map((link) => ({ ...link, why: 'signed_in' }));
  const open = links.filter(({ previous, user }) => !identified.has(previous) && previous !== user);
  const split = new Set(splits.flatMap((one) => splitBy(one, open)));
  const next = new Map<string, AliasLink>();
  for (const link of open) {
    if (split.has(link)) continue;
    const held = next.get(link.previous);
    if (!held || link.at < held.at || (link.at === held.at && link.user < held.user)) next.set(link.previous, link);
  }
  const ownerOf = new Map<string, string>();
  for (const start of next.keys()) {
    const end = lastOf(start, next);
    if (end !== start) ownerOf.set(start, end);
  }
  refused.push(...[...split].map((link): RefusedAlias => ({ ...link, why: 'split' })));
  return { ownerOf, refused: refused.toSorted((one, other) => compare(one, other)) };
};

/** The aliases that would make of an id the person from whom it was split: of the id to anybody who is that person by other aliases, and back. */
const splitBy = ({ keyValue, user }: AliasSplit, links: readonly AliasLink[]): AliasLink[] => {
  const others = links.filter((link) => link.previous !== keyValue && link.user !== keyValue);
  const together = new Set([user]);
  for (let size = 0; size < together.size;) {
    size = together.size;
    for (const { previous, user: other } of others) if (together.has(previous) !== together.has(other)) together.add(previous).add(other);
  }
  return links.filter(
    (link) => (link.previous === keyValue && together.has(link.user)) || (link.user === keyValue && together.has(link.previous)),
  );
};

const lastOf = (start: string, next: ReadonlyMap<string, AliasLink>): string => {
  const path = [start];
  for (let at = start; ;) {
    const link = next.get(at);
    if (!link) return at;
    at = link.user;
    const seen = path.indexOf(at);
    if (seen >= 0) return path.slice(seen).toSorted()[0]!;
    path.push(at);
  }
};

const compare = (one: AliasLink, other: AliasLink): number => {
  const [left, right] = [one, other].map(({ previous, user, at }) => `${previous}\0${user}\0${at}`) as [string, string];
  return left < right ? -1 : left > right ? 1 : 0;
};
