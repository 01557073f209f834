import { originTitle, shareInWords } from '../findings.ts';
import type { Money, OriginRow } from '../schema.ts';
import { domainOf, Strip } from '../strip.tsx';
import { Opens, Part, useView } from '../view.tsx';
import { Time } from './section.tsx';

type SumsProps = { money: Money[]; origin?: string; contact: 'known' | 'none' };

/** One line for each currency and billing interval; they are never added up. */
function Sums({ money, origin, contact }: SumsProps) {
  const { words, format } = useView();
  if (money.length === 0) return '–';
  return money.map(({ currency, interval, amount, movements, unpriced }) => {
    if (unpriced === movements)
      return (
        <span key={`${currency} ${interval}`} className="meta">
          {words.origins.unpriced(format.number(unpriced))}
        </span>
      );
    const text = currency ? format.money(amount, { currency }) : `${format.number(amount)} (${words.origins.noCurrency})`;
    return (
      <span key={`${currency} ${interval}`} className="sum">
        <Opens asked={{ figure: 'money', origin, currency, interval, contact }}>
          {interval ? words.origins.perInterval(text, interval) : text}
        </Opens>
        {unpriced > 0 ? <span className="meta">{words.origins.unpriced(format.number(unpriced))}</span> : null}
      </span>
    );
  });
}

function Line({ row, domain }: { row: OriginRow; domain: number }) {
  const { report, words, format } = useView();
  const { head, blank } = words.origins;
  const asked = (step: 'first_contact' | 'won' | 'revenue') => ({ figure: 'funnel' as const, step, origin: row.origin });
  return (
    <tr>
      <td className="name">{row.origin === '' ? <span className="ink3">{blank}</span> : row.origin}</td>
      <td className="r" data-label={head.contacts}>
        <Opens asked={asked('first_contact')}>{format.number(row.contacts)}</Opens>
      </td>
      <td className="r" data-label={head.won}>
        <Opens asked={asked('won')}>{format.number(row.won.count)}</Opens>
      </td>
      <td className="wide">
        <Strip share={row.won} domain={domain} width={128} />
      </td>
      <td className="r" data-label={head.share}>
        {shareInWords({ words, format }, row.won)}
      </td>
      <td className="r" data-label={head.days}>
        <Time time={row.time} step="won" origin={row.origin} />
      </td>
      <td className="r" data-label={head.revenue}>
        {report.funnel.hasRevenue ? <Opens asked={asked('revenue')}>{format.number(row.revenue)}</Opens> : '–'}
      </td>
      <td className="r" data-label={head.money}>
        <Sums money={row.money} origin={row.origin} contact="known" />
      </td>
    </tr>
  );
}

function Heads() {
  const { head } = useView().words.origins;
  return (
    <thead>
      <tr>
        <th scope="col">{head.origin}</th>
        <th scope="col" className="r">
          {head.contacts}
        </th>
        <th scope="col" className="r">
          {head.won}
        </th>
        <th scope="col" className="r" colSpan={2}>
          {head.share}
        </th>
        <th scope="col" className="r">
          {head.days}
        </th>
        <th scope="col" className="r">
          {head.revenue}
        </th>
        <th scope="col" className="r">
          {head.money}
        </th>
      </tr>
    </thead>
  );
}

export function Origins() {
  const view = useView();
  const { report, words } = view;
  if (report.byOrigin.length === 0 && report.moneyWithoutContact.length === 0) return null;
  const domain = domainOf(report.byOrigin.map(({ won }) => won));
  return (
    <Part title={originTitle(view)} subtitle={words.origins.subtitle}>
      <div className="scroll">
        <table className="t stacks">
          <Heads />
          <tbody>
            {report.byOrigin.map((row) => (
              <Line key={row.origin} row={row} domain={domain} />
            ))}
            {report.moneyWithoutContact.length > 0 ? (
              <tr>
                <td className="name ink3" colSpan={7}>
                  {words.origins.without}
                </td>
                <td className="r" data-label={words.origins.head.money}>
                  <Sums money={report.moneyWithoutContact} contact="none" />
                </td>
              </tr>
            ) : null}
          </tbody>
        </table>
      </div>
    </Part>
  );
}
