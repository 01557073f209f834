/** One thing that a client said about who is who; `previous` and `user` are ids in the product. */
export type AliasLink = { previous: string; user: string; at: string };

export type Aliases = {
  /** Each id that is another person by alias, with the one that it is in the end. */
  ownerOf: Map<string, string>;
  /** Aliases of two people who both signed in: never joined. */
  refused: AliasLink[];
};

/**
 * Who is whom by alias. The answer depends on what was said, never on the order in which it arrived: of several aliases of one id the
 * earliest stands (then the first in the alphabet); an id that signed in itself (`identified`) is nobody else's; and where aliases go
 * round in a circle everybody in it is the first in the alphabet.
 */
export const resolveAliases = (links: readonly AliasLink[], identified: ReadonlySet<string>): Aliases => {
  const refused = links.filter(({ previous }) => identified.has(previous));
  const next = new Map<string, AliasLink>();
  for (const link of links) {
    if (identified.has(link.previous) || link.previous === link.user) continue;
    const held = next.get(link.previous);
    if (!held || link.at < held.at || (link.at === held.at && link.user < held.user)) next.set(link.previous, link);
  }
  const ownerOf = new Map<string, string>();
  for (const start of next.keys()) {
    const end = lastOf(start, next);
    if (end !== start) ownerOf.set(start, end);
  }
  return { ownerOf, refused: refused.toSorted((one, other) => compare(one, other)) };
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
