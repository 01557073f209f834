import { criticalPath } from '../../methods/planning/critical-path.ts';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Scroll } from '../../web/kit/scroll.tsx';
import { en, zh } from './messages.ts';
import type { Deliverable } from './schema.ts';

const dayMilliseconds = 86_400_000;
const rowHeight = 26;
const top = 30;
const read = (day: string) => Date.parse(`${day}T00:00:00Z`) / dayMilliseconds;
const write = (number: number) => new Date(number * dayMilliseconds).toISOString().slice(0, 10);

/** How far from the work the line of today is still worth showing. */
const nearDays = 45;

/** The name of a line stands to its right, in pixels. */
const roomForLabel = 80;

/** The first of the workdays that end on the due day. */
const startOf = ({ dueOn, workDays }: Deliverable): number => {
  let [day, left] = [read(dueOn), workDays];
  for (;;) {
    if ((day + 3) % 7 < 5) left -= 1;
    if (left === 0) return day;
    day -= 1;
  }
};

type TimelineProps = { rows: Deliverable[]; marketDate: string; onOpen: (one: Deliverable) => void };

/** When each deliverable is worked on, what it waits for, and which of them decide the date. */
export function Timeline({ rows, marketDate, onOpen }: TimelineProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const today = useToday();
  const shown = rows
    .filter(({ status }) => status !== 'dropped')
    .toSorted((one, other) => one.dueOn.localeCompare(other.dueOn) || startOf(one) - startOf(other));
  const ids = new Set(shown.map(({ id }) => id));
  const path = criticalPath(shown.map(({ id, workDays, needs }) => ({ id, days: workDays, needs: needs.filter((need) => ids.has(need)) })));
  const critical = new Set('refused' in path ? [] : path.activities.filter(({ isCritical }) => isCritical).map(({ id }) => id));
  if (shown.length === 0) return null;
  const first = Math.min(...shown.map(startOf));
  const last = Math.max(read(marketDate), ...shown.map(({ dueOn }) => read(dueOn)));
  // A day long before or after all work would only push the bars together.
  const isNear = read(today) > first - nearDays && read(today) < last + nearDays;
  const from = (isNear ? Math.min(read(today), first) : first) - 2;
  const to = (isNear ? Math.max(read(today), last) : last) + 4;
  const scale = Math.min(18, Math.max(5, 860 / (to - from)));
  const x = (day: number) => (day - from) * scale;
  const width = x(to) + roomForLabel;
  const place = new Map(shown.map((one, index) => [one.id, { one, y: top + index * rowHeight + rowHeight / 2 }]));
  const height = top + shown.length * rowHeight + 6;
  const says = words.timelineSub(isNear ? format.date(today) : null);
  return (
    <Section title={words.timelineTitle(format.number('refused' in path ? 0 : path.days))} subtitle={says}>
      <div className="timeline">
        <ol className="timeline-names" style={{ paddingTop: top }}>
          {shown.map((one) => (
            <li key={one.id} style={{ height: rowHeight }}>
              <button type="button" className="link" data-row onClick={() => onOpen(one)}>
                {one.name}
                {critical.has(one.id) ? <span className="vh">, {words.critical}</span> : null}
              </button>
            </li>
          ))}
        </ol>
        <Scroll label={words.views.timeline}>
          <svg width={width} height={height} role="img" aria-label={says}>
            <Months from={from} to={to} x={x} height={height} />
            {isNear ? (
              <>
                <line className="tl-today" x1={x(read(today))} x2={x(read(today))} y1={16} y2={height} />
                <text className="tl-label" x={x(read(today)) + 4} y={26}>
                  {words.timelineToday}
                </text>
              </>
            ) : null}
            <line className="tl-market" x1={x(read(marketDate) + 1)} x2={x(read(marketDate) + 1)} y1={16} y2={height} />
            <text className="tl-label market" x={x(read(marketDate) + 1) + 4} y={26}>
              {words.timelineMarket}
            </text>
            {shown.flatMap((one) =>
              one.needs.flatMap((need) => {
                const [before, after] = [place.get(need), place.get(one.id)!];
                if (!before) return [];
                const [x1, x2] = [x(read(before.one.dueOn) + 1), x(startOf(one))];
                const isCritical = critical.has(need) && critical.has(one.id);
                return [
                  <path
                    key={`${need} ${one.id}`}
                    className={isCritical ? 'tl-need critical' : 'tl-need'}
                    d={`M${x1},${before.y} C${x1 + 14},${before.y} ${x2 - 14},${after.y} ${x2},${after.y}`}
                  />,
                ];
              }),
            )}
            {shown.map((one) => {
              const { y } = place.get(one.id)!;
              const [x1, x2] = [x(startOf(one)), x(read(one.dueOn) + 1)];
              const kind = one.status === 'shipped' || one.status === 'approved' ? ' done' : one.dueOn < today ? ' late' : '';
              return (
                <rect
                  key={one.id}
                  className={`tl-bar${kind}${critical.has(one.id) ? ' critical' : ''}`}
                  x={x1}
                  y={y - 7}
                  width={Math.max(3, x2 - x1)}
                  height={14}
                  rx={2}
                  onClick={() => onOpen(one)}
                >
                  <title>{words.timelineRow(one.name, format.date(write(startOf(one))), format.date(one.dueOn))}</title>
                </rect>
              );
            })}
          </svg>
        </Scroll>
      </div>
    </Section>
  );
}

type MonthsProps = { from: number; to: number; x: (day: number) => number; height: number };

/** One line for each first of a month, with its name. */
function Months({ from, to, x, height }: MonthsProps) {
  const format = useFormat();
  const firsts = Array.from({ length: to - from }, (_, index) => from + index).filter((day) => write(day).endsWith('-01'));
  return (
    <>
      {firsts.map((day) => (
        <g key={day}>
          <line className="tl-month" x1={x(day)} x2={x(day)} y1={0} y2={height} />
          <text className="tl-tick" x={x(day) + 4} y={11}>
            {format.month(write(day))}
          </text>
        </g>
      ))}
    </>
  );
}
