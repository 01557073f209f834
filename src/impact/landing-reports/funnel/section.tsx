import { funnelTitle, shareInWords } from '../findings.ts';
import { fewest, type FunnelStep, type Median, type Step } from '../schema.ts';
import { Opens, Part, useView } from '../view.tsx';

function CountBar({ value, of }: { value: number; of: number }) {
  const width = 120;
  const filled = of > 0 ? Math.max(value > 0 ? 1 : 0, (value / of) * width) : 0;
  return (
    <svg className="chart" width={width} height="12" viewBox={`0 0 ${width} 12`} aria-hidden="true">
      <rect className="bar0" width={width} height="12" />
      <rect className="bar" width={filled} height="12" />
    </svg>
  );
}

/** A median with its interval, and in the same breath what it leaves out. */
export function Time({ time, step, origin }: { time: Median; step: Step; origin?: string }) {
  const { words, format } = useView();
  const asked = (kind: 'timed' | 'undated' | 'negative') => ({ figure: 'funnel' as const, step, time: kind, origin });
  const days = (value: number | null) => format.number(value, { digits: 1 });
  const isFew = time.days !== null && time.of < fewest;
  return (
    <>
      {isFew ? <span className="ink3">{words.few.too_few(format.number(time.of))}</span> : null}
      {isFew ? null : time.days === null ? (
        <span className="ink3">{time.undated + time.negative > 0 ? words.funnel.noTime : '–'}</span>
      ) : (
        <Opens asked={asked('timed')}>
          {time.low === null ? days(time.days) : format.interval(days(time.days), days(time.low), days(time.high))}
        </Opens>
      )}
      {time.negative > 0 ? (
        <span className="meta bad">
          <Opens asked={asked('negative')}>{words.funnel.negative(format.number(time.negative))}</Opens>
        </span>
      ) : null}
      {time.undated > 0 ? (
        <span className="meta">
          <Opens asked={asked('undated')}>{words.funnel.undated(format.number(time.undated))}</Opens>
        </span>
      ) : null}
    </>
  );
}

function Line({ row, first }: { row: FunnelStep; first: number }) {
  const { report, words, format } = useView();
  const { head } = words.funnel;
  if (row.step === 'revenue' && !report.funnel.hasRevenue)
    return (
      <tr>
        <td className="name">{words.funnel.step[row.step]}</td>
        <td className="r ink3" data-label={head.people} colSpan={2}>
          {words.funnel.noRevenue}
        </td>
        <td className="r" colSpan={3}>
          <span className="vh">–</span>
        </td>
      </tr>
    );
  return (
    <tr>
      <td className="name">{words.funnel.step[row.step]}</td>
      <td className="wide">
        <CountBar value={row.count} of={first} />
      </td>
      <td className="r" data-label={head.people}>
        <Opens asked={{ figure: 'funnel', step: row.step }}>{format.number(row.count)}</Opens>
      </td>
      <td className="r" data-label={head.ofPrevious}>
        {row.ofPrevious ? shareInWords({ words, format }, row.ofPrevious) : ''}
      </td>
      <td className="r" data-label={head.ofFirst}>
        {row.ofFirst && row.step !== 'opportunity' ? shareInWords({ words, format }, row.ofFirst) : ''}
      </td>
      <td className="r" data-label={head.time}>
        {row.time ? <Time time={row.time} step={row.step} /> : ''}
      </td>
    </tr>
  );
}

export function Funnel() {
  const view = useView();
  const { report, words, format } = view;
  const { funnel } = report;
  const first = funnel.steps[0]?.count ?? 0;
  if (first === 0) {
    return (
      <Part title={words.funnel.few}>
        <p className="state line">{words.funnel.empty}</p>
      </Part>
    );
  }
  const { head } = words.funnel;
  return (
    <Part
      title={funnelTitle(view)}
      subtitle={words.funnel.subtitle(
        format.number(first),
        format.date(funnel.from, { year: true }),
        format.date(funnel.to, { year: true }),
      )}
    >
      <div className="scroll">
        <table className="t stacks">
          <thead>
            <tr>
              <th scope="col">{head.step}</th>
              <th scope="col" aria-hidden="true" />
              <th scope="col" className="r">
                {head.people}
              </th>
              <th scope="col" className="r">
                {head.ofPrevious}
              </th>
              <th scope="col" className="r">
                {head.ofFirst}
              </th>
              <th scope="col" className="r">
                {head.time}
              </th>
            </tr>
          </thead>
          <tbody>
            {funnel.steps.map((row) => (
              <Line key={row.step} row={row} first={first} />
            ))}
          </tbody>
        </table>
      </div>
      {funnel.skipped > 0 ? <p className="meta after">{words.funnel.skipped(format.number(funnel.skipped))}</p> : null}
    </Part>
  );
}
