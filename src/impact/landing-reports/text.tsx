import Table from 'cli-table3';
import { makeFormat } from '../../web/kit/format.ts';
import { newerSentence, shareInWords, verdictSentence } from './findings.ts';
import { en, type Words, zh } from './messages.ts';
import { notesOf } from './goals/notes.ts';
import { fewest, type LandingReport, leadingGoal, type Median, type Money } from './schema.ts';
import { liftLines, liftTitle } from './lift/notes.ts';
import { pipelineNotes, pipelineRows, pipelineSubtitle, pipelineTitle } from './pipeline/notes.ts';
import { restLines } from './rests/notes.ts';
import type { Format } from './view.tsx';
import { saidNotes } from './said/notes.ts';
import { workNotes } from './work/notes.ts';

type Told = { report: LandingReport; words: Words; format: Format };
type Align = 'left' | 'right';

const noLines = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
  ].map((part) => [part, '']),
);

const table = (head: string[], rows: string[][], firstLeft = 1): string => {
  const colAligns = head.map((_, index): Align => (index < firstLeft ? 'left' : 'right'));
  const drawn = new Table({
    head,
    colAligns,
    chars: { ...noLines, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  drawn.push(...rows);
  return drawn.toString().replaceAll(/[ \t]+$/gm, '');
};

const goals = ({ report, words, format }: Told): string => {
  const { goals: said } = words;
  const rows = report.goals.map((goal) => [
    said.name(goal),
    shareInWords({ words, format }, goal.result),
    format.share(goal.target, { digits: 0 }),
    said.verdict[goal.verdict] +
      (goal.reason ? ` (${said.reason[goal.reason]}${goal.needed ? `; ${said.needed(format.number(goal.needed))}` : ''})` : ''),
  ]);
  return rows.length > 0 ? table([said.goal, said.result, said.target, said.readingHead], rows) : noneOf({ report, words, format });
};

const noneOf = ({ report, words, format }: Told): string =>
  report.drafts > 0 ? words.goals.drafts(format.number(report.drafts)) : words.goals.none;

const registered = (told: Told): string =>
  told.report.registeredGoals.map((goal) => [goal.name, ...notesOf(told, goal).map(({ text }) => `  ${text}`)].join('\n')).join('\n');

const time = (median: Median | null, { words, format }: Told): string => {
  if (!median) return '';
  const days = (value: number | null) => format.number(value, { digits: 1 });
  const middle =
    median.days === null
      ? '–'
      : median.of < fewest
        ? words.few.too_few(format.number(median.of))
        : median.low === null
          ? days(median.days)
          : format.interval(days(median.days), days(median.low), days(median.high));
  const notes = [
    median.negative > 0 && words.funnel.negative(format.number(median.negative)),
    median.undated > 0 && words.funnel.undated(format.number(median.undated)),
  ].filter(Boolean);
  return [middle, ...notes].join('; ');
};

const funnel = (told: Told): string => {
  const { report, words, format } = told;
  const { head, step, empty } = words.funnel;
  if ((report.funnel.steps[0]?.count ?? 0) === 0) return empty;
  const rows = report.funnel.steps.map((row) =>
    row.step === 'revenue' && !report.funnel.hasRevenue
      ? [step[row.step], words.funnel.noRevenue, '', '']
      : [step[row.step], format.number(row.count), row.ofPrevious ? shareInWords(told, row.ofPrevious) : '', time(row.time, told)],
  );
  return table([head.step, head.people, head.ofPrevious, head.time], rows);
};

const sums = (money: Money[], { words, format }: Told): string =>
  money
    .map(({ amount, currency, interval }) => {
      const text = currency
        ? format.money(amount, { currency, exact: true })
        : `${format.number(amount, { digits: 2 })} (${words.origins.noCurrency})`;
      return interval ? words.origins.perInterval(text, interval) : text;
    })
    .join(', ');

const origins = (told: Told): string => {
  const { report, words, format } = told;
  const { head, blank, without } = words.origins;
  const rows = report.byOrigin.map((row) => [
    row.origin || blank,
    format.number(row.contacts),
    format.number(row.won.count),
    shareInWords(told, row.won),
    time(row.time, told),
    report.funnel.hasRevenue ? format.number(row.revenue) : '–',
    sums(row.money, told),
  ]);
  const rest = report.moneyWithoutContact.length > 0 ? [[without, '', '', '', '', '', sums(report.moneyWithoutContact, told)]] : [];
  return rows.length + rest.length > 0
    ? table([head.origin, head.contacts, head.won, head.share, head.days, head.revenue, head.money], [...rows, ...rest])
    : '';
};

const lifts = (told: Told): string => {
  const lines = liftLines(told);
  if (lines.length === 0) return '';
  const { head } = told.words.lift;
  const rows = lines.map(({ line, comparison, effect, units, verdict }) => [line.goal.name, comparison, effect, units, verdict]);
  const said = lines.flatMap(({ line, text, failed }) => [
    `${line.goal.name}: ${text.replaceAll('**', '')}`,
    ...failed.map((one) => `  ${one}`),
  ]);
  return [liftTitle(told, lines), table([head.goal, head.comparison, head.effect, head.units, head.verdict], rows, 5), ...said].join('\n');
};

const pipeline = (told: Told): string => {
  const { report, words, format } = told;
  if (!report.pipeline) return '';
  const of = { pipeline: report.pipeline };
  const { head } = words.pipeline;
  const rows = of.pipeline.onRecord.deals === 0 ? [] : pipelineRows(told, of);
  const lines = rows.map(({ name, side: { deals, open, won, lost }, openWorth, wonWorth }) => [
    name,
    ...[deals, open, won, lost].map((count) => format.number(count)),
    openWorth,
    wonWorth,
  ]);
  return [
    pipelineTitle(told, of),
    pipelineSubtitle(told, of),
    ...(lines.length > 0 ? [table([head.part, head.deals, head.open, head.won, head.lost, head.openWorth, head.wonWorth], lines)] : []),
    ...rows.map(({ name, what }) => `${name}: ${what}`),
    ...pipelineNotes(told, of).map(({ text }) => text),
  ].join('\n');
};

const rests = (told: Told): string =>
  [told.words.rests.title, ...restLines(told).flatMap(({ head, lines }) => [head, ...lines.map((line) => `  ${line}`)])].join('\n');

/** The report as plain text: the sentence, the goals, the funnel, the origins, what the launch changed, its pipeline, what all of it rests on. */
export const renderText = (report: LandingReport, { locale, currency }: { locale: 'en' | 'zh'; currency: string }): string => {
  const words = { en, zh }[locale];
  const told = { report, words, format: makeFormat({ locale, timeZone: report.timeZone, currency, now: () => new Date(report.madeAt) }) };
  const help = leadingGoal(report)?.reason;
  const parts = [
    verdictSentence(told).replaceAll('**', ''),
    help ? words.help[help] : '',
    newerSentence(told) ?? '',
    goals(told),
    registered(told),
    workNotes(told).join('\n'),
    saidNotes(told).join('\n'),
    funnel(told),
    origins(told),
    lifts(told),
    pipeline(told),
    report.restsOn ? rests(told) : '',
    words.foot.methods,
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
};
