import { CsvButton } from '../../web/kit/csv-button.tsx';
import { client } from '../../web/kit/client.ts';
import { Figure } from '../../web/kit/controls.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Table } from '../../web/kit/table.tsx';
import type { Choose } from './parts.tsx';
import type { Issue, Pipeline, PipelineAsked } from './schema.ts';
import { usePipelineWords } from './words.tsx';

type ReconciliationProps = { answer: Pipeline; asked: PipelineAsked; onChoose: Choose };
type Line = { key: string; said: string; so: string; count: number; share: string; issue: Issue | null };

/** How the figures come to the deals on record, and what keeps them from it, with the deals to put right. */
export function Reconciliation({ answer, asked, onChoose }: ReconciliationProps) {
  const { words, format } = usePipelineWords();
  const { deals, created, closed, neither, issues, missing } = answer.reconciliation;
  const lines: Line[] = [
    ...issues.map(({ issue, deals: count, share }) => ({
      key: issue,
      said: words.issues[issue].said,
      count,
      share: share === null ? '' : words.issueShare(format.share(share), issue.startsWith('won_')),
      so: words.issues[issue].so,
      issue,
    })),
    ...missing.map(({ file, value, rows, suggestion }) => ({
      key: `${file} ${value}`,
      said: words.missing(file, format.number(rows), value),
      count: rows,
      share: '',
      so: suggestion ? words.suggestion(suggestion) : words.noSuggestion,
      issue: null,
    })),
  ];
  return (
    <Section
      title={words.reconciliation}
      subtitle={
        asked.range
          ? words.reconciled(format.number(deals), format.number(created), format.number(closed), format.number(neither))
          : words.reconciledAll(format.number(deals))
      }
    >
      <Table
        label={words.reconciliation}
        rows={lines}
        rowKey={({ key }) => key}
        empty={<p className="meta">{words.nothingWrong}</p>}
        columns={[
          { key: 'said', head: words.issue, cell: ({ said }) => said },
          {
            key: 'count',
            head: words.issueCount,
            number: true,
            cell: ({ issue, count }) =>
              issue ? (
                <Figure onOpen={() => onChoose({ figure: issue, group: null, state: null })}>{format.number(count)}</Figure>
              ) : (
                format.number(count)
              ),
          },
          { key: 'share', head: words.issueOf, number: true, cell: ({ share }) => share || '–' },
          { key: 'so', head: words.issueSo, cell: ({ so }) => <span className="ink2">{so}</span> },
          {
            key: 'show',
            head: words.show,
            silent: true,
            cell: ({ issue }) => (issue ? <CsvButton file={() => client.pipelines.exportRows({ ...asked, figure: issue })} /> : null),
          },
        ]}
      />
    </Section>
  );
}
