import { useState } from 'react';
import { segmentTitle, shareInWords } from '../findings.ts';
import type { SegmentRow } from '../schema.ts';
import { domainOf, Strip } from '../strip.tsx';
import { Opens, Part, useView } from '../view.tsx';

function Line({ row, domain }: { row: SegmentRow; domain: number }) {
  const { words, format, report } = useView();
  const { head, blank } = words.segments;
  return (
    <tr>
      <td className="name">{row.segment === '' ? <span className="ink3">{blank}</span> : row.segment}</td>
      <td className="r" data-label={head.accounts}>
        <Opens asked={{ figure: 'accounts', segment: row.segment }}>{format.number(row.accounts)}</Opens>
      </td>
      <td className="r" data-label={head.adopted}>
        {row.adopted.state === 'not_yet' ? (
          '–'
        ) : (
          <Opens asked={{ figure: 'adoption_account', segment: row.segment, adoptedBy: report.dayReached }}>
            {format.number(row.adopted.count)}
          </Opens>
        )}
      </td>
      <td className="wide">
        <Strip share={row.adopted} domain={domain} />
      </td>
      <td className="r" data-label={head.share}>
        {report.feature ? shareInWords({ words, format }, row.adopted) : '–'}
      </td>
      <td className="r" data-label={head.opportunities}>
        <Opens asked={{ figure: 'deals', step: 'opportunity', segment: row.segment }}>{format.number(row.opportunities)}</Opens>
      </td>
      <td className="r" data-label={head.won}>
        <Opens asked={{ figure: 'deals', step: 'won', segment: row.segment }}>{format.number(row.won)}</Opens>
      </td>
      <td className="r" data-label={head.revenue}>
        {report.funnel.hasRevenue ? (
          <Opens asked={{ figure: 'deals', step: 'revenue', segment: row.segment }}>{format.number(row.withRevenue)}</Opens>
        ) : (
          '–'
        )}
      </td>
    </tr>
  );
}

const shownAtFirst = 12;

/** The many small ones as one row, so that the parts still sum to the whole; it unfolds where it can. */
function Rest({ rows, onUnfold }: { rows: SegmentRow[]; onUnfold?: () => void }) {
  const { words, format, report } = useView();
  const { head } = words.segments;
  const sum = (of: (row: SegmentRow) => number) => format.number(rows.reduce((total, row) => total + of(row), 0));
  const more = words.segments.more(format.number(rows.length));
  return (
    <tr className="ink3">
      <td className="name">
        {onUnfold ? (
          <button type="button" className="link" onClick={onUnfold}>
            {more}
          </button>
        ) : (
          more
        )}
      </td>
      <td className="r" data-label={head.accounts}>
        {sum(({ accounts }) => accounts)}
      </td>
      <td className="r" data-label={head.adopted}>
        {sum(({ adopted }) => adopted.count)}
      </td>
      <td className="r" colSpan={2}>
        <span className="vh">–</span>
      </td>
      <td className="r" data-label={head.opportunities}>
        {sum(({ opportunities }) => opportunities)}
      </td>
      <td className="r" data-label={head.won}>
        {sum(({ won }) => won)}
      </td>
      <td className="r" data-label={head.revenue}>
        {report.funnel.hasRevenue ? sum(({ withRevenue }) => withRevenue) : '–'}
      </td>
    </tr>
  );
}

export function Segments() {
  const [unfolded, setUnfolded] = useState(false);
  const view = useView();
  const { report, words } = view;
  const { head } = words.segments;
  if (report.bySegment.length === 0) {
    return (
      <Part title={words.segments.head.segment}>
        <p className="state line">{words.segments.empty}</p>
      </Part>
    );
  }
  const cut = unfolded || report.bySegment.length <= shownAtFirst + 1 ? report.bySegment.length : shownAtFirst;
  const [shown, rest] = [report.bySegment.slice(0, cut), report.bySegment.slice(cut)];
  const domain = domainOf(report.bySegment.map(({ adopted }) => adopted));
  return (
    <Part title={segmentTitle(view)} subtitle={words.segments.subtitle}>
      <div className="scroll">
        <table className="t stacks">
          <thead>
            <tr>
              <th scope="col">{head.segment}</th>
              {[head.accounts, head.adopted].map((text) => (
                <th key={text} scope="col" className="r">
                  {text}
                </th>
              ))}
              <th scope="col" className="r" colSpan={2}>
                {head.share}
              </th>
              {[head.opportunities, head.won, head.revenue].map((text) => (
                <th key={text} scope="col" className="r">
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Line key={row.segment} row={row} domain={domain} />
            ))}
            {rest.length > 0 ? <Rest rows={rest} onUnfold={view.onOpen && (() => setUnfolded(true))} /> : null}
          </tbody>
        </table>
      </div>
    </Part>
  );
}
