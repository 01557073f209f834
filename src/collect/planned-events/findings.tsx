import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Table } from '../../web/kit/table.tsx';
import { en, zh } from './messages.ts';
import type { CheckedEvent } from './schema.ts';

/** What was found of an event, one sentence each. */
export function useFindings(): (event: CheckedEvent) => string[] {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return (event) => {
    if (event.state === 'unplanned') return [words.since(format.date(event.firstDay)), ...(event.like ? [words.like(event.like)] : [])];
    if (event.state === 'missing') return [event.lastDay ? words.stopped(format.date(event.lastDay)) : words.never];
    const { quiet } = event;
    const stopped = quiet ? [words.quiet(format.date(quiet.since), quiet.days, quiet.longestGap)] : [];
    const deviations = event.deviations.map((one) =>
      words.deviation({
        ...one,
        count: format.number(one.events),
        ofCount: format.number(one.of),
        first: format.date(one.firstDay),
        last: format.date(one.lastDay),
      }),
    );
    return [...stopped, ...deviations];
  };
}

/** One event: what was found, and its planned properties. */
export function EventFindings({ event }: { event: CheckedEvent }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const found = useFindings()(event);
  return (
    <div className="stack">
      {found.length === 0 ? <p>{words.nothing}</p> : null}
      <ul>
        {found.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {event.id === null ? null : (
        <Table
          label={words.properties}
          rows={event.properties}
          rowKey={({ name }) => name}
          empty={<p>{words.noProperties}</p>}
          size="compact"
          columns={[
            { key: 'name', head: words.property, cell: ({ name }) => name },
            { key: 'type', head: words.type, cell: ({ type }) => words.types[type] },
            { key: 'required', head: words.required, cell: ({ required }) => (required ? words.yes : words.no) },
            {
              key: 'events',
              head: words.carried,
              number: true,
              cell: ({ events }) => words.carriedBy(format.number(events), format.number(event.read)),
            },
          ]}
        />
      )}
    </div>
  );
}
