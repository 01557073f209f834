import type { ReactNode } from 'react';
import { BarChart } from '../../web/kit/charts/bar-chart.tsx';
import { client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { CsvButton } from '../../web/kit/csv-button.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { type Column, Table } from '../../web/kit/table.tsx';
import { en, writeDifference, writePoints, zh } from './messages.ts';
import {
  type AnsweredWave,
  type ComparedRecall,
  fewestAsked,
  type Group,
  type GroupRecall,
  groups,
  type RecallStep,
  type RecallSurvey,
} from './schema.ts';

/** A figure, and under it what it is made of. */
function Two({ first, second }: { first: ReactNode; second: ReactNode }) {
  return (
    <>
      {first}
      <div className="meta">{second}</div>
    </>
  );
}

function Share({ of }: { of: GroupRecall | null }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (!of) return <span className="ink3">{words.notAsked}</span>;
  const counted = words.of(format.number(of.recalled), format.number(of.asked));
  if (of.share === null) return <Two first={counted} second={words.tooFew(format.number(fewestAsked))} />;
  return <Two first={format.interval(format.share(of.share), format.share(of.low), format.share(of.high))} second={counted} />;
}

function Difference({ of, detectable = null }: { of: ComparedRecall; detectable?: number | null }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (of.kind === 'refused') return <span className="ink2">{words.cells[of.why](format.number(of.asked), format.number(of.needed))}</span>;
  const said = writeDifference(of, format);
  return detectable === null ? said : <Two first={said} second={words.detectable(writePoints(detectable, format))} />;
}

/** A wave by its moment, and by its day where there are several of the same. */
export const useWaveName = (waves: readonly AnsweredWave[]) => {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return ({ moment, startsOn }: AnsweredWave): string =>
    waves.filter((wave) => wave.moment === moment).length > 1 ? `${words.moments[moment]} ${format.date(startsOn)}` : words.moments[moment];
};

function RecallChart({ waves }: { waves: readonly AnsweredWave[] }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const nameOf = useWaveName(waves);
  const poles = [waves.findLast(({ moment }) => moment === 'before'), waves.find(({ moment }) => moment === 'after')];
  const rows = waves.flatMap((wave) =>
    groups.flatMap((group) => {
      const found = wave[group];
      if (!found || found.share === null) return [];
      const { share: value, low, high, asked: n } = found;
      return [{ key: `${wave.id} ${group}`, name: words.rowOf(nameOf(wave), words.rows[group]), value, low, high, n }];
    }),
  );
  if (rows.length < 2) return null;
  const shares = (group: Group) => {
    const [from, to] = poles.map((wave) => wave?.[group]?.share ?? null);
    return from == null || to == null ? null : format.range(format.share(from), format.share(to));
  };
  const [exposed, others] = [shares('exposed'), shares('notExposed')];
  return (
    <div className="stretch">
      <BarChart
        title={exposed && others ? words.chartBoth(exposed, others) : words.chart}
        rows={rows}
        write={format.share}
        measure={words.share}
        mark="dot"
        note={words.judgedNote}
      />
    </div>
  );
}

type WavesProps = { survey: RecallSurvey; actions: ReactNode; onCorrect: ((wave: AnsweredWave) => void) | null };

/** Recall by wave and group, with what differs between the groups. */
export function Waves({ survey, actions, onCorrect }: WavesProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { waves } = survey;
  const nameOf = useWaveName(waves);
  const columns: Column<AnsweredWave>[] = [
    {
      key: 'wave',
      head: words.wave,
      cell: (wave) => <Two first={nameOf(wave)} second={format.range(format.date(wave.startsOn), format.date(wave.endsOn))} />,
    },
    { key: 'exposed', head: words.exposed, cell: ({ exposed }) => <Share of={exposed} /> },
    { key: 'notExposed', head: words.notExposed, cell: ({ notExposed }) => <Share of={notExposed} /> },
    {
      key: 'difference',
      head: words.difference,
      cell: ({ difference, detectable }) => <Difference of={difference} detectable={detectable} />,
    },
    ...(onCorrect
      ? [
          {
            key: 'correct',
            head: words.correct,
            silent: true,
            cell: (wave: AnsweredWave) => (
              <Button size="small" kind="quiet" onClick={() => onCorrect(wave)}>
                {words.correct}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <Section
      title={words.byWave}
      subtitle={words.byWaveSub(survey.question)}
      actions={
        <span className="row">
          {actions}
          {waves.length > 0 ? <CsvButton file={() => client.recallSurveys.exportWaves({ survey: survey.id })} /> : null}
        </span>
      }
    >
      <div className="stack">
        <RecallChart waves={waves} />
        <div className="stretch">
          <Table
            label={words.byWave}
            size="tall"
            rows={waves}
            rowKey={({ id }) => id}
            columns={columns}
            empty={<p className="state line">{words.noWaves}</p>}
          />
        </div>
      </div>
    </Section>
  );
}

/** What changed from wave to wave, and how much further among the exposed. */
export function Steps({ survey: { waves, steps } }: { survey: RecallSurvey }) {
  const words = useMessages({ en, zh });
  const nameOf = useWaveName(waves);
  const nameById = (id: string) => nameOf(waves.find((wave) => wave.id === id)!);
  if (steps.length === 0) return null;
  return (
    <Section title={words.steps} subtitle={words.stepsSub}>
      <Table
        label={words.steps}
        rows={steps}
        rowKey={({ from, to }) => `${from} ${to}`}
        columns={[
          { key: 'step', head: words.step, cell: ({ from, to }: RecallStep) => words.fromTo(nameById(from), nameById(to)) },
          { key: 'exposed', head: words.changeExposed, cell: ({ exposed }) => <Difference of={exposed} /> },
          { key: 'notExposed', head: words.changeNotExposed, cell: ({ notExposed }) => <Difference of={notExposed} /> },
          { key: 'further', head: words.further, cell: ({ differenceInDifferences }) => <Difference of={differenceInDifferences} /> },
        ]}
      />
    </Section>
  );
}
