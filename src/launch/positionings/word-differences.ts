import { diffArrays } from 'diff';

export type Part = { kind: 'same' | 'removed' | 'added'; text: string };

/** Words by the rules of the language: Chinese has no spaces between them. */
const wordsOf = (text: string, locale: string): string[] =>
  [...new Intl.Segmenter(locale, { granularity: 'word' }).segment(text)].map(({ segment }) => segment);

/** What was taken out of one text and put in to make the other, word by word. */
export const wordDifferences = (before: string, after: string, locale = 'en'): Part[] =>
  diffArrays(wordsOf(before, locale), wordsOf(after, locale)).map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }));
