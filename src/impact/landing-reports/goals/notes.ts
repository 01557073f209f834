import type { Words } from '../messages.ts';
import type { LandingReport, RegisteredGoal } from '../schema.ts';
import type { Format } from '../view.tsx';

type Told = { report: LandingReport; words: Words; format: Format };
export type Note = { key: string; text: string; tone: 'plain' | 'warn' };

const baselineNote = ({ words, format }: Told, { baseline }: RegisteredGoal): string | null => {
  if (!baseline) return null;
  const { share, low, high, count, of, from, to } = baseline;
  const counted = words.few.of(format.number(count), format.number(of));
  const interval = share === null ? counted : format.interval(format.share(share), format.share(low), format.share(high));
  return words.registeredGoals.baseline(interval, format.number(of), format.date(from, { year: true }), format.date(to, { year: true }));
};

const amendedNote = ({ words, format }: Told, { amended }: RegisteredGoal): string | null => {
  if (!amended) return null;
  const verdict =
    amended.verdict === 'cannot_tell' && amended.reason
      ? `${words.goals.verdict.cannot_tell} (${words.goals.reason[amended.reason]})`
      : words.goals.verdict[amended.verdict];
  return words.registeredGoals.amended(format.share(amended.target, { digits: 0 }), amended.day, verdict);
};

/** What is said of a registered goal beside its verdict, in the page, in the document and in plain text. */
export const notesOf = (told: Told, goal: RegisteredGoal): Note[] => {
  const { report, words, format } = told;
  const said = words.registeredGoals;
  const { at, by, hash, late, marketDate } = goal.registered;
  const day = (value: string) => format.date(value, { year: true });
  const notes: [key: string, text: string | false | null, tone?: Note['tone']][] = [
    ['registered', said.registered(day(at), by, hash.slice(0, 12))],
    ['late', late && said.late, 'warn'],
    ['parent', goal.parent && said.serves(goal.parent)],
    ['baseline', baselineNote(told, goal)],
    ['smallest', goal.smallestChange !== null && said.smallest(format.number(goal.smallestChange * 100, { digits: 1 }))],
    ['rule', goal.rule && said.rule(goal.rule)],
    ['comparison', said.comparison(goal.comparison)],
    ['moved', marketDate !== report.launch.marketDate && said.moved(day(marketDate), day(report.launch.marketDate)), 'warn'],
    ['eligibility', goal.eligibilityChanged && said.eligibility, 'warn'],
    ...goal.amendments.map(({ kind, changed, reason, at: when, by: whom }, index): [string, string, Note['tone']] => [
      `amendment ${index}`,
      said.amendment(kind, changed, day(when), whom, reason),
      'warn',
    ]),
    ['amended', amendedNote(told, goal), 'warn'],
    ['withdrawn', goal.withdrawn && said.withdrawn, 'warn'],
  ];
  return notes.flatMap(([key, text, tone = 'plain']) => (text ? [{ key, text, tone }] : []));
};
