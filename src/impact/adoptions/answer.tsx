import { BarChart } from '../../web/kit/charts/bar-chart.tsx';
import { StepChart } from '../../web/kit/charts/step-chart.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Columns, Facts, Section } from '../../web/kit/page.tsx';
import type { AnswerFacts } from '../../web/kit/questions/facts-line.tsx';
import type { CountedShare } from '../landing-reports/schema.ts';
import { factsOf } from '../questions/answered.tsx';
import { en, zh } from './messages.ts';
import type { Adoption, CurvePoint, Group, MedianOf } from './schema.ts';

export type AdoptionAnswerProps = {
  answer: Adoption;
  onChoose?: (day: number) => void;
  /** Where there is little room: the curve alone, so high. */
  height?: number;
};

const points = (curve: CurvePoint[]) => curve.map(({ day, share, low, high, of }) => ({ day, share, low, high, atRisk: of }));

/** Adoption of a launch: its curve over those of earlier ones, how long it takes, how deep it goes, and where it stands. */
export function AdoptionAnswer({ answer, onChoose, height }: AdoptionAnswerProps) {
  const words = useMessages({ en, zh });
  const own = answer[answer.unit];
  const name = answer.launch?.name ?? answer.feature?.name ?? '';
  const earlier = answer.earlier.map(({ key, name: title, eligible, curve }) => ({ key, name: title, n: eligible, points: points(curve) }));
  const curve = (
    <StepChart
      title={words.curve(words.units[answer.unit])}
      note={words.curveNote}
      curves={[{ key: 'own', name, n: own.eligible, points: points(own.curve) }, ...earlier]}
      horizon={answer.horizonDays}
      highlight="own"
      height={height}
      onChoose={onChoose && (({ curve: key, day }) => key === 'own' && onChoose(day))}
    />
  );
  if (height !== undefined) return curve;
  return (
    <>
      {curve}
      <Columns split="halves">
        <TimeToAdopt answer={answer} />
        <InFigures answer={answer} />
      </Columns>
      <Columns split="thirds">
        {answer.groups.map((group) => (
          <GroupBars key={group.by} group={group} />
        ))}
      </Columns>
      <Returns answer={answer} />
    </>
  );
}

function TimeToAdopt({ answer: { timeToAdopt, horizonDays } }: { answer: Adoption }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { state, of, median, curve } = timeToAdopt;
  if (state !== 'measured') return <Section title={words.timeTo}>{words.timeToFew}</Section>;
  const half =
    median &&
    words.median(
      format.number(median.day),
      format.range(format.number(median.low), median.high === null ? '–' : format.number(median.high)),
    );
  return (
    <StepChart
      title={words.timeTo}
      note={[half, words.timeToNote(format.number(of))].filter(Boolean).join(' ')}
      curves={[{ key: 'time', name: '', n: of, points: curve }]}
      horizon={Math.max(7, Math.min(horizonDays, timeToAdopt.until))}
      height={220}
    />
  );
}

function InFigures({ answer: { depth, breadth } }: { answer: Adoption }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const middle = (median: MedianOf, write: (value: number) => string) =>
    median ? words.of(write(median.value), format.number(median.of)) : words.cannotTell('–');
  const items: [string, string][] = [
    [words.depth, middle(depth.uses, (value) => format.number(value, { digits: 1 }))],
    [words.days, middle(depth.days, (value) => format.number(value, { digits: 1 }))],
    [
      words.repeat,
      depth.repeat.share === null
        ? words.counts(format.number(depth.repeat.count), format.number(depth.repeat.of))
        : words.of(format.share(depth.repeat.share), format.number(depth.repeat.of)),
    ],
    [words.breadth, middle(breadth.median, (value) => format.share(value))],
  ];
  return (
    <Section title={words.figures}>
      <Facts items={items} />
    </Section>
  );
}

const bar = (key: string, name: string, kind: 'usual' | 'not_set', { share, low, high, of }: CountedShare) =>
  share === null ? [] : [{ key, name, kind, value: share, low, high, n: of }];

function GroupBars({ group }: { group: Group }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const rows = group.rows.flatMap((row) => bar(row.value || ' ', row.value || words.notKnown, row.value ? 'usual' : 'not_set', row));
  if (rows.length === 0)
    return (
      <Section title={words.group(words.groups[group.by], format.number(group.day))}>
        <p className="meta">{words.groupFew}</p>
      </Section>
    );
  return (
    <BarChart
      title={words.group(words.groups[group.by], format.number(group.day))}
      rows={rows}
      write={format.share}
      measure={words.title}
      mark="dot"
      max={1}
    />
  );
}

function Returns({ answer: { returns } }: { answer: Adoption }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const rows = returns.flatMap((one) => bar(String(one.week), words.week(format.number(one.week)), 'usual', one));
  return rows.length === 0 ? null : <BarChart title={words.returns} rows={rows} write={format.share} measure={words.returns} max={1} />;
}

/** The finding: the share by the last day that can be told, or the counts where a share says too little. */
export function useAdoptionVerdict(): (answer: Adoption) => string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return (answer) => {
    const { now } = answer[answer.unit];
    const [count, of, unit, day] = [format.number(now.count), format.number(now.of), words.units[answer.unit], format.number(now.day)];
    return now.share === null ? words.verdictCounts(count, of, unit, day) : words.verdict(format.share(now.share), count, of, unit, day);
  };
}

/** How adoption was counted, for its line of facts. */
export function useAdoptionFacts(): (answer: Adoption) => AnswerFacts {
  const words = useMessages({ en, zh });
  return (answer) => ({
    n: answer[answer.unit].eligible,
    unit: words.units[answer.unit],
    interval: '95%',
    ...factsOf(answer.facts),
    features: answer.feature ? [answer.feature] : undefined,
    // Where each account has a day of its own, there is no first day of all.
    ...(answer.since.day === null && { period: undefined, more: [[words.since, words.sinces.access]] as [string, string][] }),
  });
}

export const isEmptyAdoption = (answer: Adoption): boolean => answer[answer.unit].eligible === 0;
