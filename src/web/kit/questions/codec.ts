/** The question in the address: one compact JSON text that holds only what differs from the usual question. */

/** What a zod schema is, as far as this needs it. */
export type Parser<Question> = { safeParse: (value: unknown) => { success: true; data: Question } | { success: false } };

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Undefined when it is the usual question, so that its address stays bare. */
export const writeQuestion = <Question extends object>(question: Question, usual: Question): string | undefined => {
  const usualFields = usual as Fields;
  const differs = Object.entries(question).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(usualFields[name]));
  // A field that the usual question has and this one has not is said too, or it would come back.
  const gone = Object.keys(usualFields).filter((name) => !(name in question) || (question as Fields)[name] === undefined);
  const kept = differs.filter(([, value]) => value !== undefined);
  if (kept.length + gone.length === 0) return undefined;
  return JSON.stringify(Object.fromEntries([...kept, ...gone.map((name): [string, null] => [name, null])]));
};

export type ReadQuestion<Question> = {
  question: Question;
  /** The address holds something that is no question: a cut link. The usual question is shown instead. */
  broken: boolean;
};

export const readQuestion = <Question extends object>(
  text: string | undefined,
  parser: Parser<Question>,
  usual: Question,
): ReadQuestion<Question> => {
  if (!text) return { question: usual, broken: false };
  const given = readFields(text);
  if (!given) return { question: usual, broken: true };
  const whole = parser.safeParse({ ...usual, ...given });
  // A field that may be absent but not null: it was taken out.
  const without = whole.success ? whole : parser.safeParse(withoutNulls({ ...usual, ...given }));
  return without.success ? { question: without.data, broken: false } : { question: usual, broken: true };
};

const readFields = (text: string): Fields | null => {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
};

const withoutNulls = (fields: Fields): Fields => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
