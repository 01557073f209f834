import { useState } from 'react';
import { TextButton } from '../../../web/kit/controls.tsx';
import { LineChart } from '../../../web/kit/charts/line-chart.tsx';
import { useFormat } from '../../../web/kit/format-context.tsx';
import { useMessages } from '../../../web/kit/locale.tsx';
import { Columns, Section } from '../../../web/kit/page.tsx';
import { Table } from '../../../web/kit/table.tsx';
import type { LiftPart } from '../answer-checks.tsx';
import { changedAt, stepOf } from '../answer-path.tsx';
import type { Lift } from '../schema.ts';
import type { Writer } from '../words.ts';
import { en, zh } from './messages.ts';
import type { SeriesPart } from './schema.ts';

const mostDrawn = 12;

type Part = { series: SeriesPart; isMixture: boolean; write: Writer };

/** What a comparison of one series rests on: its mixture, what they share, and how each of the others stands out. */
export function SeriesDetails({ answer: { series, comparison }, write }: LiftPart) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (!series) return null;
  const part = { series, isMixture: comparison === 'synthetic', write };
  const hasSides = series.weights.length > 0 || series.balance.length > 0;
  return (
    <>
      {series.mean === null ? null : <Effects {...part} />}
      {hasSides ? (
        <Columns split="halves">
          <Weights {...part} />
          <Balance {...part} />
        </Columns>
      ) : null}
      <Ratios {...part} />
      {series.incomplete.length > 0 ? <p className="meta">{words.incomplete(format.list(series.incomplete))}</p> : null}
    </>
  );
}

export function Placebos({ answer }: { answer: Lift }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { path, series } = answer;
  if (!series || series.placebos.length === 0) return null;
  const shown = series.placebos.toSorted((one, two) => one.rootMeanSquareBefore - two.rootMeanSquareBefore).slice(0, mostDrawn);
  const own = path.map(({ at, observed, expected }) => ({
    at,
    value: expected === null || observed === null ? null : observed - expected,
  }));
  return (
    <LineChart
      title={words.placeboTitle(format.number(series.placebos.length))}
      series={[
        { key: ' own', name: series.subject || words.nobody, points: own },
        ...shown.map(({ name, gaps }) => ({ key: name, name, points: path.map(({ at }, index) => ({ at, value: gaps[index]! })) })),
      ]}
      highlight=" own"
      by={stepOf(path)}
      write={(value) => format.signedNumber(value, { digits: 1 })}
      tick={(value) => format.signedNumber(value, { digits: Number.isInteger(value) ? 0 : 1 })}
      measure={words.gap}
      annotations={changedAt(answer, words.changed)}
      fromZero={false}
      height={320}
      note={words.placeboNote(format.number(shown.length))}
    />
  );
}

function Effects({ series, write }: Part) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { mean, share, last, rank, of, tail, periodsBefore, periodsAfter } = series;
  const rows = [
    { what: words.periods, amount: `${format.number(periodsBefore)} + ${format.number(periodsAfter)}` },
    ...(mean === null ? [] : [{ what: words.meanEffect, amount: write.effect(mean) }]),
    ...(share === null ? [] : [{ what: words.shareEffect, amount: format.signedShare(share) }]),
    ...(last === null ? [] : [{ what: words.lastEffect, amount: write.effect(last) }]),
    ...(rank === null || of === null ? [] : [{ what: words.rank, amount: words.rankOf(format.number(rank), format.number(of)) }]),
    ...(tail === null ? [] : [{ what: words.tail, amount: write.p(tail) }]),
  ];
  return (
    <Section title={words.effects} ruled>
      <Table
        label={words.effects}
        rows={rows}
        rowKey={({ what }) => what}
        columns={[
          { key: 'what', head: words.what, cell: ({ what }) => what },
          { key: 'amount', head: words.amount, number: true, cell: ({ amount }) => amount },
        ]}
      />
    </Section>
  );
}

function Weights({ series: { weights }, isMixture, write }: Part) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (weights.length === 0) return null;
  const title = isMixture ? words.weights : words.coefficients;
  const without = {
    key: 'without',
    head: words.without,
    number: true,
    cell: ({ without: mean }: SeriesPart['weights'][number]) => (mean === null ? '–' : write.effect(mean)),
  };
  return (
    <Section title={title} ruled>
      <Table
        label={title}
        rows={weights}
        rowKey={({ name }) => name}
        columns={[
          { key: 'name', head: words.name, cell: ({ name }) => name },
          {
            key: 'weight',
            head: isMixture ? words.weight : words.coefficient,
            number: true,
            cell: ({ weight }) => (isMixture ? format.share(weight) : format.number(weight, { digits: 3 })),
          },
          ...(isMixture ? [without] : []),
        ]}
      />
    </Section>
  );
}

function Balance({ series: { balance } }: Part) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (balance.length === 0) return null;
  const write = (value: number) => format.number(value, { digits: 2 });
  return (
    <Section title={words.balance} ruled>
      <Table
        label={words.balance}
        rows={balance}
        rowKey={({ metric, from, to }) => `${metric} ${from} ${to}`}
        columns={[
          { key: 'metric', head: words.metric, cell: ({ metric, from, to }) => `${metric}, ${from.slice(0, 7)} – ${to.slice(0, 7)}` },
          { key: 'own', head: words.own, number: true, cell: ({ own }) => write(own) },
          { key: 'mixture', head: words.mixture, number: true, cell: ({ mixture }) => write(mixture) },
          { key: 'mean', head: words.mean, number: true, cell: ({ mean }) => write(mean) },
          { key: 'importance', head: words.importance, number: true, cell: ({ importance }) => format.share(importance) },
        ]}
      />
    </Section>
  );
}

function Ratios({ series: { placebos } }: Part) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const [isWhole, setWhole] = useState(false);
  if (placebos.length === 0) return null;
  return (
    <Section title={words.ratios} ruled>
      <Table
        label={words.ratios}
        rows={placebos.toSorted((one, two) => two.ratio - one.ratio).slice(0, isWhole ? undefined : mostDrawn)}
        rowKey={({ name }) => name}
        columns={[
          { key: 'name', head: words.name, cell: ({ name }) => name },
          { key: 'ratio', head: words.ratio, number: true, cell: ({ ratio }) => format.number(ratio, { digits: 1 }) },
          { key: 'before', head: words.before, number: true, cell: (one) => format.number(one.rootMeanSquareBefore, { digits: 2 }) },
        ]}
      />
      {isWhole || placebos.length <= mostDrawn ? null : (
        <TextButton onClick={() => setWhole(true)}>{words.showAll(format.number(placebos.length))}</TextButton>
      )}
    </Section>
  );
}
