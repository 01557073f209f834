import { readFileSync } from 'node:fs';
import { Failure } from '../platform/failure.ts';
import type { Field } from './fields.ts';

type Values = Record<string, unknown>;

const isObject = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);

const parseJson = (text: string, where: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure('invalid', `${where} is not JSON (${(error as Error).message}). Put it in single quotes, e.g. '{"tier":1}'.`);
  }
};

const readText = (file: string, where: string): string => {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new Failure('invalid', `${where} ${file} could not be read (${(error as NodeJS.ErrnoException).code}). Check the path.`);
  }
};

const readNumber = (text: string, flag: string): number => {
  const number = Number(text);
  if (text.trim() === '' || Number.isNaN(number)) throw new Failure('invalid', `--${flag} takes a number, not "${text}".`);
  return number;
};

const readBoolean = (given: unknown, flag: string): boolean => {
  if (typeof given === 'boolean') return given;
  if (given === 'true' || given === 'yes') return true;
  if (given === 'false' || given === 'no') return false;
  throw new Failure('invalid', `--${flag} takes true or false, not "${String(given)}".`);
};

const readValue = (given: unknown, field: Field): unknown => {
  if (field.kind === 'number') return readNumber(String(given), field.flag);
  if (field.kind === 'boolean') return readBoolean(given, field.flag);
  if (field.kind === 'json') return parseJson(String(given), `--${field.flag}`);
  return given;
};

const put = (target: Values, path: string[], value: unknown): void => {
  const [first = '', ...rest] = path;
  if (rest.length === 0) return void (target[first] = value);
  const inner = isObject(target[first]) ? target[first] : {};
  target[first] = inner;
  put(inner, rest, value);
};

const wholeInput = (text: string, where: string): Values => {
  const value = parseJson(text, where);
  if (!isObject(value)) throw new Failure('invalid', `${where} must be a JSON object, e.g. '{"name":"Smart Handoff"}'.`);
  return value;
};

/** The input of an operation from a file, then --json, then flags, then what stands without a flag: the later wins. */
export const assembleInput = (options: Values, fields: Field[], positional: Record<string, string>): Values => {
  const input: Values = {};
  if (typeof options.input === 'string') Object.assign(input, wholeInput(readText(options.input, '--input'), '--input'));
  if (typeof options.json === 'string') Object.assign(input, wholeInput(options.json, '--json'));
  for (const field of fields) {
    const given = options[attributeOf(field.flag)];
    if (given !== undefined) put(input, field.path, readValue(given, field));
  }
  return Object.assign(input, positional);
};

/** The name under which commander keeps a flag: market-date -> marketDate. */
export const attributeOf = (flag: string): string => flag.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
