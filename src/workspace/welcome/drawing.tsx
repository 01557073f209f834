import { useMessages } from '../../web/kit/locale.tsx';
import { en, zh } from './messages.ts';

const width = 480;
const height = 250;
const ground = 214;
const coast = 62;
const days = [0, 30, 60, 90];
const x = (day: number) => 10 + (day / 90) * (width - 30);

/** Adoption as a logistic curve that is at the target on day 83. */
const share = (day: number) => ground - ((ground - coast) * (1 / (1 + Math.exp(-(day - 52) / 17)) - 0.045)) / 0.816;
const every = Array.from({ length: 46 }, (_, index) => index * 2);
const line = (shift: (day: number) => number) => every.map((day) => `${x(day).toFixed(1)},${(share(day) + shift(day)).toFixed(1)}`);
const half = (day: number) => 5 + 9 * Math.sin((Math.PI * Math.min(day, 70)) / 120);
const band = `M${[...line((day) => half(day)), ...line((day) => -half(day)).toReversed()].join('L')}Z`;

/** What a landing report looks like, drawn by hand: launch, track, target, landfall. No data of anybody. */
export function Drawing() {
  const words = useMessages({ en, zh }).drawing;
  return (
    <svg className="drawing" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words.summary}>
      <rect x={x(0)} y="14" width={x(90) - x(0)} height={coast - 14} fill="var(--land)" />
      <path d={`M${x(0)} ${coast}H${x(90)}`} stroke="var(--coast)" strokeWidth="1.5" />
      <text x={x(0) + 12} y={coast - 8} fill="var(--land-ink)">
        {words.target}
      </text>
      <path d={`M${x(0)} ${ground}H${x(90)}`} stroke="var(--line-2)" />
      <path d={band} fill="var(--sea)" opacity="0.16" />
      <path d={`M${line(() => 0).join('L')}`} fill="none" stroke="var(--sea)" strokeWidth="2.2" strokeLinejoin="round" />
      <path d={`M${x(0)} 14V${ground}`} stroke="var(--signal)" strokeWidth="1.5" />
      <path d={`M${x(0) - 4} 10h8l-4 6z`} fill="var(--signal)" />
      <text x={x(0) + 10} y="30" fill="var(--signal)">
        {words.launch}
      </text>
      <path d={`M${x(83)} ${coast - 9}V36`} stroke="var(--ink-2)" />
      <text x={x(83) + 4} y="30" textAnchor="end" className="strong" fill="var(--ink)">
        {words.landfall}
      </text>
      <circle cx={x(83)} cy={share(83)} r="6.5" fill="var(--paper)" stroke="var(--sea)" strokeWidth="2" />
      <circle cx={x(83)} cy={share(83)} r="2.2" fill="var(--sea)" />
      <Scale day={words.day} />
    </svg>
  );
}

/** The border of a chart: one block for each 10 days, black and white in turn. */
function Scale({ day: name }: { day: (day: number) => string }) {
  return (
    <g>
      <rect x={x(0)} y={ground + 6} width={x(90) - x(0)} height="4" fill="var(--paper)" stroke="var(--ink)" strokeWidth="0.8" />
      {[0, 20, 40, 60, 80].map((day) => (
        <rect key={day} x={x(day)} y={ground + 6} width={x(10) - x(0)} height="4" fill="var(--ink)" />
      ))}
      {days.map((day) => (
        <text key={day} x={x(day)} y={ground + 28} textAnchor={day === 0 ? 'start' : day === 90 ? 'end' : 'middle'} fill="var(--ink-3)">
          {name(day)}
        </text>
      ))}
    </g>
  );
}
