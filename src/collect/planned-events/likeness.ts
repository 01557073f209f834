import type { Likeness } from './schema.ts';

/** A name without case and separators: taskCreated, task_created and "Task Created" are one. */
const bare = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/**
 * Letters left out, put in, changed, or exchanged with their neighbour between two texts, or more than `most`: optimal string alignment, the
 * restricted distance of Damerau (1964), "A technique for computer detection and correction of spelling errors", as in Boytsov (2011), "Indexing
 * methods for approximate dictionary searching", section 2.2.
 */
export const distance = (left: string, right: string, most: number): number => {
  const [a, b] = [Array.from(left), Array.from(right)];
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const changed = last[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      let least = Math.min(last[column]! + 1, current[column - 1]! + 1, changed);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        least = Math.min(least, beforeLast[column - 2]! + 1);
      current.push(least);
    }
    if (Math.min(...current) > most && Math.min(...last) > most) return most + 1;
    beforeLast = last;
    last = current;
  }
  return Math.min(last[b.length]!, most + 1);
};

const digits = (name: string): string => name.replaceAll(/\P{N}/gu, '');

/** Short words that differ in a letter are different words, and step_1 is no misspelling of step_2. */
const mostFor = (length: number): number => (length < 5 ? 0 : length < 10 ? 1 : 2);

/** Letters in another order are a slip at any length. */
const isReordered = (left: string, right: string): boolean =>
  left.length > 2 && left.length === right.length && distance(left, right, 1) === 1 && sorted(left) === sorted(right);
const sorted = (text: string): string => Array.from(text).toSorted().join('');

/** The planned name that a name resembles most, or null. */
export const likeOf = (name: string, planned: readonly string[]): Likeness | null => {
  const own = bare(name);
  if (own === '') return null;
  let nearest: { name: string; far: number } | null = null;
  for (const other of planned) {
    const its = bare(other);
    if (its === own) return { name: other, by: 'case' };
    const most = isReordered(own, its) ? 1 : mostFor(Math.min(own.length, its.length));
    if (most === 0 || digits(own) !== digits(its)) continue;
    const far = distance(own, its, most);
    if (far <= most && (!nearest || far < nearest.far)) nearest = { name: other, far };
  }
  return nearest && { name: nearest.name, by: 'spelling' };
};
