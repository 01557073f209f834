/** Paths as numbers: of path i the channels codes[starts[i]] to codes[starts[i + 1] - 1], each a place in `channels`, which are sorted by name. */
export type CodedPaths = { channels: string[]; starts: Int32Array; codes: Int32Array };

const separator = 62; // '>'
const plain = 128;
/** A tree of more letters than this would cost memory that a hostile file decides on; names beyond it are looked up whole. */
const mostNodes = 4096;
const unknown = -2;
const noTouch = -1;
/** Places of rows: where a name begins, and where one has left the tree. At 0 nothing is known. */
const root = plain;
const outside = 2 * plain;

/**
 * The names met so far as a tree of letters, a row of `next` for each node: to walk it is to read a name and to look it up at once. A name that is
 * followed by spaces ends at a node of its own, which stands for the same name.
 */
function makeNames() {
  const next = new Int32Array(mostNodes * plain);
  for (const space of [9, 10, 11, 12, 13, 32]) next[root + space] = root;
  next.fill(outside, outside, outside + plain);
  next[outside + separator] = 0;
  const codes = new Int32Array(mostNodes).fill(unknown);
  const byName = new Map<string, number>();
  let nodes = 3;
  const add = (node: number, letter: number): number => {
    if (letter >= plain || node === outside || nodes === mostNodes) return outside;
    nodes += 1;
    next[node + letter] = (nodes - 1) * plain;
    return (nodes - 1) * plain;
  };
  const look = (text: string): number => {
    const name = text.trim();
    if (name === '') return noTouch;
    const known = byName.get(name);
    if (known !== undefined) return known;
    byName.set(name, byName.size);
    return byName.size - 1;
  };
  return { next, codes, byName, add, look };
}

/** Sorted by name, so that the order of the paths changes nothing. */
function sorted(byName: ReadonlyMap<string, number>, starts: Int32Array, codes: Int32Array): CodedPaths {
  const channels = [...byName.keys()].sort((one, two) => (one < two ? -1 : 1));
  const ranks = new Int32Array(channels.length);
  channels.forEach((name, rank) => (ranks[byName.get(name)!] = rank));
  for (let at = 0; at < codes.length; at += 1) codes[at] = ranks[codes[at]!]!;
  return { channels, starts, codes };
}

/**
 * Takes paths apart that are written as "ad > fair > ad".
 *
 * Method: one pass over the letters, down a tree of the names met so far; no text is cut out but for a name that is met for the first time.
 * Shapes and units: one text a path, oldest touch first; names are parted by ">" and trimmed, and an empty name is no touch.
 * Assumes: no name holds a ">". Names with letters beyond ASCII are right as well, and take a few times as long.
 * Do not use it for: paths that come as lists already; journeyChain takes those.
 * Errors: none.
 * Reference: the writing is that of the R package ChannelAttribution 2.2.4.
 *
 * @example
 * readPaths(['fair > ad', 'ad']).codes // Int32Array.of(1, 0, 0)
 */
export function readPaths(texts: readonly string[]): CodedPaths {
  const { next, codes: known, byName, add, look } = makeNames();
  const starts = new Int32Array(texts.length + 1);
  let codes = new Int32Array(Math.max(16, texts.length * 8));
  let count = 0;
  for (let path = 0; path < texts.length; path += 1) {
    const text = texts[path]!;
    const { length } = text;
    if (count + length > codes.length) {
      const wider = new Int32Array(2 * codes.length + length);
      wider.set(codes);
      codes = wider;
    }
    let node = root;
    let from = 0;
    for (let at = 0; at <= length; at += 1) {
      const letter = at < length ? text.charCodeAt(at) : separator;
      const to = letter < plain ? next[node + letter]! : 0;
      if (to > 0) node = to;
      else if (letter !== separator) node = add(node, letter);
      else {
        let code = node === outside ? unknown : known[node / plain]!;
        if (code === unknown) {
          code = look(text.slice(from, at));
          if (node !== outside) known[node / plain] = code;
        }
        if (code >= 0) codes[count++] = code;
        node = root;
        from = at + 1;
      }
    }
    starts[path + 1] = count;
  }
  return sorted(byName, starts, codes.subarray(0, count));
}
