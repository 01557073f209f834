/** Mentions within Markdown: `[@Ana Souza](member:<id>)`, a link to a person that any other reader of Markdown shows as their name. */

export type Person = { id: string; name: string };

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const written = new RegExp(`\\[(@(?:[^\\[\\]\\\\]|\\\\.){1,200})\\]\\(member:(${uuid})\\)`, 'gi');

/** The members whom a text mentions, each once. */
export const mentionsIn = (text: string): string[] => [...new Set([...text.matchAll(written)].map(([, , id]) => id!.toLowerCase()))];

/** The text as it reads where nobody can be opened: `@Ana Souza`. */
export const withoutMentions = (text: string): string => text.replaceAll(written, (_, name: string) => name.replaceAll(/\\(.)/g, '$1'));

export const isMention = (href: string | undefined): boolean => href?.startsWith('member:') ?? false;

/** What is being written after an @ that stands right before the caret: where it begins, and the letters so far. */
export const mentionAt = (text: string, caret: number): { from: number; letters: string } | null => {
  const found = /(?:^|[\s([])@([\p{L}\p{M}\p{N}.'’ -]{0,40})$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const letters = found[1]!;
  return { from: caret - letters.length - 1, letters };
};

/** Those whose name, or a word of it, begins with the letters. */
export const peopleFor = (people: readonly Person[], letters: string): Person[] => {
  const wanted = letters.toLocaleLowerCase();
  const begins = (name: string) => {
    const lower = name.toLocaleLowerCase();
    return lower.startsWith(wanted) || lower.split(/\s+/).some((word) => word.startsWith(wanted));
  };
  return people.filter(({ name }) => begins(name)).slice(0, 8);
};

/** The text with the person in place of what was being written, and where the caret then stands. */
export const insertMention = (text: string, caret: number, { id, name }: Person): { text: string; caret: number } => {
  const from = mentionAt(text, caret)?.from ?? caret;
  const mention = `[@${name.replaceAll(/[\\[\]]/g, '\\$&')}](member:${id}) `;
  return { text: text.slice(0, from) + mention + text.slice(caret).replace(/^ /, ''), caret: from + mention.length };
};
