import { useState } from 'react';
import { Checkbox, Select, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import { Button } from '../../web/kit/controls.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Table } from '../../web/kit/table.tsx';
import { en as objectsEn, zh as objectsZh } from '../objects/messages.ts';
import { kinds, type KeyType } from '../objects/schema.ts';
import { en, zh } from './messages.ts';
import type { FieldSource, ImportColumn, ImportTarget } from './schema.ts';

type Props = { target: ImportTarget; columns: ImportColumn[]; removable: boolean; onChange: (target: ImportTarget | null) => void };

/** One object that the file fills: which column each of its fields takes, with examples of what is in it. */
export function TargetEditor({ target, columns, removable, onChange }: Props) {
  const words = useMessages({ en, zh });
  const objects = useMessages({ en: objectsEn, zh: objectsZh });
  const { fields, keys, log } = kinds[target.kind];
  const all = ['id', ...Object.keys(fields)];
  const shown = all.filter((name) => target.fields[name]);
  const set = (name: string, source: FieldSource | null) => {
    const { [name]: _old, ...others } = target.fields;
    onChange({ ...target, fields: source ? { ...others, [name]: source } : others });
  };
  const remove = removable ? (
    <Button kind="quiet" icon={X} aria-label={words.removeTarget(objects.kinds[target.kind])} onClick={() => onChange(null)} />
  ) : null;
  const examples = (source: FieldSource) =>
    (source.column ?? source.columns?.[0]) === undefined
      ? ''
      : columns[(source.column ?? source.columns![0])!]?.examples.slice(0, 3).join(' · ');
  return (
    <Section
      title={objects.kinds[target.kind]}
      subtitle={`${words.matchBy} ${log && !target.matchKey ? words.byContent : objects.keys[target.matchKey ?? 'id']}`}
      actions={remove}
    >
      <Table
        label={objects.kinds[target.kind]}
        rows={shown}
        rowKey={(name) => name}
        size="tall"
        columns={[
          { key: 'field', head: words.field, width: '22%', cell: (name) => objects.fields[name] ?? name },
          {
            key: 'column',
            head: words.column,
            width: '34%',
            cell: (name) => (
              <SourceSelect name={name} source={target.fields[name]!} columns={columns} onChange={(source) => set(name, source)} />
            ),
          },
          {
            key: 'examples',
            head: words.examples,
            cell: (name) => (
              <ReferenceOrExamples
                name={name}
                target={target}
                examples={examples(target.fields[name]!) ?? ''}
                onChange={(source) => set(name, source)}
              />
            ),
          },
        ]}
      />
      <div className="form">
        <div className="pair">
          <Select
            label={words.addField}
            value={null}
            data={all.filter((name) => !target.fields[name]).map((name) => ({ value: name, label: objects.fields[name] ?? name }))}
            onChange={(name) => name && set(name, { column: 0 })}
          />
          {log ? null : (
            <Select
              label={words.matchBy}
              value={target.matchKey ?? null}
              allowDeselect={false}
              data={keys.filter((key) => target.fields[key]).map((key) => ({ value: key, label: objects.keys[key] }))}
              onChange={(key) => onChange({ ...target, matchKey: key as KeyType })}
            />
          )}
        </div>
        {kinds[target.kind].properties ? (
          <Checkbox
            label={words.rest}
            checked={target.rest}
            onChange={({ currentTarget }) => onChange({ ...target, rest: currentTarget.checked })}
          />
        ) : null}
      </div>
    </Section>
  );
}

type SourceProps = { name: string; source: FieldSource; columns: ImportColumn[]; onChange: (source: FieldSource | null) => void };

/** A column of the file, one text for every row, or nothing. */
function SourceSelect({ name, source, columns, onChange }: SourceProps) {
  const words = useMessages({ en, zh });
  const objects = useMessages({ en: objectsEn, zh: objectsZh });
  const label = objects.fields[name] ?? name;
  const [text, setText] = useState(source.constant ?? '');
  const value =
    source.constant !== undefined ? 'fixed' : source.line !== undefined ? 'line' : source.columns ? 'joined' : String(source.column);
  const joined = source.columns ? [{ value: 'joined', label: source.columns.map((column) => columns[column]?.name).join(' + ') }] : [];
  const choose = (chosen: string | null) => {
    if (chosen === null || chosen === 'none') onChange(null);
    else if (chosen === 'fixed') onChange({ constant: text || '-' });
    else if (chosen === 'line') onChange({ line: source.line ?? '' });
    else if (chosen !== 'joined') onChange({ ...source, columns: undefined, constant: undefined, line: undefined, column: Number(chosen) });
  };
  return (
    <div className="stack">
      <Select
        aria-label={label}
        searchable
        allowDeselect={false}
        value={value}
        onChange={choose}
        data={[
          { value: 'none', label: words.nothing },
          { value: 'fixed', label: words.fixed },
          { value: 'line', label: words.lineNumber },
          ...joined,
          ...columns.map((column, place) => ({ value: String(place), label: column.name })),
        ]}
      />
      {source.constant === undefined ? null : (
        <TextInput
          aria-label={words.fixedText(label)}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onBlur={() => text && onChange({ constant: text })}
        />
      )}
    </div>
  );
}

type ReferenceProps = { name: string; target: ImportTarget; examples: string; onChange: (source: FieldSource) => void };

function ReferenceOrExamples({ name, target, examples, onChange }: ReferenceProps) {
  const words = useMessages({ en, zh });
  const objects = useMessages({ en: objectsEn, zh: objectsZh });
  const source = target.fields[name]!;
  const to = kinds[target.kind].fields[name]?.to;
  if (!to) return <span className="ink2">{examples}</span>;
  const label = objects.fields[name] ?? name;
  return (
    <div className="stack">
      <span className="ink2">{examples}</span>
      <div className="pair">
        <Select
          aria-label={words.lookUp(label)}
          allowDeselect={false}
          value={source.by ?? 'id'}
          data={kinds[to].keys.map((key) => ({ value: key, label: objects.keys[key] }))}
          onChange={(by) => onChange({ ...source, by: by as KeyType })}
        />
        <Select
          aria-label={words.missing(label)}
          allowDeselect={false}
          value={source.missing ?? 'create'}
          data={[
            { value: 'create', label: words.missingCreate },
            { value: 'empty', label: words.missingEmpty },
          ]}
          onChange={(missing) => onChange({ ...source, missing: missing as FieldSource['missing'] })}
        />
      </div>
    </div>
  );
}
