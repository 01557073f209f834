import type { Journey } from '../../methods/attribution/credit-table.ts';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { modelsOf, sharesBy } from './models.ts';
import { lastBefore } from './paths.ts';
import * as queries from './queries.ts';
import { readAgreed, settle } from './records.ts';
import type { CreditPath, CreditsAsked, CreditsSettled, Model } from './schema.ts';

const day = 86_400_000;
type Deal = queries.OneDeal;

const countsAs = (touch: queries.TouchRow, moment: number, { lookBackDays }: CreditsSettled) =>
  touch.moment > moment ? 'after' : touch.moment < moment - lookBackDays * day ? 'too_early' : touch.taken === 0 ? 'left_out' : 'counted';

function sharesOf(counted: readonly queries.TouchRow[], deal: Deal, moment: number, asked: CreditsSettled) {
  const before = counted.map((touch) => moment - touch.moment);
  const since = (at: number | null) => lastBefore(before, at === null ? null : moment - at);
  const stages = { lead: since(deal.lead), opportunity: since(deal.opened) };
  const known = Object.fromEntries(Object.entries(stages).filter(([, at]) => at !== undefined));
  const journey: Journey = {
    touches: counted.map(({ label }) => label),
    daysBefore: before.map((milliseconds) => milliseconds / day),
    ...known,
    conversions: 1,
    value: 0,
    nulls: 0,
  };
  const shares = modelsOf(asked).flatMap((model): [Model, readonly number[]][] => {
    const rule = counted.length === 0 ? null : sharesBy(model, asked, true);
    return rule ? [[model, rule(journey)]] : [];
  });
  return { shares, stages };
}

/** One deal with every touch on record, which of them count, and what each rule gives them. */
export async function answerPath(
  context: Context,
  { opportunity, ...question }: CreditsAsked & { opportunity: string },
): Promise<CreditPath> {
  const agreed = await context.read(readAgreed);
  const asked = settle(question, agreed);
  const [[deal], [closed]] = await Promise.all([
    context.events.ask<Deal>(queries.oneDeal(asked, opportunity)),
    context.events.ask<{ moment: number | null; at: string | null }>(queries.closedAt(opportunity)),
  ]);
  if (!deal)
    throw new Failure('not_found', {
      en: `There is no deal "${opportunity}" in this workspace. List the opportunities to see their ids.`,
      zh: `此工作区中没有商机“${opportunity}”。请列出商机以查看其编号。`,
    });
  const isWon = asked.conversion === 'won';
  // A deal that is not won yet is read up to now.
  const moment = isWon ? (closed?.moment ?? context.now().getTime()) : (deal.moment ?? context.now().getTime());
  const touches = deal.unit === '' ? [] : await context.events.ask<queries.TouchRow>(queries.touchesOf(asked, deal.unit));
  const standing = touches.map((touch) => countsAs(touch, moment, asked));
  const counted = touches.filter((_, at) => standing[at] === 'counted');
  const { shares, stages } = sharesOf(counted, deal, moment, asked);
  return {
    opportunity: deal.id,
    name: deal.name,
    account: deal.account,
    state: deal.state,
    conversionAt: isWon ? (closed?.moment == null ? null : closed.at) : deal.conversionAt,
    createdAt: deal.createdAt,
    amount: deal.amount,
    currency: deal.currency,
    agreed,
    touches: touches.map(({ moment: at, taken: _taken, ...touch }, index) => {
      const place = counted.indexOf(touches[index]!);
      return {
        ...touch,
        daysBefore: (moment - at) / day,
        counts: standing[index]!,
        stages: (['lead', 'opportunity'] as const).filter((stage) => place >= 0 && stages[stage] === place),
        shares: place < 0 ? {} : Object.fromEntries(shares.map(([model, given]) => [model, given[place]!])),
      };
    }),
  };
}
