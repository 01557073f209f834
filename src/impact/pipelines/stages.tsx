import { FunnelChart } from '../../web/kit/charts/funnel-chart.tsx';
import { Interval } from '../../web/kit/figures.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Table } from '../../web/kit/table.tsx';
import type { Pipeline } from './schema.ts';
import { usePipelineWords } from './words.tsx';

/** How long deals take: of won ones, and with open ones counted as open. */
export function CycleTime({ answer: { all } }: { answer: Pipeline }) {
  const { words, format, interval } = usePipelineWords();
  const { median, low, high, mean, meanLost, closing } = all.cycle;
  const written = (value: number | null) => (value === null ? '–' : format.number(value, { digits: 2 }));
  return (
    <Section title={median === null ? words.cycleNone : words.cycle(interval({ days: median, low, high }))}>
      <p className="prose">
        {words.cycleText(written(mean), written(meanLost))}{' '}
        {closing && closing.days !== null ? words.closing(interval(closing), format.number(closing.deals)) : ''}
      </p>
    </Section>
  );
}

/** Of each stage, who came, moved on, was lost or waits, as the history of stages tells. */
export function Stages({ answer: { stages } }: { answer: Pipeline }) {
  const { words, format, interval } = usePipelineWords();
  return (
    <Section title={words.stages} subtitle={words.stagesSubtitle}>
      <Table
        label={words.stages}
        rows={stages}
        rowKey={({ stage }) => stage || '-'}
        empty={<p className="meta">{words.noStages}</p>}
        columns={[
          { key: 'stage', head: words.stage, cell: ({ stage }) => <b className="strong">{stage || words.beforeStages}</b> },
          { key: 'entered', head: words.entered, number: true, cell: ({ entered }) => format.number(entered) },
          { key: 'moved', head: words.moved, number: true, cell: ({ moved }) => format.number(moved) },
          { key: 'lost', head: words.lost, number: true, cell: ({ lost }) => format.number(lost) },
          { key: 'waiting', head: words.waiting, number: true, cell: ({ waiting }) => format.number(waiting) },
          {
            key: 'share',
            head: words.share,
            number: true,
            cell: ({ share }) => (share ? <Interval value={share.share} low={share.low} high={share.high} write={format.share} /> : '–'),
          },
          { key: 'days', head: words.stageDays, number: true, cell: interval },
        ]}
      />
    </Section>
  );
}

/** People from first contact to revenue. */
export function ContactFunnel({ answer: { funnel } }: { answer: Pipeline }) {
  const { words, format } = usePipelineWords();
  if (funnel.contacts === 0) return null;
  const steps = (['contacts', 'opportunities', 'won', 'revenue'] as const).map((key, place, keys) => {
    const before = funnel[keys[place - 1] ?? 'contacts'];
    return {
      key,
      name: words.steps[key],
      count: funnel[key],
      ofFirst: { share: funnel[key] / funnel.contacts },
      ofPrevious: place === 0 ? null : { share: before > 0 ? funnel[key] / before : null },
    };
  });
  return (
    <FunnelChart
      title={words.funnel(format.number(funnel.revenue), format.number(funnel.contacts))}
      subtitle={words.funnelSubtitle}
      steps={steps}
    />
  );
}
