import { expect, test } from 'vitest';
import { insertMention, mentionAt, mentionsIn, peopleFor, withoutMentions } from './mentions.ts';

const ana = { id: '0b2f1c9e-5a52-4f0e-9a77-1f6f5d0c2a11', name: 'Ana Souza' };
const odd = { id: '0b2f1c9e-5a52-4f0e-9a77-1f6f5d0c2a12', name: '[x](javascript:alert(1)) \\' };

test('an @ at the beginning of a word asks for somebody, one within an address does not', () => {
  expect(mentionAt('Ask @An', 7)).toEqual({ from: 4, letters: 'An' });
  expect(mentionAt('@', 1)).toEqual({ from: 0, letters: '' });
  expect(mentionAt('问 @安娜', 5)).toEqual({ from: 2, letters: '安娜' });
  expect(mentionAt('write to ana@weft', 17)).toBeNull();
  expect(mentionAt('Ask @An\nthen', 12)).toBeNull();
});

test('people are found by any word of their name', () => {
  const people = [ana, { id: '1', name: 'Susan Ander' }, { id: '2', name: 'Bo' }];
  expect(peopleFor(people, 'an').map(({ name }) => name)).toEqual(['Ana Souza', 'Susan Ander']);
  expect(peopleFor(people, 'ana so').map(({ name }) => name)).toEqual(['Ana Souza']);
  expect(peopleFor(people, 'zz')).toEqual([]);
});

test('whoever is put in is read out again, whatever their name', () => {
  for (const person of [ana, odd]) {
    const { text, caret } = insertMention('Ask @An first', 7, person);
    expect(text.slice(caret)).toBe('first');
    expect(mentionsIn(`${text} and again ${text}`)).toEqual([person.id]);
    expect(withoutMentions(text)).toBe(`Ask @${person.name} first`);
  }
  expect(mentionsIn('[@Ana](member:nobody) [Ana](member:0b2f1c9e-5a52-4f0e-9a77-1f6f5d0c2a11) @Ana')).toEqual([]);
});
