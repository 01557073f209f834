import type { ReactNode } from 'react';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { ChartFrame } from '../../web/kit/charts/chart-frame.tsx';
import { en, zh } from './messages.ts';
import type { Credits, Model } from './schema.ts';

type One = Credits['channels'][number];
const row = 28;

type SpreadProps = { answer: Credits; most?: number; table?: ReactNode };

/** For each channel the share under every model: a line from the lowest to the highest, the emphasised model large. */
export function Spread({ answer, most = 12, table }: SpreadProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const shown = answer.channels.slice(0, most);
  const widest = shown.reduce((one, other) => (other.highest - other.lowest > one.highest - one.lowest ? other : one), shown[0]!);
  const nameOf = ({ channel }: One) => channel || words.notNamed;
  const points = format.number((widest.highest - widest.lowest) * 100, { digits: 0 });
  return (
    <ChartFrame
      title={words.spread(nameOf(widest), points)}
      subtitle={words.spreadSub(words.models[answer.model], answer.model === answer.agreed?.model, format.number(answer.explained))}
      summary={shown.map((one) => `${nameOf(one)}: ${format.share(one.lowest)} – ${format.share(one.highest)}`).join('; ')}
      table={table}
      height={shown.length * row + 24}
    >
      {(width) => <Dots shown={shown} width={width} model={answer.model} nameOf={nameOf} />}
    </ChartFrame>
  );
}

type DotsProps = { shown: One[]; width: number; model: Model; nameOf: (one: One) => string };

function Dots({ shown, width, model, nameOf }: DotsProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const left = Math.min(200, width * 0.3);
  const right = 140;
  const top = Math.max(0.05, ...shown.map(({ highest }) => highest));
  const x = (share: number) => left + (Math.max(60, width - left - right) * share) / top;
  const clipped = (name: string) => (name.length * 7 > left ? `${name.slice(0, Math.floor(left / 7) - 1)}…` : name);
  return (
    <svg width={width} height={shown.length * row + 4} aria-hidden="true">
      {shown.map((one, place) => {
        const y = place * row + row / 2;
        const own = one.credits[model];
        const [low, high] = [one.lowest, one.highest].map((share) => format.share(share, { digits: 0 })) as [string, string];
        return (
          <g key={one.channel}>
            <text x={0} y={y + 4} fontSize={13} fill="var(--ink)">
              {clipped(nameOf(one))}
              <title>{nameOf(one)}</title>
            </text>
            <line x1={left} x2={x(one.lowest)} y1={y} y2={y} stroke="var(--line)" />
            <line x1={x(one.lowest)} x2={x(one.highest)} y1={y} y2={y} stroke="var(--line-3)" strokeWidth={3} />
            {Object.entries(one.credits).map(([name, { share }]) => (
              <circle key={name} cx={x(share)} cy={y} r={3} fill="var(--ink-3)">
                <title>{`${words.models[name as Model]}: ${format.share(share)}`}</title>
              </circle>
            ))}
            {own ? <circle cx={x(own.share)} cy={y} r={6} fill="var(--sea)" stroke="var(--paper)" strokeWidth={1.5} /> : null}
            <text x={x(one.highest) + 12} y={y + 4} fontSize={12} fill="var(--ink-2)">
              {own ? format.interval(format.share(own.share, { digits: 0 }), low, high) : format.range(low, high)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
