import '../styles/charts.css';
import '../styles/chart-tables.css';
import { useId, useState, type ReactNode } from 'react';
import { useElementSize } from '@mantine/hooks';
import { Segmented } from '../controls.tsx';
import { Section } from '../page.tsx';
import { useChartWords } from './words.ts';

/** What every chart is given besides its data. */
export type ChartText = {
  /** The finding: "Three in ten adopted it". */
  title: string;
  /** Measure, population, unit, period, interval. */
  subtitle?: ReactNode;
  /** A line under the chart: how it was counted, what to beware of. */
  note?: ReactNode;
  /** Beside the choice of chart or table, usually an `ExportMenu`. */
  actions?: ReactNode;
};

type FrameProps = ChartText & {
  /** What the picture shows, in one sentence, for those who do not see it. */
  summary?: string;
  /** The same data as a table. Without it there is no choice: what is drawn is a table already. */
  table?: ReactNode;
  /** Kept free while the width is not known. */
  height?: number;
  children: (width: number) => ReactNode;
};

/** Title, the choice of chart or table, and the chart as wide as its place. */
export function ChartFrame({ title, subtitle, note, actions, summary, table, height, children }: FrameProps) {
  const [shown, setShown] = useState<'chart' | 'table'>('chart');
  const { ref, width } = useElementSize<HTMLElement>();
  const choice = table ? <ViewChoice shown={shown} onChange={setShown} /> : null;
  return (
    <Section
      title={title}
      subtitle={subtitle}
      actions={
        choice || actions ? (
          <>
            {choice}
            {actions}
          </>
        ) : undefined
      }
    >
      <figure ref={ref} className="drawn" data-chart style={shown === 'chart' && width === 0 ? { minHeight: height } : undefined}>
        {summary && shown === 'chart' ? <figcaption className="vh">{summary}</figcaption> : null}
        {shown === 'table' ? table : width > 0 ? children(width) : null}
      </figure>
      {note ? <p className="meta drawn-note">{note}</p> : null}
    </Section>
  );
}

function ViewChoice({ shown, onChange }: { shown: 'chart' | 'table'; onChange: (shown: 'chart' | 'table') => void }) {
  const words = useChartWords();
  const name = useId();
  return (
    <Segmented
      label={words.show}
      name={name}
      value={shown}
      choices={[
        { value: 'chart', label: words.asChart },
        { value: 'table', label: words.asTable },
      ]}
      onChange={onChange}
    />
  );
}
