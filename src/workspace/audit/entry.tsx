import { Drawer } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Facts, Section } from '../../web/kit/page.tsx';
import { Table } from '../../web/kit/table.tsx';
import { en, zh } from './messages.ts';
import type { AuditEntry } from './schema.ts';

type Words = typeof en;
type Fields = Record<string, unknown>;

const asFields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const write = (value: unknown) => (value === null || value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value));

/** "created a launch"; an operation without words of its own is named as it is. */
export const didWhat = ({ operation, subject }: AuditEntry, words: Words): string => {
  const verb = words.did[operation.split('.').at(-1) ?? ''];
  return verb ? words.sentence(verb, words.nouns[subject] ?? subject) : operation;
};

/** What people call the thing: its name, e-mail or file name, as it is or as it was. */
export const nameOf = ({ before, after, subjectId }: AuditEntry): string => {
  const { name, email, fileName } = { ...asFields(before), ...asFields(after) };
  return [name, email, fileName].find((each) => typeof each === 'string' && each !== '')?.toString() ?? subjectId;
};

const differences = (entry: AuditEntry) => {
  const [before, after] = [asFields(entry.before), asFields(entry.after)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .map((name) => ({ name, before: write(before[name]), after: write(after[name]) }))
    .filter((field) => field.before !== field.after);
};

/** One row of the trail: who, how, and each field as it was and as it is. */
export function EntryDrawer({ entry, onClose }: { entry: AuditEntry | null; onClose: () => void }) {
  const words = useMessages({ en, zh });
  return (
    <Drawer
      open={entry !== null}
      onClose={onClose}
      size="wide"
      title={entry ? nameOf(entry) : ''}
      subtitle={entry ? didWhat(entry, words) : ''}
    >
      {entry ? <EntryBody entry={entry} /> : null}
    </Drawer>
  );
}

function EntryBody({ entry }: { entry: AuditEntry }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const changed = differences(entry);
  return (
    <div className="stack">
      <Facts
        items={[
          [words.who, entry.actor.name],
          [words.at, format.exact(entry.at)],
          [words.door, words.doors[entry.door] ?? entry.door],
          [words.operation, entry.operation],
          [words.subject, entry.subjectId],
          [words.request, entry.requestId],
        ]}
      />
      <Section title={words.what} subtitle={entry.before === null ? words.made : entry.after === null ? words.gone : undefined}>
        <Table
          label={words.what}
          size="compact"
          rows={changed}
          rowKey={({ name }) => name}
          empty={<p className="ink2">{words.nothing}</p>}
          columns={[
            { key: 'field', head: words.field, cell: ({ name }) => name },
            { key: 'before', head: words.before, cell: ({ before }) => before },
            { key: 'after', head: words.after, cell: ({ after }) => after },
          ]}
        />
      </Section>
    </div>
  );
}
