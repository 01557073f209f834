import { creditPlaceboInSteps, type Touched } from '../../methods/attribution/credit-placebo.ts';
import type { Journey } from '../../methods/attribution/credit-table.ts';
import type { CodedPaths } from '../../methods/attribution/path-texts.ts';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Query } from '../../platform/events/store.ts';
import { unhurried } from '../../platform/unhurried.ts';
import { asking, daysOf } from '../questions/asking.ts';
import { ranksOf, type Worked, workedOut } from './models.ts';
import { countedJourneys, customersOf, customersOfJourneys, journeyOf, nullJourney } from './paths.ts';
import * as queries from './queries.ts';
import { besideModels, settingsOf } from './beside.ts';
import { readAgreed, settle } from './records.ts';
import type { Credits, CreditsAsked, CreditsSettled, Model } from './schema.ts';

type Ask = <Row>(query: Query) => Promise<Row[]>;
type Counted = Omit<Credits, 'facts' | 'agreed' | 'settings' | 'said' | 'holdouts' | 'channels'> & { channels: Channel[] };
type Channel = Omit<Credits['channels'][number], 'said'>;

export const placeOf = ({ unit, labels, earlier }: queries.DealRow) =>
  unit === '' ? 'without_owner' : labels.length > 0 ? 'explained' : earlier > 0 ? 'too_early' : 'untouched';

const sum = (values: readonly number[]) => values.reduce((so, value) => so + value, 0);
const round = (value: number) => Math.round(value * 1e4) / 1e4;

/** What every model says of each channel, beside how firm its rank is and what chance would do. */
function* channelsOf(
  journeys: readonly Journey[],
  worked: readonly Worked[],
  asked: CreditsSettled,
  model: Model,
  customers: Touched[] | null,
  hasTimes: boolean,
): Generator<void, Channel[]> {
  const names = [...new Set(journeys.flatMap(({ touches }) => touches))].sort((one, two) => (one < two ? -1 : 1));
  const able = worked.filter(({ refused }) => refused === null);
  const ranks = able.some((one) => one.model === model) ? yield* ranksOf(journeys, asked, model, hasTimes) : null;
  const chance = customers && able.length > 0 ? yield* creditPlaceboInSteps(customers, names.length) : null;
  const channels = names.map((channel, at) => {
    const credits = Object.fromEntries(
      able.map((one) => {
        const all = sum(one.conversions);
        return [one.model, { conversions: one.conversions[at]!, value: one.value[at]!, share: all === 0 ? 0 : one.conversions[at]! / all }];
      }),
    );
    const shares = Object.values(credits).map(({ share }) => share);
    const { difference: _difference, ...placebo } = chance && !('refused' in chance) ? chance[at]! : { difference: 0 };
    return {
      channel,
      credits,
      lowest: Math.min(1, ...shares),
      highest: Math.max(0, ...shares),
      removal: worked.find(({ effects }) => effects)?.effects?.[at] ?? null,
      rank: ranks?.[at] ?? null,
      chance: 'p' in placebo ? placebo : null,
    };
  });
  return able.length === 0
    ? []
    : channels.toSorted((one, two) => (two.credits[model]?.share ?? two.highest) - (one.credits[model]?.share ?? one.highest));
}

type Computing = { asked: CreditsSettled; model: Model; customers: Touched[] | null; hasTimes: boolean; paths?: CodedPaths };

/** All that is worked out once the journeys are read. */
function* computed(journeys: readonly Journey[], { asked, model, customers, hasTimes, paths }: Computing) {
  const worked = yield* workedOut(journeys, asked, hasTimes, paths);
  return { models: modelsSaid(worked), channels: yield* channelsOf(journeys, worked, asked, model, customers, hasTimes) };
}

const modelsSaid = (worked: readonly Worked[]) =>
  worked.map(({ model, refused, conversions, value }) => ({
    model,
    refused,
    conversions: round(sum(conversions)),
    value: Math.round(sum(value) * 100) / 100,
  }));

const currenciesOf = (own: readonly queries.OwnRow[], deals: readonly queries.DealRow[]): Credits['currencies'] =>
  own
    .filter(({ conversions }) => conversions > 0)
    .map(({ currency, conversions, cents }) => {
      const explained = deals.filter((deal) => deal.currency === currency && placeOf(deal) === 'explained');
      return {
        currency,
        conversions,
        value: cents / 100,
        explained: explained.length,
        explainedValue: sum(explained.map((deal) => deal.cents)) / 100,
      };
    });

/** Whether the deals with their touches are, count and money of each currency, the deals as they stand alone. */
const agrees = (own: readonly queries.OwnRow[], deals: readonly queries.DealRow[]) =>
  own.every(({ currency, conversions, cents }) => {
    const same = deals.filter((deal) => deal.currency === currency);
    return same.length === conversions && sum(same.map((deal) => deal.cents)) === cents;
  });

