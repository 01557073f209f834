import type { Arrival } from '../events/schema.ts';

/** What is shown of a line of the spool; empty fields are left out there. */
export type Shown = Partial<Arrival> & Pick<Arrival, 'key' | 'received_at' | 'kind' | 'message' | 'at'> & { isCut: boolean };

const longestValue = 1000;
const longestRaw = 4000;
const largeLine = 64 * 1024;
const rawMark = ',"raw":"';

const cutText = (text: string, longest: number) => (text.length > longest ? text.slice(0, longest).toWellFormed() : text);

const cutRecord = (record: Record<string, string> | undefined) =>
  record && Object.fromEntries(Object.entries(record).map(([name, value]) => [cutText(name, longestValue), cutText(value, longestValue)]));

const isLong = (record: Record<string, string> | undefined) =>
  Object.entries(record ?? {}).some(([name, value]) => Math.max(name.length, value.length) > longestValue);

/** The beginning of a JSON text that was cut anywhere, also inside an escape. */
const textFrom = (json: string): string => {
  for (let end = json.length; end >= json.length - 6; end--)
    try {
      return (JSON.parse(`"${json.slice(0, end)}"`) as string).toWellFormed();
    } catch {
      // One letter less.
    }
  return '';
};

type Line = Omit<Shown, 'isCut'>;

/** Of a large failed event, which ends with what was sent, only the beginning is read. */
const parse = (line: string): { arrival: Line; isWhole: boolean } => {
  const at = line.length > largeLine ? line.indexOf(rawMark) : -1;
  if (at < 0) return { arrival: JSON.parse(line) as Line, isWhole: true };
  const begin = at + rawMark.length;
  const raw = textFrom(line.slice(begin, begin + 6 * longestRaw));
  return { arrival: { ...(JSON.parse(`${line.slice(0, at)}}`) as Line), raw }, isWhole: false };
};

/** A line as it is shown: long values are cut, so that nothing large is held. */
export const readLine = (line: string): Shown => {
  const { arrival, isWhole } = parse(line);
  const { properties, traits, raw = '' } = arrival;
  return {
    ...arrival,
    properties: cutRecord(properties),
    traits: cutRecord(traits),
    raw: cutText(raw, longestRaw),
    isCut: !isWhole || raw.length > longestRaw || isLong(properties) || isLong(traits),
  };
};

export const isLarge = (line: string): boolean => line.length > largeLine;
