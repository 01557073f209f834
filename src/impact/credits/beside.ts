import { readPrograms } from '../../launch/programs/queries.ts';
import { shareInterval } from '../../methods/numeric/share-interval.ts';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { answerLift } from '../lifts/answer.ts';
import { liftAsked } from '../lifts/schema.ts';
import { readSelfReports } from '../self-reports/answer.ts';
import { type HoldoutRow, readHoldouts } from './records.ts';
import { type Credits, type CreditSettings, type CreditsSettled, type HoldoutBeside, settingNames } from './schema.ts';

type Channel = Omit<Credits['channels'][number], 'said'>;
type Placed = Pick<Credits, 'channels' | 'said'>;

export const settingsOf = (asked: CreditsSettled): CreditSettings =>
  Object.fromEntries(settingNames.map((name) => [name, asked[name]])) as CreditSettings;

/** "Paid Search" and "paid-search" are one name. */
const folded = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** What people name, under every name that touches may carry for it. */
type Named = { channel: string; answers: number; names: string[] };

const namedBy = async (context: Context, asked: CreditsSettled, days: { from: string; to: string }) => {
  const found = await readSelfReports(context, asked.source === 'deals' ? days : undefined);
  const programs = asked.by === 'campaign' ? await context.read(readPrograms) : [];
  const whole = new Map<string, Named>();
  for (const { channel, program, answers } of found.channels) {
    const own = programs.find(({ id }) => id === program?.id);
    if (asked.by === 'campaign' && !own) continue;
    const name = own?.name ?? channel;
    const before = whole.get(folded(name));
    const names = (own ? [own.name, own.utmCampaign, ...own.campaigns] : [channel]).map(folded);
    whole.set(folded(name), { channel: name, answers: (before?.answers ?? 0) + answers, names });
  }
  return { found, named: [...whole.values()] };
};

const liftOf = async (context: Context, { name, question, title, asked }: HoldoutRow): Promise<HoldoutBeside[]> => {
  const read = liftAsked.safeParse(asked);
  if (!read.success) return [];
  try {
    const { observed, counterfactual, estimate, scale, currency, verdict, reason, sentence } = await answerLift(context, read.data);
    // What a failed check, an open end or a refusal leaves no verdict on is no figure to put beside others.
    const effect = estimate && (reason === null || reason === 'interval_holds_both') ? estimate : null;
    const whole = effect && { effect: effect.effect, low: effect.low, high: effect.high, confidence: effect.confidence };
    const arms = { treated: observed.units, control: counterfactual.units };
    return [{ name, question, title, ...arms, effect: whole, scale, currency, verdict, sentence }];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const sentence = error.said[context.language];
    return [
      { name, question, title, treated: 0, control: 0, effect: null, scale: 'share', currency: null, verdict: 'cannot_tell', sentence },
    ];
  }
};

/** What the lots say that were set beside names of a kind. */
export const answerHoldouts = async (
  context: Context,
  label: CreditsSettled['by'],
  isWanted: (name: string) => boolean = () => true,
): Promise<HoldoutBeside[]> => {
  const rows = await context.read((transaction) => readHoldouts(transaction, label));
  return (await Promise.all(rows.filter(({ name }) => isWanted(name)).map((row) => liftOf(context, row)))).flat();
};

/** What is no model and stands beside them: what people say themselves, and what a lot says. Neither earns credit. */
export const besideModels = async (context: Context, asked: CreditsSettled, days: { from: string; to: string }) => {
  const [{ found, named }, holdouts] = await Promise.all([namedBy(context, asked, days), answerHoldouts(context, asked.by)]);
  const why = !found.isSetUp ? 'not_set_up' : asked.by === 'kind' ? 'not_by_kind' : found.answers === 0 ? 'no_answers' : null;
  const sayOf = (answers: number) => ({
    answers,
    ...(shareInterval(answers, found.answers) as { share: number; low: number; high: number }),
  });
  const placed = (channels: readonly Channel[]): Placed => {
    const left = new Set(why === null ? named : []);
    // A program that goes by several names is told once: beside the name with most credit, which comes first.
    const beside = channels.map((channel) => {
      const own = [...left].find(({ names }) => names.includes(folded(channel.channel)));
      if (own) left.delete(own);
      return { ...channel, said: own ? sayOf(own.answers) : null };
    });
    const counted = named.reduce((sum, { answers }) => sum + answers, 0);
    const untouched = [...left].map(({ channel, answers }) => ({ channel, ...sayOf(answers) }));
    return { channels: beside, said: { why, answers: found.answers, unplaced: found.answers - counted, untouched } };
  };
  return { placed, holdouts };
};
