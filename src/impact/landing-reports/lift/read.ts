import type { Context } from '../../../platform/context.ts';
import { Failure } from '../../../platform/failure.ts';
import type { Said } from '../../../platform/language.ts';
import { answerLift } from '../../lifts/answer.ts';
import { en, zh } from '../../lifts/messages.ts';
import { liftAsked } from '../../lifts/schema.ts';
import type { Question } from '../../questions/schema.ts';
import { type Basis, isComparisonOf } from '../basis.ts';
import { foundLift, type ReportedLift, type ReportedLifts } from './schema.ts';

type Asking = { context: Context; basis: Basis; now: Date; until?: string };
type Registered = NonNullable<Basis['goals'][number]['registered']>;
type Answer = Pick<ReportedLift, 'found' | 'silence' | 'refusal' | 'readsTo'>;

const mostLines = 20;
const nothing: Answer = { found: null, silence: null, refusal: null, readsTo: null };
const cannotAsk = (refusal: Said): Answer => ({ ...nothing, silence: 'cannot_ask', refusal });

/** What a comparison says now; nothing of days after the last one of the report, so that it can be counted again. */
const answer = async ({ context, now, until }: Asking, { asked }: Question): Promise<Answer> => {
  const read = liftAsked.safeParse(asked);
  if (!read.success) return cannotAsk({ en: en.lineCannot, zh: zh.lineCannot });
  try {
    const told = await answerLift({ ...context, now: () => now }, read.data);
    // Without days of its own an outcome is as it is known now.
    const readsTo = told.facts.from === told.facts.to ? null : told.facts.to;
    if (until !== undefined && readsTo !== null && readsTo > until) return { ...nothing, silence: 'not_reached', readsTo };
    return { ...nothing, found: foundLift.parse(told), readsTo };
  } catch (error) {
    if (error instanceof Failure) return cannotAsk(error.said);
    throw error;
  }
};

const silenceOf = ({ text: { comparison } }: Registered): ReportedLift['silence'] =>
  comparison === 'none' || comparison === 'before_after' ? comparison : 'not_asked';

type Line = Pick<ReportedLift, 'goal' | 'registered'>;

const told = async (asking: Asking, line: Line, question: Question): Promise<ReportedLift> => {
  const { id, name, version, asked } = question;
  return { ...line, question: { id, name, version, asked }, ...(await answer(asking, question)) };
};

/** Of each registered goal with a metric: what the comparisons that are kept with it say, or why nothing says what the launch changed. */
export const readLifts = async (asking: Asking): Promise<ReportedLifts> => {
  const { goals, comparisons } = asking.basis;
  const lines = goals.flatMap(({ id, registered }): (() => Promise<ReportedLift>)[] => {
    if (!registered || registered.text.metric === null) return [];
    const line = { goal: { id, name: registered.text.name }, registered: registered.text.comparison };
    const kept = comparisons.filter(isComparisonOf(id));
    return kept.length > 0
      ? kept.map((question) => () => told(asking, line, question))
      : [async () => ({ ...nothing, ...line, question: null, silence: silenceOf(registered) })];
  });
  return { lines: await Promise.all(lines.slice(0, mostLines).map((read) => read())), inAll: lines.length };
};
