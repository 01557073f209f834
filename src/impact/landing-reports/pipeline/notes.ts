import { fewForShare, type LandingReport } from '../schema.ts';
import type { Words } from '../messages.ts';
import type { Format } from '../view.tsx';
import { type LaunchPart, launchParts, type LaunchPipeline, type LaunchSide } from './schema.ts';

type Told = { report: LandingReport; words: Words; format: Format };
type Pipeline = { pipeline: LaunchPipeline };

export type PipelineRow = { part: LaunchPart; name: string; what: string; side: LaunchSide; openWorth: string; wonWorth: string };

const moneyOf =
  ({ words, format }: Told) =>
  (value: number, currency: string): string =>
    currency ? format.money(value, { currency, exact: true }) : `${format.number(value, { digits: 2 })} (${words.pipeline.noCurrency})`;

/** What deals are worth, one currency after the other. */
const worth = (told: Told, { amounts }: LaunchSide, of: 'open' | 'won'): string =>
  amounts
    .filter((one) => one[of] !== 0)
    .map((one) => moneyOf(told)(one[of], one.currency))
    .join(' · ') || '–';

export const pipelineRows = (told: Told, { pipeline }: Pipeline): PipelineRow[] => {
  const { words, format } = told;
  const said = { sourced: format.number(pipeline.rule.lookbackDays), influenced: '', undated: '', named: format.list(pipeline.features) };
  return launchParts
    .filter((part) => pipeline[part].deals > 0 || ((part === 'sourced' || part === 'influenced') && pipeline.programs.length > 0))
    .map((part) => {
      const side = pipeline[part];
      return {
        part,
        name: words.pipeline.parts[part],
        what: words.pipeline.what[part](said[part]),
        side,
        openWorth: worth(told, side, 'open'),
        wonWorth: worth(told, side, 'won'),
      };
    });
};

export const pipelineTitle = ({ words, format }: Told, { pipeline }: Pipeline): string => {
  const { programs, sourced, influenced, named, undated } = pipeline;
  if (programs.length === 0) return words.pipeline.noPrograms;
  if (sourced.deals + influenced.deals + undated.deals + named.deals === 0) return words.pipeline.untouched;
  return words.pipeline.title(format.number(sourced.deals), format.number(influenced.deals));
};

export const pipelineSubtitle = ({ words, format }: Told, { pipeline: { onRecord, from, to } }: Pipeline): string => {
  const deals = format.number(onRecord.deals);
  const day = (one: string) => format.date(one, { year: true });
  return from && to ? words.pipeline.subtitle(deals, day(from), day(to)) : words.pipeline.subtitleNone(deals);
};

const currencies = ({ words, format }: Told, pipeline: LaunchPipeline): string[] => {
  const found = new Set(launchParts.flatMap((part) => pipeline[part].amounts.map(({ currency }) => currency)));
  return found.size > 1 ? [words.pipeline.mixed(format.list([...found].toSorted().map((one) => one || words.pipeline.noCurrency)))] : [];
};

const winRate = ({ words, format }: Told, { winRate: { won, closed, share }, difference }: LaunchPipeline): string[] => {
  if (closed === 0) return [];
  if (!share || closed < fewForShare) return [words.pipeline.fewClosed(format.number(won), format.number(closed))];
  const range = format.interval(format.share(share.share), format.share(share.low), format.share(share.high));
  const points =
    difference && format.interval(format.points(difference.points), format.points(difference.low), format.points(difference.high));
  return [words.pipeline.winRate(range, format.number(closed)), ...(points ? [words.pipeline.difference(points)] : [])];
};

const pace = ({ words, format }: Told, { acceleration }: LaunchPipeline): string[] => {
  const { deals, moves, movesTouched, ratio, low, high, verdict, why, needed } = acceleration;
  const times = (value: number) => format.number(value, { digits: 2 });
  const said =
    why === 'too_few_moves'
      ? words.pipeline.paceFew(format.number(needed), format.number(movesTouched), format.number(moves))
      : words.pipeline.pace[verdict](ratio === null ? '' : format.interval(times(ratio), times(low!), times(high!)));
  return [words.pipeline.accelerated(format.number(deals)), said];
};

export type PipelineNote = { text: string; tone?: 'warn' };

const missing = ({ words, format }: Told, { onRecord: { won, wonWithoutPerson } }: LaunchPipeline): PipelineNote[] => {
  if (won === 0) return [];
  if (wonWithoutPerson === 0) return [{ text: words.pipeline.complete(format.number(won)) }];
  const share = format.share(wonWithoutPerson / won);
  return [{ text: words.pipeline.unknown(share, format.number(wonWithoutPerson), format.number(won)), tone: 'warn' }];
};

/** What stands beside the figures: rates with their interval, pace, what is not known. */
export const pipelineNotes = (told: Told, { pipeline }: Pipeline): PipelineNote[] => {
  const { words, format } = told;
  if (pipeline.onRecord.deals === 0) return [{ text: words.pipeline.noDeals }];
  const warned: PipelineNote[] = [
    ...currencies(told, pipeline).map((text) => ({ text, tone: 'warn' as const })),
    ...missing(told, pipeline),
  ];
  if (pipeline.programs.length === 0) return [{ text: words.pipeline.addProgram }, ...warned];
  return [
    ...[...winRate(told, pipeline), ...pace(told, pipeline)].map((text) => ({ text })),
    ...warned,
    { text: words.pipeline.programs(format.list(pipeline.programs.map(({ name }) => name))) },
  ];
};
