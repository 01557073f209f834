import { BarChart } from '../../web/kit/charts/bar-chart.tsx';
import { Figure } from '../../web/kit/controls.tsx';
import { Interval } from '../../web/kit/figures.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Table } from '../../web/kit/table.tsx';
import type { Choose, Chosen } from './parts.tsx';
import { fewForRate, type Pipeline, type PipelineAsked, type PipelineGroup, usedDimensions } from './schema.ts';
import { usePipelineWords } from './words.tsx';

type GroupsProps = { answer: Pipeline; breakdown: PipelineAsked['breakdown']; onChoose: Choose };

const keyOf = ({ kind, name }: PipelineGroup) => `${kind} ${name}`;

/** The title says which group stands out, or that none does. */
function useTitle({ groups }: Pipeline, breakdown: PipelineAsked['breakdown']): string {
  const { words, format, groupName, byName } = usePipelineWords();
  const said = byName(breakdown);
  if (!groups.some(({ difference }) => difference)) return words.groups.few(said);
  const findings = groups.filter(({ difference }) => difference?.isFinding);
  const [most] = findings.toSorted((one, two) => Math.abs(two.difference!.points) - Math.abs(one.difference!.points));
  if (!most) return words.groups.none(said);
  return words.groups.finding(groupName(most, breakdown), format.share(most.winRate.share!.share), format.points(most.difference!.points));
}

/** Deals by group: what was created, sourced and influenced, what became of it, and how sure that is. */
export function Groups({ answer, breakdown, onChoose }: GroupsProps) {
  const { words, format, worth, groupName, interval, converted } = usePipelineWords();
  const title = useTitle(answer, breakdown);
  const { all, groups, groupsOverlap, conversion, uses, definition } = answer;
  const isUse = breakdown !== null && usedDimensions.includes(breakdown.by);
  // Of all deals it is by touches, which is not what these rows are by.
  const isElsewhere = ({ kind }: PipelineGroup) => isUse && kind === 'all';
  const opens = (one: PipelineGroup, count: number, figure: Chosen['figure']) =>
    count > 0 ? (
      <Figure onOpen={() => onChoose({ figure, group: one.kind === 'all' ? null : { kind: one.kind, name: one.name }, state: null })}>
        {format.number(count)}
      </Figure>
    ) : (
      '0'
    );
  const days = ({ cycle: { median: value, low, high } }: PipelineGroup) => interval({ days: value, low, high });
  const mean = (value: number | null) => (value === null ? '–' : format.number(value, { digits: 2 }));
  return (
    <>
      {groups.length > 1 ? <WinRates answer={answer} breakdown={breakdown} onChoose={onChoose} /> : null}
      <Section title={breakdown ? title : words.total} subtitle={words.groupsSubtitle}>
        <Table
          label={title}
          rows={[all, ...groups]}
          rowKey={keyOf}
          columns={[
            {
              key: 'name',
              head: breakdown ? words.breakdown : words.rowsOf,
              cell: (one) => <b className="strong">{groupName(one, breakdown)}</b>,
            },
            { key: 'created', head: words.created, number: true, cell: (one) => opens(one, one.created, 'created') },
            { key: 'sourced', head: words.sourced, number: true, cell: (one) => (isElsewhere(one) ? '–' : format.number(one.sourced)) },
            {
              key: 'influenced',
              head: words.influenced,
              number: true,
              cell: (one) => (isElsewhere(one) ? '–' : opens(one, one.influenced, isUse ? 'created' : 'influenced_any')),
            },
            { key: 'open', head: words.open, number: true, cell: (one) => opens(one, one.open, 'open') },
            { key: 'won', head: words.won, number: true, cell: (one) => opens(one, one.won, 'won') },
            { key: 'lost', head: words.lost, number: true, cell: (one) => opens(one, one.lost, 'lost') },
            {
              key: 'winRate',
              head: words.winRate,
              number: true,
              cell: ({ kind, winRate: { share, won, closed }, difference }) =>
                share && kind !== 'all' && closed < fewForRate ? (
                  words.fewClosed(format.number(won), format.number(closed))
                ) : share ? (
                  <>
                    <Interval value={share.share} low={share.low} high={share.high} write={format.share} />
                    {difference?.isFinding ? ' *' : ''}
                  </>
                ) : (
                  '–'
                ),
            },
            { key: 'days', head: words.days, number: true, cell: days },
            { key: 'mean', head: words.meanDays, number: true, cell: ({ cycle }) => `${mean(cycle.mean)}, ${mean(cycle.meanLost)}` },
            { key: 'worth', head: words.wonWorth, number: true, cell: ({ amounts }) => worth(amounts, 'won') },
          ]}
        />
        {conversion ? <p className="meta after">{converted(conversion)}</p> : null}
        {groupsOverlap ? (
          <p className="meta after">{isUse ? words.usedOverlap(format.number(definition.lookbackDays)) : words.overlap}</p>
        ) : null}
        {uses ? <NotMeasured uses={uses} created={all.created} /> : null}
        {groups.some(({ winRate }) => winRate.closed > 0 && winRate.closed < fewForRate) ? (
          <p className="meta after">{words.fewClosedNote(format.number(fewForRate))}</p>
        ) : null}
      </Section>
    </>
  );
}

const mostNamed = 12;

/** By feature and deliverable: of what, and of how many deals, nothing can be said. */
function NotMeasured({ uses: { cannotTell, notMeasured }, created }: { uses: NonNullable<Pipeline['uses']>; created: number }) {
  const { words, format } = usePipelineWords();
  const listed = (why: (typeof notMeasured)[number]['why']) => {
    const names = notMeasured.filter((one) => one.why === why).map(({ name }) => name);
    return names.length > mostNamed ? [...names.slice(0, mostNamed), `+${format.number(names.length - mostNamed)}`] : names;
  };
  const [withoutLink, shared] = [listed('no_link'), listed('shared_words')];
  return (
    <p className="meta after">
      {[
        cannotTell > 0 ? words.cannotTell(format.number(cannotTell), format.number(created)) : '',
        withoutLink.length > 0 ? words.noLink(withoutLink.join(', ')) : '',
        shared.length > 0 ? words.sharedWords(shared.join(', ')) : '',
      ]
        .filter(Boolean)
        .join(' ')}
    </p>
  );
}

export function WinRates({ answer: { all, groups }, breakdown, onChoose }: Omit<GroupsProps, 'onChoose'> & { onChoose?: Choose }) {
  const { words, format, groupName, byName } = usePipelineWords();
  const rows = groups.filter(({ winRate }) => winRate.share && winRate.closed >= fewForRate);
  if (rows.length === 0) return null;
  return (
    <BarChart
      title={words.winChart(byName(breakdown))}
      subtitle={words.winChartSubtitle}
      mark="dot"
      max={1}
      measure={words.winRate}
      write={(value) => format.share(value)}
      reference={all.winRate.share ? { value: all.winRate.share.share, label: words.allReference } : undefined}
      rows={rows.map((one) => ({
        key: keyOf(one),
        name: groupName(one, breakdown),
        kind: one.kind === 'all' ? 'usual' : one.kind,
        value: one.winRate.share!.share,
        low: one.winRate.share!.low,
        high: one.winRate.share!.high,
        n: one.winRate.closed,
      }))}
      onChoose={
        onChoose &&
        ((key) => {
          const one = rows.find((row) => keyOf(row) === key);
          if (one) onChoose({ figure: 'closed', group: { kind: one.kind, name: one.name }, state: null });
        })
      }
    />
  );
}
