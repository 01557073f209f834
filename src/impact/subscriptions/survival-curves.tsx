import { PlaceChart } from '../../web/kit/charts/place-chart.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { en, zh } from './messages.ts';
import type { Subscriptions, Survival } from './schema.ts';
import { useChance, useGroupName, useMonth } from './words.tsx';

/** Lines that can be told apart; the test is of all groups. */
const mostDrawn = 5;

/** How long accounts go on paying, by group, and whether the groups leave at other rates than chance would have it. */
export function SurvivalCurves({ answer: { survival, locked } }: { answer: Subscriptions }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const monthOf = useMonth();
  const nameOf = useGroupName();
  const title = useTitle(survival);
  const note = useNote(survival);
  if (!survival) return null;
  const able = survival.groups.filter(({ months }) => months.length > 0);
  const parts = able.filter(({ kind }) => kind !== 'all').slice(0, mostDrawn);
  const drawn = parts.length > 0 ? parts : able;
  const last = Math.max(0, ...drawn.map(({ months }) => months.length - 1));
  return (
    <PlaceChart
      title={title}
      subtitle={survival.from === 'lock' && locked ? words.survivalLocked(monthOf(locked.from)) : words.survivalFirst}
      curves={drawn.map((group) => ({
        key: `${group.kind} ${group.name}`,
        name: nameOf(group),
        points: Array.from({ length: last + 1 }, (_, month) => {
          const point = group.months[month];
          return point ? { value: point.share, low: point.low, high: point.high, n: point.atRisk } : null;
        }),
      }))}
      columns={Array.from({ length: last + 1 }, (_, month) => words.place(format.number(month)))}
      placeHead={words.month}
      write={(value) => format.share(value, { digits: 0 })}
      ceiling={1}
      note={note}
    />
  );
}

function useTitle(survival: Survival | null): string {
  const words = useMessages({ en, zh });
  const p = useChance();
  if (!survival) return '';
  const { test, why, groups } = survival;
  if (!test) return why === 'no_groups' && groups.length < 2 ? words.survival : words.survivalUntested;
  return test.p < 0.05 ? words.survivalApart(p(test.p)) : words.survivalAlike(p(test.p));
}

function useNote(survival: Survival | null): string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const nameOf = useGroupName();
  const p = useChance();
  if (!survival) return '';
  const { test, why, groups } = survival;
  const silent = groups.filter(({ months, kind }) => months.length === 0 && (kind !== 'all' || groups.length === 1));
  const lines = test
    ? [
        words.logRank(
          format.number(test.statistic, { digits: 2 }),
          format.number(test.degrees),
          p(test.p),
          test.compared
            .map((one) => words.leftOf(nameOf(one), format.number(one.observed), format.number(one.expected, { digits: 1 })))
            .join(words.semicolon),
        ),
        test.p < 0.05 ? words.association : words.detectable(format.number(test.detectableRatio, { digits: 2 })),
      ]
    : [
        why === 'too_few_events'
          ? words.untestedFew
          : why === 'not_known_then'
            ? words.untestedThen
            : groups.length > 1
              ? words.untestedGroups
              : '',
      ];
  return [
    ...lines,
    silent.length > 0 ? words.noCurve(format.list(silent.map((group) => nameOf(group)))) : '',
    groups.length - 1 > mostDrawn ? words.mostDrawn(format.number(mostDrawn)) : '',
    words.survivalMeaning,
  ]
    .filter(Boolean)
    .join(' ');
}
