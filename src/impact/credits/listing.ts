import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { daysOf } from '../questions/asking.ts';
import type { UnitRows } from '../questions/rows.ts';
import { placeOf } from './answer.ts';
import { sharesBy } from './models.ts';
import { journeyOf } from './paths.ts';
import { type DealRow, dealPaths } from './queries.ts';
import { readAgreed, settle } from './records.ts';
import type { CreditRowsAsked } from './schema.ts';

const columns = ['id', 'name', 'account', 'conversion_at', 'amount', 'currency', 'touches', 'path', 'share', 'standing'];

/** The deals behind a figure, with what the model gives a channel of each; Markov and Shapley say nothing of one deal alone. */
export async function readCreditRows(
  context: Context,
  { which, channel, ...question }: CreditRowsAsked,
  page: { offset: number; limit: number },
): Promise<UnitRows> {
  if (question.source === 'journeys')
    throw new Failure('invalid', {
      en: 'Counted journeys have no deals behind them. Ask for the deals, or open the file that was imported.',
      zh: '汇总旅程背后没有商机。请改问商机，或打开所导入的文件。',
    });
  const days = daysOf(question.range, context);
  const agreed = await context.read(readAgreed);
  const asked = settle(question, agreed);
  const deals = await context.events.ask<DealRow>(dealPaths(asked, days, context.workspace.timeZone));
  const wanted = asked.model ?? agreed?.model ?? 'linear';
  const sharesOf = wanted === 'own' && !asked.own ? null : sharesBy(wanted, asked, true);
  const shareOf = (deal: DealRow): number | null => {
    if (!sharesOf || channel == null || deal.labels.length === 0) return null;
    const shares = sharesOf(journeyOf(deal, 0));
    return deal.labels.reduce((sum, label, at) => sum + (label === channel ? shares[at]! : 0), 0);
  };
  const found = deals.filter((deal) => (which === 'all' || placeOf(deal) === which) && (channel == null || deal.labels.includes(channel)));
  const rows = found.slice(page.offset, page.offset + page.limit).map((deal) => ({
    id: deal.id,
    name: deal.name,
    account: deal.accountName || deal.account,
    conversion_at: deal.at,
    amount: deal.amount,
    currency: deal.currency,
    touches: deal.labels.length,
    path: deal.labels.map((label) => label || '–').join(' > '),
    share: shareOf(deal),
    standing: placeOf(deal),
  }));
  return { columns, rows, total: found.length, offset: page.offset };
}
