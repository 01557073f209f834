import { isUtf8 } from 'node:buffer';
import { Failure } from '../../../platform/failure.ts';

/** A body as it was sent and as it was read. */
export type Body = {
  text: string;
  value: unknown;
  /** Whether a text in it may hold what no store takes: only escapes can bring a NUL or half of a surrogate pair. */
  isOdd: boolean;
};

const code = { quote: 34, comma: 44, backslash: 92, openList: 91, closeList: 93, openObject: 123, closeObject: 125 };

/** Where the string that begins at `from` ends. Here and below the text is valid JSON. */
const endOfString = (text: string, from: number): number => {
  for (let at = text.indexOf('"', from + 1); ; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === code.backslash) backslashes++;
    if (backslashes % 2 === 0) return at + 1;
  }
};

const endOfValue = (text: string, from: number): number => {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const character = text.charCodeAt(at);
    if (character === code.quote) {
      at = endOfString(text, at);
      if (depth === 0) return at;
      continue;
    }
    if (character === code.openObject || character === code.openList) depth++;
    else if (character === code.closeObject || character === code.closeList) {
      if (depth <= 1) return depth === 0 ? at : at + 1;
      depth--;
    } else if (depth === 0 && (character === code.comma || character <= 32)) return at;
    at++;
  }
  return at;
};

const skip = (text: string, from: number, what: RegExp): number => {
  what.lastIndex = from;
  what.test(text);
  return what.lastIndex;
};
const space = /\s*/y;
const spaceAndComma = /[\s,]*/y;
const spaceAndColon = /[\s:]*/y;

/** Where the value of a field of the outermost object begins; of several with one name the last counts, as in JSON.parse. */
const beginOfField = (text: string, name: string): number => {
  let found = -1;
  let at = skip(text, skip(text, 0, space) + 1, space);
  while (text.charCodeAt(at) === code.quote) {
    const end = endOfString(text, at);
    const value = skip(text, end, spaceAndColon);
    if (JSON.parse(text.slice(at, end)) === name) found = value;
    at = skip(text, endOfValue(text, value), spaceAndComma);
  }
  return found;
};

/** The elements of the outermost list, or of a list in the outermost object, as they were sent. */
export const elementTexts = (text: string, field?: string): string[] => {
  const texts: string[] = [];
  const begin = field === undefined ? skip(text, 0, space) : beginOfField(text, field);
  let at = skip(text, begin + 1, space);
  while (begin >= 0 && at < text.length && text.charCodeAt(at) !== code.closeList) {
    const end = endOfValue(text, at);
    texts.push(text.slice(at, end));
    at = skip(text, end, spaceAndComma);
  }
  return texts;
};

const longNumber = /[:[,]\s*-?\d{16,}/;
const wholeNumber = /-?\d+(?![\d.eE])/y;

/** Whole numbers that a double cannot hold become texts: an id of 64 bits must not become another. */
const quoteLongNumbers = (text: string): string => {
  if (!longNumber.test(text)) return text;
  let result = '';
  for (let at = 0; at < text.length;) {
    const character = text[at]!;
    const isNumber = character === '-' || (character >= '0' && character <= '9');
    const end = character === '"' ? endOfString(text, at) : isNumber ? endOfValue(text, at) : at + 1;
    const part = text.slice(at, end);
    wholeNumber.lastIndex = 0;
    const isLong = isNumber && !Number.isSafeInteger(Number(part)) && wholeNumber.exec(part)?.[0] === part;
    result += isLong ? `"${part}"` : part;
    at = end;
  }
  return result;
};

/** Reads bytes as JSON, whatever they call themselves. */
export const readJson = (bytes: Buffer): Body => {
  if (!isUtf8(bytes)) throw new Failure('invalid', 'The body is not UTF-8. Send JSON in UTF-8.');
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(text);
    if (longNumber.test(text)) value = JSON.parse(quoteLongNumbers(text));
  } catch (error) {
    throw new Failure('invalid', `The body is not JSON (${(error as Error).message.slice(0, 200)}).`);
  }
  return { text, value, isOdd: text.includes('\\u') };
};

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
