import { useElementSize } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { en, zh } from './messages.ts';
import type { Launch } from './schema.ts';

const dayMilliseconds = 86_400_000;
const read = (day: string) => Math.round(Date.parse(`${day}T00:00:00Z`) / dayMilliseconds);
const write = (number: number) => new Date(number * dayMilliseconds).toISOString().slice(0, 10);
const height = 118;
const ground = 92;

/** Black and white, one block for each week: the time axis. */
function BorderScale({ from, to, x }: { from: number; to: number; x: (day: number) => number }) {
  const format = useFormat();
  const weeks = Array.from({ length: Math.ceil((to - from) / 7) }, (_, index) => from + index * 7);
  const firsts = Array.from({ length: to - from }, (_, index) => from + index).filter((day) => write(day).endsWith('-01'));
  return (
    <>
      {weeks.map((week, index) => (
        <rect
          key={week}
          className={index % 2 === 0 ? 'lt-black' : 'lt-white'}
          x={x(week)}
          y={ground}
          width={x(Math.min(to, week + 7)) - x(week)}
          height={4}
        />
      ))}
      {firsts.map((day) => (
        <text key={day} className="lt-tick" x={x(day)} y={ground + 18}>
          {format.month(write(day))}
        </text>
      ))}
    </>
  );
}

type FlagProps = { x: number; label: string; kind: string; row: number; end: boolean };

function Flag({ x, label, kind, row, end }: FlagProps) {
  const y = 14 + row * 16;
  return (
    <g className={`lt-flag ${kind}`}>
      <line x1={x} x2={x} y1={y + 4} y2={ground} />
      <text x={end ? x - 5 : x + 5} y={y + 4} textAnchor={end ? 'end' : 'start'}>
        {label}
      </text>
    </g>
  );
}

/** Where a launch stands in time: today, its gates, its two dates, and the days on which it is read. */
export function LaunchTrack({ launch }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const today = useToday();
  const { ref, width } = useElementSize();
  const gates = useQuery(api.gates.list.queryOptions({ input: { launch: launch.key } })).data?.gates ?? [];
  const market = read(launch.marketDate);
  const begin =
    Math.min(read(today), market - 60, launch.readyDate ? read(launch.readyDate) : market, ...gates.map(({ dueOn }) => read(dueOn))) - 4;
  const end = market + 96;
  const scale = width / (end - begin);
  const x = (day: number) => (day - begin) * scale;
  // Beside a day on which the report is read, today stands a line lower.
  const todayRow = [30, 60, 90].some((day) => Math.abs(x(market + day) - x(read(today))) < 90) ? 2 : 1;
  const isFar = (day: number) => x(day) > width - 130;
  const label = words.trackLabel(launch.name, format.date(today), format.date(launch.marketDate));
  return (
    <figure ref={ref} className="launch-track">
      {width === 0 ? null : (
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
          <BorderScale from={begin} to={end} x={x} />
          {launch.readyDate ? (
            <Flag
              x={x(read(launch.readyDate))}
              label={words.readyFlag}
              kind="ready"
              row={2}
              end={read(launch.readyDate) <= market && x(market) - x(read(launch.readyDate)) < 70}
            />
          ) : null}
          {[30, 60, 90].map((day) => (
            <Flag key={day} x={x(market + day)} label={words.day(day)} kind="read" row={1} end={day === 90} />
          ))}
          {gates.map((gate, index) => (
            <g key={gate.id} className={`lt-gate ${gate.standing}`}>
              <path d={`M${x(read(gate.dueOn))},${ground - 12} l5,6 l-5,6 l-5,-6 z`} />
              <text x={x(read(gate.dueOn))} y={ground - 17 - (index % 2) * 13} textAnchor="middle">
                {words.stages[gate.stage]}
              </text>
            </g>
          ))}
          <Flag x={x(market)} label={words.marketFlag(format.date(launch.marketDate))} kind="market" row={0} end={isFar(market)} />
          {read(today) <= end ? (
            <Flag x={x(read(today))} label={words.today} kind="now" row={todayRow} end={read(today) < market && x(read(today)) > 60} />
          ) : null}
        </svg>
      )}
    </figure>
  );
}