async function ofDeals(
  ask: Ask,
  asked: CreditsSettled,
  days: { from: string; to: string },
  context: Context,
  model: Model,
  signal: AbortSignal | undefined,
): Promise<Omit<Counted, 'subjects'>> {
  const zone = context.workspace.timeZone;
  const [deals, nulls, own] = await Promise.all([
    ask<queries.DealRow>(queries.dealPaths(asked, days, zone)),
    ask<queries.NullRow>(queries.nullPaths(asked, days, zone, context.now())),
    ask<queries.OwnRow>(queries.ownTotals(asked, days, zone)),
  ]);
  const currencies = currenciesOf(own, deals);
  const currency = asked.currency ?? currencies[0]?.currency ?? context.workspace.currency;
  const explained = deals.filter((deal) => placeOf(deal) === 'explained');
  const journeys = [...explained.map((deal) => journeyOf(deal, deal.currency === currency ? deal.cents : 0)), ...nulls.map(nullJourney)];
  const names = [...new Set(journeys.flatMap(({ touches }) => touches))].sort((one, two) => (one < two ? -1 : 1));
  const customers = customersOf(deals, nulls, names);
  const count = (place: string) => deals.filter((deal) => placeOf(deal) === place).length;
  return {
    source: 'deals',
    subject: null,
    currency,
    currencies,
    model,
    ...(await unhurried(computed(journeys, { asked, model, customers, hasTimes: true }), signal)),
    conversions: deals.length,
    explained: explained.length,
    unexplained: { withoutOwner: count('without_owner'), untouched: count('untouched'), tooEarly: count('too_early') },
    undated: sum(own.map(({ undated }) => undated)),
    nulls: sum(nulls.map(({ units }) => units)),
    own: { conversions: sum(own.map(({ conversions }) => conversions)), isReconciled: agrees(own, deals) },
    journeys: journeys.length,
  };
}

async function ofJourneys(
  ask: Ask,
  asked: CreditsSettled,
  subject: string,
  model: Model,
  signal: AbortSignal | undefined,
): Promise<Omit<Counted, 'subjects'>> {
  const read = await ask<queries.JourneyRow>(queries.journeyPaths(subject));
  if (read.some(({ conversions, nulls, value }) => conversions < 0 || nulls < 0 || value < 0))
    throw new Failure('invalid', {
      en: `"${subject}" holds counts below zero. Undo that import, correct the file and send it again.`,
      zh: `“${subject}”含有小于零的计数。请撤销该次导入，更正文件后重新发送。`,
    });
  const { journeys, paths } = countedJourneys(read);
  const names = [...new Set(journeys.flatMap(({ touches }) => touches))].sort((one, two) => (one < two ? -1 : 1));
  const customers = customersOfJourneys(journeys, names);
  const total = (list: readonly (Journey | queries.JourneyRow)[], of: 'conversions' | 'nulls') => sum(list.map((journey) => journey[of]));
  const conversions = total(read, 'conversions');
  return {
    source: 'journeys',
    subject,
    currency: '',
    currencies: [],
    model,
    ...(await unhurried(computed(journeys, { asked, model, customers, hasTimes: false, paths }), signal)),
    conversions,
    explained: total(journeys, 'conversions'),
    unexplained: { withoutOwner: 0, untouched: conversions - total(journeys, 'conversions'), tooEarly: 0 },
    undated: 0,
    nulls: total(journeys, 'nulls'),
    own: { conversions, isReconciled: true },
    journeys: journeys.length,
  };
}

/** Who had a part in the deals of a period, under every model, and what no model explains. */
export async function answerCredits(context: Context, question: CreditsAsked, signal?: AbortSignal): Promise<Credits> {
  const days = daysOf(question.range, context);
  const agreed = await context.read(readAgreed);
  const asked = settle(question, agreed);
  const fallback: Model = asked.source === 'journeys' ? 'markov' : 'linear';
  const wanted = asked.model ?? agreed?.model ?? fallback;
  const model = wanted === 'own' && !asked.own ? fallback : wanted;
  const [found, beside] = await Promise.all([
    asking(context, days, async (ask) => {
      const subjects = (await ask<{ subject: string }>(queries.journeySubjects)).map(({ subject }) => subject);
      const subject = asked.subject ?? subjects.at(-1) ?? '';
      if (asked.source === 'journeys' && !subjects.includes(subject))
        throw new Failure(
          'not_found',
          subjects.length === 0
            ? {
                en: 'There are no counted journeys. Import a file with the columns path and total_conversions.',
                zh: '还没有汇总旅程。请导入含有 path 和 total_conversions 列的文件。',
              }
            : {
                en: `There are no journeys named "${subject}". There are: ${subjects.join(', ')}.`,
                zh: `没有名为“${subject}”的旅程。现有：${subjects.join('、')}。`,
              },
        );
      const counted =
        asked.source === 'journeys'
          ? await ofJourneys(ask, asked, subject, model, signal)
          : await ofDeals(ask, asked, days, context, model, signal);
      return { ...counted, subjects, agreed };
    }),
    besideModels(context, asked, days),
  ]);
  const { channels, said } = beside.placed(found.channels);
  return { ...found, channels, said, holdouts: beside.holdouts, settings: settingsOf(asked) };
}
