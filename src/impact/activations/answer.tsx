import type { ReactNode } from 'react';
import { BarChart } from '../../web/kit/charts/bar-chart.tsx';
import { Interval } from '../../web/kit/figures.tsx';
import { CsvButton, type CsvFile } from '../../web/kit/csv-button.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import type { AnswerFacts } from '../../web/kit/questions/facts-line.tsx';
import { Table } from '../../web/kit/table.tsx';
import { factsOf } from '../questions/answered.tsx';
import { en, zh } from './messages.ts';
import { type Finding, halves, type Search, whys } from './schema.ts';

type Props = {
  answer: Search;
  /** Where there is little room: the chart alone. */
  height?: number;
  onChoose?: (finding: Finding) => void;
  /** What can be done with a behaviour. */
  uses?: (finding: Finding) => ReactNode;
  /** The tables as files: what was judged, and how many there are to learn from. */
  csv?: { judged: CsvFile; halves: CsvFile };
};

export const keyOf = ({ event, behaviour, times }: Pick<Finding, 'event' | 'behaviour' | 'times'>): string =>
  JSON.stringify([behaviour ?? null, event, times]);

export function useBehaviourWords(): (one: Pick<Finding, 'event' | 'times'>) => string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return ({ event, times }) => words.behaviour(event, times, format.number(times));
}

/** Each behaviour that was judged, with those who stayed of those who did it and of those who did not; or what was too little. */
export function ActivationsAnswer({ answer, height, onChoose, uses, csv }: Props) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const nameOf = useBehaviourWords();
  const notes = useNotes(answer);
  const { findings, refused, unit, earlyDays, staying, halves: counted } = answer;
  if (refused)
    return <Halves answer={answer} help={refused === 'too_few' ? words.tooFewHelp[unit] : words.noCandidateHelp} csv={csv?.halves} />;
  const { stayed, left } = counted.holdOut;
  const all = stayed / (stayed + left);
  return (
    <>
      <BarChart
        title={words.chart(format.number(earlyDays), format.number(staying.from), format.number(staying.to))}
        subtitle={words.subtitle(words.units[unit])}
        mark="dot"
        rows={findings.map((finding) => {
          const { didStayed, didLeft } = finding.counts;
          const { share, low, high } = finding.stayedOfThoseWho.did;
          return { key: keyOf(finding), name: nameOf(finding), value: share, low, high, n: didStayed + didLeft };
        })}
        write={(value) => format.share(value)}
        measure={words.did}
        max={1}
        reference={{ value: all, label: words.everybody(format.share(all)) }}
        note={notes.join(' ')}
        onChoose={onChoose && ((key) => onChoose(findings.find((finding) => keyOf(finding) === key)!))}
      />
      {height === undefined ? <Judged answer={answer} uses={uses} csv={csv?.judged} /> : null}
    </>
  );
}

function Judged({ answer: { findings }, uses, csv }: Pick<Props, 'answer' | 'uses'> & { csv?: CsvFile }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const nameOf = useBehaviourWords();
  const share = (value: number) => format.share(value);
  // What is rounded to nothing has no sign.
  const points = (value: number) => format.signedNumber(Math.round(value * 1000) / 10 + 0, { digits: 1 });
  return (
    <Section title={words.table} ruled actions={csv ? <CsvButton file={csv} /> : undefined}>
      <Table
        label={words.table}
        size="compact"
        rows={findings}
        rowKey={keyOf}
        columns={[
          { key: 'name', head: words.name, cell: nameOf },
          { key: 'result', head: words.result, cell: ({ isFinding }) => (isFinding ? <b>{words.finding}</b> : words.notShown) },
          { key: 'did', head: words.did, number: true, cell: ({ stayedOfThoseWho: { did } }) => share(did.share) },
          { key: 'not', head: words.didNot, number: true, cell: ({ stayedOfThoseWho: { didNot } }) => share(didNot.share) },
          {
            key: 'difference',
            head: words.difference,
            number: true,
            cell: ({ difference: { difference, low, high } }) => <Interval value={difference} low={low} high={high} write={points} />,
          },
          {
            key: 'reach',
            head: words.reach,
            number: true,
            cell: ({ reach: { share: value, low, high } }) => <Interval value={value} low={low} high={high} write={share} />,
          },
          { key: 'p', head: words.corrected, number: true, cell: ({ corrected }) => writeP(corrected, format.number) },
          ...(uses ? [{ key: 'use', head: words.use, cell: uses }] : []),
        ]}
      />
    </Section>
  );
}

const writeP = (value: number, number: (value: number, options: { digits: number }) => string): string =>
  value < 0.001 ? `< ${number(0.001, { digits: 3 })}` : number(value, { digits: 3 });

function Halves({ answer, help, csv }: { answer: Search; help: string; csv?: CsvFile }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return (
    <Section title={words.halves} subtitle={help} actions={csv ? <CsvButton file={csv} /> : undefined}>
      <Table
        label={words.halves}
        size="compact"
        rows={[...halves]}
        rowKey={(half) => half}
        columns={[
          { key: 'half', head: words.half, cell: (half) => words.halfNames[half] },
          { key: 'stayed', head: words.stayed, number: true, cell: (half) => format.number(answer.halves[half].stayed) },
          { key: 'left', head: words.left, number: true, cell: (half) => format.number(answer.halves[half].left) },
        ]}
      />
    </Section>
  );
}

const countOf = ({ halves: counted }: Search): number => halves.reduce((sum, half) => sum + counted[half].stayed + counted[half].left, 0);

function useNotes(answer: Search): string[] {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { asked, findings, leftOut, unit, accounts, tooYoung, lastDay } = answer;
  const counted = countOf(answer);
  return [
    words.association,
    words.how(format.number(asked), format.number(findings.length)),
    ...whys.flatMap((why) => {
      const count = leftOut.filter((one) => one.why === why).length;
      return count > 0 ? [words.leftOut[why](format.number(count))] : [];
    }),
    unit === 'people' && accounts < counted ? words.alike(format.number(counted), format.number(accounts)) : '',
    tooYoung > 0 && lastDay ? words.tooYoung(format.number(tooYoung), format.date(lastDay)) : '',
  ].filter(Boolean);
}

/** The finding: what goes with staying, that nothing does, or that there is too little to tell. */
export function useActivationsVerdict(): (answer: Search) => string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const nameOf = useBehaviourWords();
  return ({ refused, needed, findings, halves: counted }) => {
    if (refused === 'too_few') {
      const [stayed, left] = (['stayed', 'left'] as const).map((what) => Math.min(...halves.map((half) => counted[half][what])));
      return words.verdictTooFew(format.number(needed ?? 0), format.number(stayed), format.number(left));
    }
    if (refused) return words.verdictNoCandidate;
    const found = findings.filter(({ isFinding }) => isFinding);
    const [first] = found;
    if (!first) return words.verdictNone;
    const { did, didNot } = first.stayedOfThoseWho;
    const said = [nameOf(first), format.share(did.share), format.share(didNot.share)] as const;
    return found.length === 1 ? words.verdict(...said) : words.verdictMore(...said, found.length - 1, format.number(found.length - 1));
  };
}

export function useActivationsFacts(): (answer: Search) => AnswerFacts {
  const words = useMessages({ en, zh });
  return (answer) => ({ n: countOf(answer), unit: words.units[answer.unit], interval: words.interval, ...factsOf(answer.facts) });
}

export const isEmptyActivations = (answer: Search): boolean => countOf(answer) === 0;
