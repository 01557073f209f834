import { en as goalEn, zh as goalZh } from '../../../launch/goals/messages.ts';
import { en as liftEn, zh as liftZh } from '../../lifts/messages.ts';
import { writer } from '../../lifts/words.ts';
import { type Words, zh } from '../messages.ts';
import type { LandingReport } from '../schema.ts';
import type { Format } from '../view.tsx';
import type { ReportedLift } from './schema.ts';

type Told = { report: LandingReport; words: Words; format: Format };

export type LiftLine = {
  key: string;
  line: ReportedLift;
  comparison: string;
  state: 'met' | 'missed' | 'cannot_tell' | 'not_yet';
  verdict: string;
  effect: string;
  units: string;
  /** With what is bold between stars. */
  text: string;
  /** Checks that do not hold and that the text does not name. */
  failed: string[];
};

const silentLine = ({ words, format }: Told, line: ReportedLift): Pick<LiftLine, 'state' | 'text'> => {
  const { silence, refusal, readsTo } = line;
  if (silence === null || silence === 'cannot_ask')
    return { state: 'cannot_tell', text: words.lift.cannotAsk(refusal?.[words === zh ? 'zh' : 'en'] ?? '') };
  const text = words.lift.silence[silence](format.date(readsTo, { year: true }));
  return { state: silence === 'not_reached' ? 'not_yet' : 'cannot_tell', text };
};

const lineOf = (told: Told, line: ReportedLift): LiftLine => {
  const { words, format } = told;
  const { goal, question, found, registered } = line;
  const said = words === zh ? liftZh : liftEn;
  const head = {
    key: `${goal.id} ${question?.id ?? ''}`,
    line,
    comparison: question?.name ?? words.lift.registeredAs((words === zh ? goalZh : goalEn).comparisonPhrases[registered]),
  };
  if (!found) {
    const { state, text } = silentLine(told, line);
    const verdict = state === 'not_yet' ? words.lift.notYet : said.verdicts.cannot_tell;
    return { ...head, state, verdict, effect: '–', units: '–', text, failed: [] };
  }
  const write = writer(said, format, found);
  const { estimate, observed, counterfactual, checks, reason, verdict } = found;
  const state = reason === 'not_yet' ? 'not_yet' : verdict;
  const text = write.sentence(found);
  return {
    ...head,
    state,
    verdict: state === 'not_yet' ? words.lift.notYet : said.verdicts[verdict],
    effect: estimate ? `${write.effect(estimate.effect)} (${write.interval(estimate)})` : '–',
    units: words.lift.units(format.number(observed.units), format.number(counterfactual.units), write.units),
    text,
    failed: checks
      .filter(({ passed }) => passed === false)
      .map((one) => write.check(one))
      .filter((one) => !text.includes(one)),
  };
};

/** What the comparisons say, line by line, the same wherever the report stands. */
export const liftLines = (told: Told): LiftLine[] => told.report.lifts.lines.map((line) => lineOf(told, line));

export const liftTitle = ({ words }: Told, lines: readonly LiftLine[]): string => {
  const of = (state: LiftLine['state']) => lines.filter((one) => one.state === state).length;
  return words.lift.title(of('met'), of('missed'), lines.length);
};
