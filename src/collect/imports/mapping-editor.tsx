import { useState } from 'react';
import { Checkbox, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { PageHead } from '../../web/kit/page.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { en as objectsEn, zh as objectsZh } from '../objects/messages.ts';
import { kinds, objectKinds, type ObjectKind } from '../objects/schema.ts';
import { en, zh } from './messages.ts';
import { Questions } from './questions-form.tsx';
import type { ImportMapping, ImportTarget, ImportView } from './schema.ts';
import { TargetEditor } from './target-editor.tsx';

/** What the columns mean, and what only a person can answer; then the dry run. */
export function MappingEditor({ view }: { view: ImportView }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const queries = useQueryClient();
  const [mapping, setMapping] = useState(view.mapping!);
  const keep = (after: ImportView) => queries.setQueryData(api.imports.get.queryKey({ input: { import: view.id } }), after);
  const map = useMutation(api.imports.map.mutationOptions({ onSuccess: keep }));
  const check = useMutation(api.imports.check.mutationOptions({ onSuccess: keep }));
  const change = (next: ImportMapping) => {
    setMapping(next);
    map.mutate({ import: view.id, mapping: next });
  };
  const answer = (id: string, value: string) => map.mutate({ import: view.id, answers: { [id]: value } });
  const open = view.questions.some(({ answer: given }) => given === null);
  const error = map.error ?? check.error;
  const replaceTarget = (place: number, target: ImportTarget | null) =>
    change({ ...mapping, targets: target ? mapping.targets.with(place, target) : mapping.targets.toSpliced(place, 1) });
  return (
    <>
      <PageHead
        verdict={words.mapHead(format.number(view.file!.rows - (mapping.header ? 1 : 0)), format.number(view.columns.length))}
        note={view.remembered ? words.remembered : words.recognised(mapping.source)}
      />
      {error ? <Notice tone="bad">{toFailure(error).message}</Notice> : null}
      {view.file!.replaced > 0 ? <Notice tone="warn">{words.replaced(format.number(view.file!.replaced))}</Notice> : null}
      <Questions questions={view.questions} columns={view.columns} targets={mapping.targets} onAnswer={answer} />
      {mapping.targets.map((target, place) => (
        <TargetEditor
          key={`${place} ${target.kind}`}
          target={target}
          columns={view.columns}
          onChange={(next) => replaceTarget(place, next)}
          removable={mapping.targets.length > 1}
        />
      ))}
      <Settings view={view} mapping={mapping} onChange={change} />
      <div className="actions">
        <Button
          kind="primary"
          pending={check.isPending || map.isPending}
          disabled={open || map.isError}
          onClick={() => check.mutate({ import: view.id, waitSeconds: 0 })}
        >
          {words.check}
        </Button>
      </div>
    </>
  );
}

type SettingsProps = { view: ImportView; mapping: ImportMapping; onChange: (mapping: ImportMapping) => void };

function Settings({ view, mapping, onChange }: SettingsProps) {
  const words = useMessages({ en, zh });
  const objects = useMessages({ en: objectsEn, zh: objectsZh });
  const [source, setSource] = useState(mapping.source);
  const add = (kind: string | null) =>
    kind && onChange({ ...mapping, targets: [...mapping.targets, freshTarget(kind as ObjectKind, mapping.targets)] });
  const keepSource = () => /^[a-z0-9_-]{1,40}$/.test(source) && source !== mapping.source && onChange({ ...mapping, source });
  return (
    <div className="form">
      <div className="pair">
        <Select
          label={words.addTarget}
          value={null}
          onChange={add}
          data={objectKinds.map((kind) => ({ value: kind, label: objects.kinds[kind] }))}
        />
        <Select
          label={words.emptyCell}
          value={mapping.emptyCell}
          allowDeselect={false}
          onChange={(value) => onChange({ ...mapping, emptyCell: value as ImportMapping['emptyCell'] })}
          data={[
            { value: 'keep', label: words.emptyKeep },
            { value: 'clear', label: words.emptyClear },
          ]}
        />
      </div>
      <TextInput
        label={words.source}
        description={words.sourceHelp}
        value={source}
        onChange={({ currentTarget }) => setSource(currentTarget.value)}
        onBlur={keepSource}
      />
      {view.file!.kind === 'delimited' ? (
        <Checkbox
          label={words.header}
          checked={mapping.header}
          onChange={({ currentTarget }) => onChange({ ...mapping, header: currentTarget.checked })}
        />
      ) : null}
    </div>
  );
}

/** A target that is whole enough to be kept: its key and its needed fields take the first column until somebody says better. */
/** What the file already fills is what a further target most likely refers to, by the same column and key. */
function referencesTo(filled: ImportTarget[], kind: ObjectKind): ImportTarget['fields'] {
  const found = Object.entries(kinds[kind].fields).flatMap(([name, { to }]) => {
    const target = filled.find((one) => one.kind === to && one.matchKey);
    const source = target?.matchKey && target.fields[target.matchKey];
    return source ? [[name, { ...source, by: target.matchKey, missing: 'create' as const }] as const] : [];
  });
  return Object.fromEntries(found);
}

function freshTarget(kind: ObjectKind, filled: ImportTarget[]): ImportTarget {
  const { log, keys, required, fields, ofWhom = [] } = kinds[kind];
  const first = { column: 0 };
  const references = referencesTo(filled, kind);
  const whose = ofWhom.length > 0 && !ofWhom.some((name) => references[name]) ? { [ofWhom[0]!]: { ...first, by: 'id' as const } } : {};
  const needed = Object.fromEntries(required.map((name) => [name, fields[name]!.type === 'revenue_kind' ? { constant: 'order' } : first]));
  const mapped = { ...needed, ...whose, ...references };
  return log ? { kind, fields: mapped, rest: false } : { kind, fields: { ...mapped, [keys[0]!]: first }, matchKey: keys[0], rest: false };
}
