import { useMessages } from '../../web/kit/locale.tsx';
import { Table, type Column } from '../../web/kit/table.tsx';
import { cellOf, type Draft, type MatrixRow, matrixRows } from './draft.ts';
import { en, zh } from './messages.ts';
import { type BusinessFunction, type CharterParts, functions, type Part, parts as allParts } from './schema.ts';

type Row = { key: MatrixRow };
const rows: Row[] = matrixRows.map((key) => ({ key }));

/** Kinds of work down, functions across. */
function MatrixTable({ cell }: { cell: (row: MatrixRow, wanted: BusinessFunction) => React.ReactNode }) {
  const words = useMessages({ en, zh });
  const columns: Column<Row>[] = [
    { key: 'type', head: words.typeHead, cell: ({ key }) => words.types[key], width: '18%' },
    ...functions.map((wanted) => ({
      key: wanted,
      head: words.functions[wanted],
      cell: ({ key }: Row) => cell(key, wanted),
      width: '11.7%',
    })),
  ];
  return (
    <div className="matrix">
      <Table label={words.partsTitle} rows={rows} rowKey={({ key }) => key} columns={columns} foot="" />
    </div>
  );
}

/** The letters, to be read. */
export function Matrix({ parts }: { parts: CharterParts }) {
  const words = useMessages({ en, zh });
  return (
    <MatrixTable
      cell={(row, wanted) => {
        const part = parts[row]?.[wanted];
        if (!part) return <span className="vh">{words.noPart}</span>;
        return (
          <span className={`part ${part}`} title={words.parts[part]}>
            <span aria-hidden>{words.partLetters[part]}</span>
            <span className="vh">{words.parts[part]}</span>
          </span>
        );
      }}
    />
  );
}

type EditProps = { draft: Draft; onChange: (change: Partial<Draft>) => void };

/** The same, each a small choice; the browser's own, because there are more than a hundred of them. */
export function EditMatrix({ draft, onChange }: EditProps) {
  const words = useMessages({ en, zh });
  return (
    <MatrixTable
      cell={(row, wanted) => (
        <select
          className="part-choice"
          aria-label={words.partOf(words.functions[wanted], words.types[row])}
          value={draft[cellOf(row, wanted)] ?? ''}
          onChange={({ currentTarget }) => onChange({ [cellOf(row, wanted)]: (currentTarget.value || undefined) as Part | undefined })}
        >
          <option value="">{words.noPartShort}</option>
          {allParts.map((part) => (
            <option key={part} value={part}>
              {words.partChoice(words.partLetters[part], words.parts[part])}
            </option>
          ))}
        </select>
      )}
    />
  );
}
