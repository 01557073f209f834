/** Paths as numbers: of path i the channels codes[starts[i]] to codes[starts[i + 1] - 1], each a place in `channels`, which are sorted by name. */
export type CodedPaths = { channels: string[]; starts: Int32Array; codes: Int32Array };

const noTouch = -1;
const nothing = -1;
/** Longer names, and more of them, are looked up as texts: what is kept ready has a size that no file decides on. */
const mostLetters = 64;
const slots = 2 ** 13;
const together = 1024;

/** Among four letters at once, where a ">" stands: the lowest bit that is set belongs to the first of them. */
const separatorsIn = (word: number): number => {
  const other = word ^ 0x3e3e3e3e;
  return (other - 0x01010101) & ~other & 0x80808080;
};
const mixed = (hash: number, word: number): number => ((hash << 5) | (hash >>> 27)) ^ word;
const slotOf = (hash: number): number => Math.imul(hash, 0x9e3779b1) >>> 19;

/** The names met so far, each with its bytes at the slot that its hash names or the next that is free. With spaces around it, a name is another entry of the same channel. */
function makeNames() {
  const byName = new Map<string, number>();
  const letters = new DataView(new ArrayBuffer(slots * mostLetters));
  const lengths = new Int32Array(slots).fill(nothing);
  const codes = new Int32Array(slots);
  const decoder = new TextDecoder();
  let kept = 0;
  const add = (bytes: Uint8Array, slot: number): number => {
    const name = decoder.decode(bytes).trim();
    const code = name === '' ? noTouch : (byName.get(name) ?? byName.size);
    if (code === byName.size) byName.set(name, code);
    if (kept < slots / 2 && bytes.length < mostLetters) {
      kept += 1;
      new Uint8Array(letters.buffer).set(bytes, slot * mostLetters);
      lengths[slot] = bytes.length;
      codes[slot] = code;
    }
    return code;
  };
  return { byName, letters, lengths, codes, add };
}

/** Sorted by name, so that the order of the paths changes nothing. */
function sorted(byName: ReadonlyMap<string, number>, starts: Int32Array, codes: Int32Array): CodedPaths {
  const channels = [...byName.keys()].sort((one, two) => (one < two ? -1 : 1));
  const ranks = new Int32Array(channels.length);
  channels.forEach((name, rank) => (ranks[byName.get(name)!] = rank));
  for (let at = 0; at < codes.length; at += 1) codes[at] = ranks[codes[at]!]!;
  return { channels, starts, codes };
}

/** Texts as bytes, a ">" behind each, a thousand together where all letters are ASCII: then their lengths say where each ends. */
function* inBytes(texts: readonly string[]): Generator<{ bytes: DataView; first: number; lengths: number[] }> {
  const encoder = new TextEncoder();
  let room = new Uint8Array(0);
  const encoded = (text: string) => {
    if (room.length < 3 * text.length + 4) room = new Uint8Array(6 * text.length + 4);
    return encoder.encodeInto(text, room).written;
  };
  for (let first = 0; first < texts.length; first += together) {
    const some = texts.slice(first, first + together);
    const all = `${some.join('>')}>`;
    if (encoded(all) === all.length) yield { bytes: new DataView(room.buffer), first, lengths: some.map(({ length }) => length + 1) };
    else
      for (const [place, text] of some.entries()) {
        const length = encoded(`${text}>`);
        yield { bytes: new DataView(room.buffer), first: first + place, lengths: [length] };
      }
  }
}

/**
 * Takes paths apart that are written as "ad > fair > ad".
 *
 * Method: one pass over the bytes, four at a time, to the next ">"; what stands before it is found among the names met so far by its bytes. No text is cut
 * out but for a name that is met for the first time.
 * Shapes and units: one text a path, oldest touch first; names are parted by ">" and trimmed, and an empty name is no touch.
 * Assumes: no name holds a ">". Names with letters beyond ASCII are right as well, and take longer.
 * Do not use it for: paths that come as lists already; journeyChain takes those.
 * Errors: none.
 * Reference: the writing is that of the R package ChannelAttribution 2.2.4.
 *
 * @example
 * readPaths(['fair > ad', 'ad']).codes // Int32Array.of(1, 0, 0)
 */
export function readPaths(texts: readonly string[]): CodedPaths {
  const names = makeNames();
  const starts = new Int32Array(texts.length + 1);
  let codes = new Int32Array(texts.length * 12);
  let count = 0;
  for (const { bytes, first, lengths } of inBytes(texts)) {
    const needed = count + lengths.reduce((sum, length) => sum + length, 0);
    if (needed > codes.length) {
      const wider = new Int32Array(2 * codes.length + needed);
      wider.set(codes.subarray(0, count));
      codes = wider;
    }
    count = take(bytes, lengths, names, codes, count, starts.subarray(first + 1));
  }
  return sorted(names.byName, starts, codes.subarray(0, count));
}

/** Reads as many paths as there are lengths; how many codes there are after them. */
function take(
  bytes: DataView,
  lengths: readonly number[],
  names: ReturnType<typeof makeNames>,
  codes: Int32Array,
  before: number,
  starts: Int32Array,
): number {
  const { letters, lengths: known, codes: codeAt, add } = names;
  let count = before;
  let at = 0;
  let end = 0;
  for (let path = 0; path < lengths.length; path += 1) {
    end += lengths[path]!;
    while (at < end) {
      const from = at;
      let hash = 0;
      let word = bytes.getInt32(at, true);
      let found = separatorsIn(word);
      while (found === 0) {
        hash = mixed(hash, word);
        at += 4;
        word = bytes.getInt32(at, true);
        found = separatorsIn(word);
      }
      const left = (31 - Math.clz32(found & -found)) >> 3;
      const last = word & ((1 << (8 * left)) - 1);
      const length = at + left - from;
      let slot = slotOf(mixed(hash, last));
      while (known[slot] !== nothing) {
        let own = slot * mostLetters;
        let isKnown = known[slot] === length;
        for (let place = from; isKnown && place < at; place += 4, own += 4)
          isKnown = letters.getInt32(own, true) === bytes.getInt32(place, true);
        if (isKnown && letters.getInt32(own, true) === last) break;
        slot = (slot + 1) & (slots - 1);
      }
      const code = known[slot] === nothing ? add(new Uint8Array(bytes.buffer, from, length), slot) : codeAt[slot]!;
      if (code >= 0) codes[count++] = code;
      at += left + 1;
    }
    starts[path] = count;
  }
  return count;
}
