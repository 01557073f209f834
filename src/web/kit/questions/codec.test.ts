import { expect, test } from 'vitest';
import { z } from 'zod';
import { readQuestion, writeQuestion } from './codec.ts';

const schema = z.object({
  steps: z.array(z.object({ event: z.string().nullable(), label: z.string().optional() })),
  days: z.number().int(),
  breakdown: z.object({ name: z.string() }).nullable(),
  note: z.string().optional(),
});
type Question = z.infer<typeof schema>;
const usual: Question = { steps: [{ event: 'Signed up' }], days: 90, breakdown: { name: 'plan' }, note: 'first' };

test('the usual question leaves the address bare', () => {
  expect(writeQuestion(usual, usual)).toBeUndefined();
  expect(readQuestion(undefined, schema, usual)).toEqual({ question: usual, broken: false });
});

test('the address holds only what differs, and reads back as it was', () => {
  const asked: Question = { ...usual, days: 30, steps: [{ event: null }, { event: '交接 & "quoted"' }] };
  const text = writeQuestion(asked, usual)!;
  expect(JSON.parse(text)).toEqual({ days: 30, steps: asked.steps });
  expect(readQuestion(text, schema, usual)).toEqual({ question: asked, broken: false });
});

test('a field that is set to nothing does not come back', () => {
  const none: Question = { ...usual, breakdown: null };
  expect(readQuestion(writeQuestion(none, usual), schema, usual).question).toEqual(none);
  const { note: _note, ...without } = usual;
  expect(readQuestion(writeQuestion(without as Question, usual), schema, usual).question).toEqual(without);
});

test('a link that was cut, or of another shape, gives the usual question and says so', () => {
  for (const text of ['{"days":30', '[]', '"days"', '{"days":"many"}', 'null'])
    expect(readQuestion(text, schema, usual)).toEqual({ question: usual, broken: true });
});
