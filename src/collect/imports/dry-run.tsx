import { useState } from 'react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { api, client } from '../../web/kit/client.ts';
import { Button, Segmented, TextButton } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { PageHead, Section } from '../../web/kit/page.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Answer, Notice } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toastFailure } from '../../web/kit/toast.tsx';
import { en as objectsEn, zh as objectsZh } from '../objects/messages.ts';
import { saveFile } from '../objects/save.tsx';
import { en, zh } from './messages.ts';
import { StageMeanings } from './stage-meanings.tsx';
import { outcomes, type ImportReport, type ImportView, type MissingReference, type Outcome } from './schema.ts';

const sumOf = (report: ImportReport, outcome: Outcome) => report.targets.reduce((sum, { counts }) => sum + counts[outcome], 0);

/** First what somebody can put right: with a known name near to it. */
const mendable = (missing: MissingReference[]) => missing.toSorted((a, b) => weight(b) - weight(a));
const weight = ({ values, created }: MissingReference) =>
  (values.some(({ suggestion }) => suggestion !== null) ? 2 : 0) + (created ? 0 : 1);
const shownMissing = 10;

/** What would happen, or what happened, row by row. */
export function DryRun({ view, ended = false }: { view: ImportView; ended?: boolean }) {
  const words = useMessages({ en, zh });
  const objects = useMessages({ en: objectsEn, zh: objectsZh });
  const format = useFormat();
  const queries = useQueryClient();
  const mayEdit = useMayEdit();
  const keep = (after: ImportView) => queries.setQueryData(api.imports.get.queryKey({ input: { import: view.id } }), after);
  const commit = useMutation(api.imports.commit.mutationOptions({ onSuccess: keep, onError: toastFailure }));
  const map = useMutation(api.imports.map.mutationOptions({ onSuccess: keep, onError: toastFailure }));
  const report = view.report!;
  const [fresh, changed, rejected] = (['new', 'changed', 'rejected'] as const).map((outcome) => sumOf(report, outcome)) as [
    number,
    number,
    number,
  ];
  const byKind = format.list(report.targets.map(({ kind, counts }) => `${objects.kinds[kind]} ${format.number(counts.new)}`));
  const acts = mayEdit ? (
    <div className="actions">
      <Button kind="primary" pending={commit.isPending} onClick={() => commit.mutate({ import: view.id, waitSeconds: 0 })}>
        {words.commit}
      </Button>
      <Button onClick={() => map.mutate({ import: view.id })}>{words.keepOn}</Button>
    </div>
  ) : null;
  return (
    <>
      {ended ? null : (
        <PageHead verdict={words.checkedHead(byKind, format.number(changed), format.number(rejected))} note={words.checkedNote} />
      )}
      {!ended && fresh + changed === 0 ? <Notice>{words.commitNothing}</Notice> : null}
      {ended ? null : acts}
      {(ended ? [] : mendable(report.missing)).map((missing) => (
        <Missing key={`${missing.kind} ${missing.by} ${missing.created}`} view={view} missing={missing} fixable={!ended && mayEdit} />
      ))}
      {report.stages.length > 0 ? <StageMeanings view={view} stages={report.stages} fixable={!ended && mayEdit} /> : null}
      <Outcomes view={view} />
    </>
  );
}

type MissingProps = { view: ImportView; missing: MissingReference; fixable: boolean };

