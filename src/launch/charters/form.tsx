import { useState } from 'react';
import { MultiSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Conflict } from '../../web/kit/conflict.tsx';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { differingKeys, mergeFields } from '../../web/kit/merging.ts';
import { Section } from '../../web/kit/page.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { type Draft, draftOf, fieldsOf, readKey } from './draft.ts';
import { EditMatrix } from './matrix.tsx';
import { en, zh } from './messages.ts';
import { type BusinessFunction, type Charter, type Part, withTwoAccountable } from './schema.ts';

/** Changes the charter. What somebody else changed meanwhile is shown, and put together with what is in the form. */
export function CharterForm({ charter, onDone }: { charter: Charter; onDone: () => void }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const queries = useQueryClient();
  const [base, setBase] = useState(charter);
  const [draft, setDraft] = useState(() => draftOf(charter));
  const [theirs, setTheirs] = useState<Charter | null>(null);
  const update = useMutation(
    api.charters.update.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.charters.key() });
        toast({ text: words.saved });
        onDone();
      },
      onError: (error) => setTheirs((toFailure(error).details as { current?: Charter } | undefined)?.current ?? null),
    }),
  );
  const keep = (current: Charter, fields: Draft) => {
    setBase(current);
    setDraft(fields);
    setTheirs(null);
    update.reset();
  };
  const change = (fields: Partial<Draft>) => setDraft((old) => ({ ...old, ...fields }));
  const failure = update.error ? toFailure(update.error) : null;
  const twice = withTwoAccountable(fieldsOf(draft).parts);
  return (
    <form
      className="charter-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (twice.length === 0) update.mutate({ ...fieldsOf(draft), version: base.version });
      }}
    >
      <Gone charter={base} />
      <Places charter={base} draft={draft} onChange={change} />
      <Section title={words.partsTitle} subtitle={words.partsHelp}>
        <EditMatrix draft={draft} onChange={change} />
      </Section>
      <div className="save-bar">
        {theirs ? (
          <Clash
            message={words.clash}
            before={base}
            now={theirs}
            onKeep={() => keep(theirs, mergeFields(draftOf(base), draft, draftOf(theirs)))}
            onTake={() => keep(theirs, draftOf(theirs))}
          />
        ) : twice.length > 0 ? (
          <Notice tone="bad">{words.twoAccountable(format.list(twice.map((what) => words.types[what])))}</Notice>
        ) : failure ? (
          <Notice tone="bad">{failure.message}</Notice>
        ) : null}
        <div className="row">
          <Button type="submit" kind="primary" pending={update.isPending} disabled={theirs !== null || twice.length > 0}>
            {words.save}
          </Button>
          <Button onClick={onDone}>{words.cancel}</Button>
        </div>
      </div>
    </form>
  );
}

function Gone({ charter }: { charter: Charter }) {
  const words = useMessages({ en, zh });
  const names = [...new Set(charter.functions.flatMap(({ members }) => members.filter(({ gone }) => gone).map(({ name }) => name)))];
  if (names.length === 0) return null;
  return <Notice tone="warn">{words.goneOut(names.filter(Boolean).join(words.comma) || words.gone(''))}</Notice>;
}

type PlacesProps = { charter: Charter; draft: Draft; onChange: (fields: Partial<Draft>) => void };

function Places({ charter, draft, onChange }: PlacesProps) {
  const words = useMessages({ en, zh });
  const people = charter.people.map(({ id, name }) => ({ value: id, label: name }));
  const choose = (kind: 'members' | 'approvers', wanted: BusinessFunction, label: string) => (
    <MultiSelect
      aria-label={`${label}: ${words.functions[wanted]}`}
      data={people}
      value={draft[`${kind} ${wanted}`]}
      onChange={(ids) => onChange({ [`${kind} ${wanted}`]: ids })}
      searchable
    />
  );
  return (
    <Section title={words.membersTitle} subtitle={words.approversHelp}>
      <div className="places">
        <Table
          label={words.membersTitle}
          rows={charter.functions}
          rowKey={(row) => row.function}
          columns={[
            { key: 'function', head: words.functionHead, cell: (row) => words.functions[row.function], width: '22%' },
            { key: 'members', head: words.members, cell: (row) => choose('members', row.function, words.members), width: '39%' },
            { key: 'approvers', head: words.approvers, cell: (row) => choose('approvers', row.function, words.approvers), width: '39%' },
          ]}
        />
      </div>
    </Section>
  );
}

type ClashProps = { message: string; before: Charter; now: Charter; onKeep: () => void; onTake: () => void };

/** In words, what is another now than when the form was opened. */
function Clash({ message, before, now, onKeep, onTake }: ClashProps) {
  const words = useMessages({ en, zh });
  const [were, are] = [draftOf(before), draftOf(now)];
  const nameOf = (id: string) => now.people.find((one) => one.id === id)?.name ?? words.gone('');
  const write = (value: string[] | Part | undefined) =>
    Array.isArray(value) ? value.map(nameOf).join(words.comma) || words.none : value ? words.parts[value] : words.noPart;
  const fields = differingKeys(were, are).map((key) => {
    const what = readKey(key);
    const label =
      what.kind === 'part'
        ? words.partOf(words.functions[what.of], words.types[what.row])
        : `${words.functions[what.of]}: ${words[what.kind]}`;
    return { label, before: write(were[key as keyof Draft]), now: write(are[key as keyof Draft]) };
  });
  return <Conflict message={message} fields={fields} onKeep={onKeep} onTake={onTake} />;
}
