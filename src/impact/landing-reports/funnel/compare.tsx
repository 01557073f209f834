import { compareTitle, shareInWords } from '../findings.ts';
import type { CountedShare } from '../schema.ts';
import { domainOf, Strip } from '../strip.tsx';
import { Opens, Part, useView } from '../view.tsx';

function Line({ label, share, domain, side }: { label: string; share: CountedShare; domain: number; side: 'before' | 'after' }) {
  const { words, format, report } = useView();
  const asked = { figure: 'funnel' as const, side, window: report.beforeAfter.windowDays };
  const { head } = words.compare;
  return (
    <tr>
      <td className="name">{label}</td>
      <td className="r" data-label={head.people}>
        <Opens asked={asked}>{format.number(share.of)}</Opens>
      </td>
      <td className="r" data-label={head.won}>
        <Opens asked={{ ...asked, step: 'won', inTime: 'yes' }}>{format.number(share.count)}</Opens>
      </td>
      <td className="wide">
        <Strip share={share} domain={domain} />
      </td>
      <td className="r" data-label={head.share}>
        {shareInWords({ words, format }, share)}
      </td>
    </tr>
  );
}

function Sides() {
  const { report, words, format } = useView();
  const { before, after, difference } = report.beforeAfter;
  const { head } = words.compare;
  const domain = domainOf([before, after]);
  // Nothing is written as minus zero.
  const tidy = (value: number) => Math.round(value * 1000) / 1000 + 0;
  const signed = (value: number) => format.signedNumber(tidy(value) * 100, { digits: 1 });
  return (
    <table className="t stacks sides">
      <thead>
        <tr>
          <th scope="col">{head.window}</th>
          <th scope="col" className="r">
            {head.people}
          </th>
          <th scope="col" className="r">
            {head.won}
          </th>
          <th scope="col" className="r" colSpan={2}>
            {head.share}
          </th>
        </tr>
      </thead>
      <tbody>
        <Line side="before" label={words.compare.before} share={before} domain={domain} />
        <Line side="after" label={words.compare.after} share={after} domain={domain} />
        {difference ? (
          <tr>
            <td className="name" colSpan={4}>
              {words.compare.difference}
            </td>
            <td className="r" data-label={words.compare.difference}>
              {format.interval(format.points(tidy(difference.value)), signed(difference.low), signed(difference.high))}
            </td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}

/** Equal windows before and after, equal time for everybody; it never says why. */
export function Compare() {
  const view = useView();
  const { report, words, format } = view;
  const { state, windowDays, undated } = report.beforeAfter;
  const waiting = state === 'not_yet';
  return (
    <Part
      title={compareTitle(view)}
      tag={words.compare.descriptive}
      subtitle={waiting ? null : words.compare.subtitle(format.days(windowDays))}
    >
      {waiting ? <p className="state line">{words.compare.waiting}</p> : <Sides />}
      {undated > 0 ? <p className="meta after">{words.compare.undated(format.number(undated))}</p> : null}
      {waiting ? null : <p className="meta after">{words.compare.why}</p>}
    </Part>
  );
}