/** References to what is not known, with the nearest that is. */
function Missing({ view, missing, fixable }: MissingProps) {
  const words = useMessages({ en, zh });
  const objects = useMessages({ en: objectsEn, zh: objectsZh });
  const format = useFormat();
  const queries = useQueryClient();
  const [shown, setShown] = useState(shownMissing);
  const check = useMutation(
    api.imports.check.mutationOptions({
      onSuccess: (after) => queries.setQueryData(api.imports.get.queryKey({ input: { import: view.id } }), after),
      onError: toastFailure,
    }),
  );
  const remap = useMutation(
    api.imports.remap.mutationOptions({ onSuccess: () => check.mutate({ import: view.id, waitSeconds: 0 }), onError: toastFailure }),
  );
  const use = (value: string, suggestion: string) => remap.mutate({ import: view.id, kind: missing.kind, values: { [value]: suggestion } });
  return (
    <Section
      title={words.missingTitle(format.number(missing.rows), objects.kinds[missing.kind], format.number(missing.distinct))}
      subtitle={missing.created ? words.missingCreated : words.missingLeft}
    >
      <Table
        label={objects.kinds[missing.kind]}
        rows={missing.values.toSorted((a, b) => Number(b.suggestion !== null) - Number(a.suggestion !== null)).slice(0, shown)}
        total={missing.distinct}
        more={
          shown < missing.values.length
            ? { onMore: () => setShown(missing.values.length), pending: false, step: missing.values.length - shown }
            : undefined
        }
        rowKey={({ value }) => value}
        size="compact"
        columns={[
          { key: 'value', head: words.value, cell: ({ value }) => value },
          { key: 'rows', head: words.rows, number: true, cell: ({ rows }) => format.number(rows) },
          {
            key: 'suggestion',
            head: words.suggestion,
            cell: ({ value, suggestion }) =>
              suggestion === null ? (
                '–'
              ) : fixable ? (
                <TextButton onClick={() => use(value, suggestion)}>{words.use(suggestion)}</TextButton>
              ) : (
                suggestion
              ),
          },
        ]}
      />
    </Section>
  );
}

const step = 50;

function Outcomes({ view }: { view: ImportView }) {
  const words = useMessages({ en, zh });
  const objects = useMessages({ en: objectsEn, zh: objectsZh });
  const format = useFormat();
  const { targets } = view.report!;
  const [target, setTarget] = useState('0');
  const { counts, reasons } = targets[Number(target)]!;
  const [outcome, setOutcome] = useState<Outcome>(
    counts.rejected > 0 ? 'rejected' : counts.new > 0 ? 'new' : counts.changed > 0 ? 'changed' : 'unchanged',
  );
  const [limit, setLimit] = useState(step);
  const asked = { import: view.id, target: Number(target), outcome };
  const answer = useQuery({ ...api.imports.rows.queryOptions({ input: { ...asked, limit } }), placeholderData: keepPreviousData });
  const save = () => void client.imports.exportRows(asked).then(({ fileName, csv }) => saveFile(fileName, csv), toastFailure);
  const total = counts[outcome];
  return (
    <Section
      title={objects.kinds[targets[Number(target)]!.kind]}
      subtitle={
        outcome === 'rejected'
          ? reasons.map(({ reason, rows }) => `${words.reason(reason)}: ${format.number(rows)}`).join(' · ')
          : undefined
      }
      actions={
        total > 0 ? (
          <Button icon={Download} onClick={save}>
            {words.exportRows}
          </Button>
        ) : null
      }
    >
      <div className="row">
        {targets.length > 1 ? (
          <Segmented
            label={words.target}
            name="target"
            value={target}
            onChange={setTarget}
            choices={targets.map(({ kind }, place) => ({ value: String(place), label: objects.kinds[kind] }))}
          />
        ) : null}
        <Segmented
          label={words.state}
          name="outcome"
          value={outcome}
          onChange={setOutcome}
          choices={outcomes.map((one) => ({ value: one, label: `${words.outcomes[one]} ${format.number(counts[one])}` }))}
        />
      </div>
      <Answer of={answer}>
        {({ rows }) => (
          <Table
            label={words.outcomes[outcome]}
            rows={rows}
            rowKey={({ line }) => String(line)}
            total={total}
            more={
              rows.length < total && limit < 500 ? { onMore: () => setLimit(limit + step), pending: answer.isFetching, step } : undefined
            }
            size="compact"
            empty={<p className="meta">{words.noRows}</p>}
            columns={[
              { key: 'line', head: words.line, number: true, cell: ({ line }) => format.number(line) },
              ...(outcome === 'rejected' || outcome === 'duplicate'
                ? [
                    {
                      key: 'reason',
                      head: words.reasonHead,
                      cell: ({ reason, detail }: { reason: string; detail: string }) =>
                        [reason && words.reason(reason), detail].filter(Boolean).join(': '),
                    },
                  ]
                : []),
              ...view.columns
                .slice(0, 6)
                .map(({ name }, place) => ({ key: `c${place}`, head: name, cell: ({ cells }: { cells: string[] }) => cells[place] ?? '' })),
            ]}
          />
        )}
      </Answer>
    </Section>
  );
}
