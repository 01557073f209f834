import { Bar } from '../../web/kit/figures.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Columns, Section } from '../../web/kit/page.tsx';
import { Table } from '../../web/kit/table.tsx';
import { en, zh } from './messages.ts';
import type { Rates } from './schema.ts';

type RateRow = { key: string; words: string; count: number };

function RateTable({ label, rows, of }: { label: string; rows: RateRow[]; of: number }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return (
    <Table
      label={label}
      rows={rows}
      rowKey={({ key }) => key}
      columns={[
        { key: 'what', head: words.what, cell: (row) => row.words },
        { key: 'count', head: words.count, number: true, cell: ({ count }) => format.number(count) },
        { key: 'share', head: words.share, number: true, cell: ({ count }) => (of === 0 ? '–' : format.share(count / of)) },
        { key: 'bar', head: words.share, silent: true, cell: ({ count }) => <Bar value={count} of={of} /> },
      ]}
    />
  );
}

/** How many of the people and of the events are known, and why they have an account. */
export function RateTables({ rates }: { rates: Rates }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const row = (key: keyof typeof words.rows, count: number): RateRow => ({ key, words: words.rows[key], count });
  return (
    <Columns split="halves" ruled>
      <Section title={words.people} subtitle={words.peopleNote(format.number(rates.people))}>
        <RateTable
          label={words.people}
          of={rates.people}
          rows={[
            row('known', rates.known),
            row('anonymous', rates.anonymous),
            row('importedByKey', rates.importedByKey),
            row('importedByEmail', rates.importedByEmail),
            row('stated', rates.peopleStated),
            row('byDomain', rates.peopleByDomain),
            row('none', rates.people - rates.peopleStated - rates.peopleByDomain),
          ]}
        />
      </Section>
      <Section title={words.events} subtitle={words.eventsNote(format.number(rates.events))}>
        <RateTable
          label={words.events}
          of={rates.events}
          rows={[
            row('eventsKnown', rates.eventsKnown),
            row('stated', rates.eventsStated),
            row('byDomain', rates.eventsByDomain),
            row('none', rates.events - rates.eventsStated - rates.eventsByDomain),
          ]}
        />
      </Section>
    </Columns>
  );
}
