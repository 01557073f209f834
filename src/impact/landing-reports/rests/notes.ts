import { addDays } from '../../../platform/days.ts';
import { ruleOf } from '../findings.ts';
import type { Words } from '../messages.ts';
import type { LandingReport } from '../schema.ts';
import type { Format } from '../view.tsx';
import type { RestsOn } from './schema.ts';

type Told = { report: LandingReport; words: Words; format: Format };
const fewBatches = 8;

const definitions = (told: Told, { launch, features, comparisons, methods }: RestsOn): string[] => {
  const { words, format } = told;
  const said = words.rests;
  const made = methods.map(({ name, version }) => `${said.methods[name]} ${format.number(version)}`);
  return [
    ...features.map(({ name, version, rule }) => said.feature(name, version, ruleOf(told).ruleWords(rule))),
    format.list([said.launch(launch), ...comparisons.map(({ name, version }) => said.comparison(name, version))]),
    ...(made.length > 0 ? [said.methodVersions(format.list(made))] : []),
  ];
};

const goals = ({ words, format }: Told, rests: RestsOn): string[] =>
  rests.goals.map(({ name, registeredAt, hash, amendments }) =>
    words.rests.goal(name, format.date(registeredAt, { year: true }), hash.slice(0, 8), amendments),
  );

const filters = ({ report, words, format }: Told): string[] => {
  const { eligibility, dayReached, launch, timeZone } = report;
  const said = words.rests;
  const last = dayReached > 0 ? format.date(addDays(launch.marketDate, dayReached - 1), { year: true }) : null;
  return [
    said.eligible(format.list(eligibility.plans), format.list(eligibility.segments)),
    ...(eligibility.createdBeforeMarketDate ? [said.createdBefore] : []),
    last ? said.until(last, timeZone) : said.everyDay(timeZone),
  ];
};

const data = ({ words, format }: Told, { batches, batchesInAll }: RestsOn): string[] => {
  const said = words.rests;
  const shown = (batches ?? []).slice(0, fewBatches);
  const rest = batchesInAll - shown.length;
  return [
    said.batches(format.number(batchesInAll)),
    ...shown.map(({ number, fileName, committedAt }) => said.batch(number, fileName, format.date(committedAt, { year: true }))),
    ...(rest > 0 ? [said.earlier(format.number(rest))] : []),
  ];
};

/** What the report rests on, under a few heads; empty where it was kept before that was written down. */
export const restLines = (told: Told): { head: string; lines: string[] }[] => {
  const { restsOn } = told.report;
  const said = told.words.rests;
  if (!restsOn) return [];
  return [
    { head: said.definitions, lines: definitions(told, restsOn) },
    { head: said.goals, lines: goals(told, restsOn) },
    { head: said.filters, lines: filters(told) },
    { head: said.data, lines: data(told, restsOn) },
  ].filter(({ lines }) => lines.length > 0);
};
