import type { LineSeries } from '../../web/kit/charts/data.ts';
import { LineChart } from '../../web/kit/charts/line-chart.tsx';
import { CsvButton, type CsvFile } from '../../web/kit/csv-button.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Columns, Section } from '../../web/kit/page.tsx';
import { Table } from '../../web/kit/table.tsx';
import { factsOf } from '../questions/answered.tsx';
import { en, zh } from './messages.ts';
import type { SeriesLift } from './schema.ts';

const mostDrawn = 12;

export const seriesLiftFacts = (data: SeriesLift) => factsOf(data.facts);

/** The finding in a sentence, or why there is none. */
export function useSeriesLiftVerdict(): (lift: SeriesLift) => string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return ({ refused, effect, verdict, metric }) => {
    if (refused)
      return words.refused[refused.reason](
        format.number(refused.reason === 'poor_fit' ? (refused.needed ?? 0) * 100 : (refused.needed ?? 0), { digits: 0 }),
      );
    if (!effect) return '';
    const { middle, low, high } = effect.mean;
    const write = (value: number) => format.signedNumber(value, { digits: 1 });
    const mean = low === null || high === null ? write(middle) : format.interval(write(middle), write(low), write(high));
    if (verdict === 'cannot_tell') return words.cannotTell(mean);
    if (verdict === 'no_effect_seen') return words.noEffect(mean);
    return words.effect(metric, mean, effect.rank && effect.of ? words.rank(format.number(effect.rank), format.number(effect.of)) : '');
  };
}

export function SeriesLiftAnswer({ lift, csv }: { lift: SeriesLift; csv: CsvFile }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { incomplete } = lift;
  return (
    <>
      <Path lift={lift} />
      <Placebos lift={lift} />
      <Columns split="halves">
        <Effects lift={lift} csv={csv} />
        <Checks lift={lift} />
      </Columns>
      <Columns split="halves">
        <Weights lift={lift} />
        <Balance lift={lift} />
      </Columns>
      <Ratios lift={lift} />
      <p className="meta">
        {[words.assumes, incomplete.length > 0 ? words.incomplete(format.list(incomplete)) : ''].filter(Boolean).join(' ')}
      </p>
    </>
  );
}

const annotationsOf = (lift: SeriesLift, label: string) => {
  const first = lift.path.find(({ at }) => at >= lift.on);
  return first ? [{ at: first.at, label, kind: 'launch' as const }] : [];
};

function Path({ lift }: { lift: SeriesLift }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { path, subject, metric, checks, method } = lift;
  const series: LineSeries[] = [
    {
      key: 'observed',
      name: words.observed(subject || words.noSubject),
      points: path.map(({ at, observed }) => ({ at, value: observed })),
    },
  ];
  if (path.some(({ expected }) => expected !== null))
    series.push({
      key: 'expected',
      name: words.expected,
      points: path.map(({ at, expected, low, high }) => ({ at, value: expected, low, high })),
    });
  const fit = checks.find(({ name }) => name === 'fit')?.value;
  const note = [fit == null ? '' : words.pathNote(format.share(fit)), method === 'structural_series' ? words.bandSeries : words.bandNote];
  return (
    <LineChart
      title={words.pathTitle}
      subtitle={metric}
      series={series}
      by={periodOf(lift)}
      write={(value) => format.number(value, { digits: 1 })}
      measure={metric}
      annotations={annotationsOf(lift, words.changed)}
      fromZero={false}
      height={320}
      note={path.some(({ low }) => low !== null) ? note.filter(Boolean).join(' ') : note[0]}
    />
  );
}

const periodOf = ({ path }: SeriesLift): 'day' | 'week' | 'month' => {
  const [one, other] = [path[0]?.at, path[1]?.at];
  const days = one && other ? (Date.parse(other) - Date.parse(one)) / 86_400_000 : 1;
  return days > 20 ? 'month' : days > 5 ? 'week' : 'day';
};

