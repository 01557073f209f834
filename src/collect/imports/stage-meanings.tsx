import { Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toastFailure } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import type { ImportView, StageMeaning } from './schema.ts';

const states: StageMeaning['state'][] = ['open', 'won', 'lost'];

/** What each word for a stage is read as; a change is remembered and the dry run is made again. */
export function StageMeanings({ view, stages, fixable }: { view: ImportView; stages: StageMeaning[]; fixable: boolean }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const queries = useQueryClient();
  const check = useMutation(
    api.imports.check.mutationOptions({
      onSuccess: (after) => queries.setQueryData(api.imports.get.queryKey({ input: { import: view.id } }), after),
      onError: toastFailure,
    }),
  );
  const remap = useMutation(
    api.imports.remap.mutationOptions({ onSuccess: () => check.mutate({ import: view.id, waitSeconds: 0 }), onError: toastFailure }),
  );
  const change = (value: string, state: string | null) =>
    state && remap.mutate({ import: view.id, kind: 'state', values: { [value]: state } });
  const meaning = ({ value, state }: StageMeaning) =>
    fixable ? (
      <Select
        aria-label={`${words.meaning}: ${value}`}
        value={state}
        allowDeselect={false}
        disabled={remap.isPending || check.isPending}
        onChange={(next) => change(value, next)}
        data={states.map((each) => ({ value: each, label: words.meanings[each] }))}
      />
    ) : (
      words.meanings[state]
    );
  return (
    <Section title={words.stagesTitle} subtitle={words.stagesNote}>
      <Table
        label={words.stagesTitle}
        rows={stages}
        rowKey={({ value }) => value}
        size="compact"
        columns={[
          { key: 'value', head: words.stage, cell: ({ value }) => value },
          { key: 'rows', head: words.rows, number: true, cell: ({ rows }) => format.number(rows) },
          { key: 'meaning', head: words.meaning, cell: meaning, width: '160px' },
        ]}
      />
    </Section>
  );
}