function Placebos({ lift }: { lift: SeriesLift }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { placebos, path, subject } = lift;
  if (placebos.length === 0) return null;
  const shown = placebos.toSorted((one, two) => one.rootMeanSquareBefore - two.rootMeanSquareBefore).slice(0, mostDrawn);
  const own = path.map(({ at, observed, expected }) => ({ at, value: expected === null ? null : observed - expected }));
  return (
    <LineChart
      title={words.placeboTitle(format.number(placebos.length))}
      series={[
        { key: ' own', name: subject || words.noSubject, points: own },
        ...shown.map(({ name, gaps }) => ({ key: name, name, points: path.map(({ at }, index) => ({ at, value: gaps[index]! })) })),
      ]}
      highlight=" own"
      by={periodOf(lift)}
      write={(value) => format.signedNumber(value, { digits: 1 })}
      measure={words.gap}
      annotations={annotationsOf(lift, words.changed)}
      fromZero={false}
      height={320}
      note={words.placeboNote(format.number(shown.length))}
    />
  );
}

function Effects({ lift: { effect }, csv }: { lift: SeriesLift; csv: CsvFile }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (!effect) return null;
  const write = (value: number) => format.signedNumber(value, { digits: 1 });
  const band = ({ middle, low, high }: { middle: number; low: number | null; high: number | null }) =>
    low === null || high === null ? write(middle) : format.interval(write(middle), write(low), write(high));
  const rows = [
    { what: words.meanEffect, amount: band(effect.mean) },
    { what: words.totalEffect, amount: band(effect.total) },
    ...(effect.share === null ? [] : [{ what: words.shareEffect, amount: format.signedShare(effect.share) }]),
    { what: words.lastEffect, amount: write(effect.last) },
    ...(effect.p === null ? [] : [{ what: words.chance, amount: format.number(effect.p, { digits: 3 }) }]),
    ...(effect.tail === null ? [] : [{ what: words.tail, amount: format.number(effect.tail, { digits: 3 }) }]),
    { what: words.detectable, amount: format.number(effect.detectable, { digits: 1 }) },
  ];
  return (
    <Section title={words.effects} ruled actions={<CsvButton file={csv} />}>
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

function Checks({ lift: { checks } }: { lift: SeriesLift }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (checks.length === 0) return null;
  const said = (passed: boolean | null) => words.results[passed === null ? 'unknown' : passed ? 'yes' : 'no'];
  return (
    <Section title={words.checks} ruled>
      <Table
        label={words.checks}
        rows={checks}
        rowKey={({ name }) => name}
        columns={[
          { key: 'name', head: words.check, cell: ({ name }) => words.checkNames[name] },
          { key: 'result', head: words.result, cell: ({ passed }) => said(passed) },
          {
            key: 'value',
            head: words.value,
            number: true,
            cell: ({ name, value }) => (value === null ? '–' : name === 'fit' ? format.share(value) : format.number(value, { digits: 1 })),
          },
        ]}
      />
    </Section>
  );
}

function Weights({ lift: { weights, method, without } }: { lift: SeriesLift }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (weights.length === 0) return null;
  const isMixture = method === 'synthetic_control';
  const left = new Map(without.map(({ name, mean }) => [name, mean]));
  return (
    <Section title={isMixture ? words.weights : words.coefficients} ruled>
      <Table
        label={isMixture ? words.weights : words.coefficients}
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
          ...(isMixture
            ? [
                {
                  key: 'without',
                  head: words.without,
                  number: true,
                  cell: ({ name }: { name: string }) => (left.has(name) ? format.signedNumber(left.get(name)!, { digits: 1 }) : '–'),
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}

function Balance({ lift: { balance } }: { lift: SeriesLift }) {
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

function Ratios({ lift: { placebos } }: { lift: SeriesLift }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (placebos.length === 0) return null;
  return (
    <Section title={words.ratios} ruled>
      <Table
        label={words.ratios}
        rows={placebos.toSorted((one, two) => two.ratio - one.ratio)}
        rowKey={({ name }) => name}
        columns={[
          { key: 'name', head: words.name, cell: ({ name }) => name },
          { key: 'ratio', head: words.ratio, number: true, cell: ({ ratio }) => format.number(ratio, { digits: 1 }) },
          { key: 'before', head: words.before, number: true, cell: (one) => format.number(one.rootMeanSquareBefore, { digits: 2 }) },
        ]}
      />
    </Section>
  );
}
