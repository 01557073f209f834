import { Link } from '@tanstack/react-router';
import { Drawer } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Facts } from '../../web/kit/page.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { Raw } from '../failed-events/raw.tsx';
import { Finding } from './finding.tsx';
import { en, zh } from './messages.ts';
import type { LiveEvent } from './schema.ts';

/** One event as it arrived: whose it is, what it carries, what is wrong with it. */
export function EventDrawer({ event, onClose }: { event: LiveEvent | null; onClose: () => void }) {
  const words = useMessages({ en, zh });
  return (
    <Drawer
      open={event !== null}
      onClose={onClose}
      size="wide"
      title={event?.name || words.failed}
      subtitle={event?.detail ? words.details(event.detail) : undefined}
    >
      {event ? <EventBody event={event} /> : null}
    </Drawer>
  );
}

function EventBody({ event }: { event: LiveEvent }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const happened = `${format.exact(event.at)}${event.clock ? ` (${words.clocks[event.clock]})` : ''}`;
  const facts: [string, string][] = [
    [words.receivedAt, format.exact(event.receivedAt)],
    ...(event.reason ? [] : ([[words.happenedAt, happened]] satisfies [string, string][])),
    [words.call, event.reason ? words.failed : event.kind],
    [words.user, event.user],
    [words.anonymousId, event.anonymous],
    [words.previous, event.previous],
    [words.columns.account, event.account],
    [words.key, event.keyName ?? words.gone(event.key)],
    [words.message, event.message],
  ];
  return (
    <div className="stack">
      <Finding event={event} whole />
      <Facts items={facts.filter(([, value]) => value !== '')} />
      {event.isCut ? <Notice>{words.isCut}</Notice> : null}
      <Values label={words.properties} values={event.properties} />
      <Values label={words.traits} values={event.traits} />
      {event.raw ? <Raw label={words.sentAs} text={event.raw} /> : null}
      {event.raw ? <Link to="/failed-events">{words.failedLink}</Link> : null}
    </div>
  );
}

function Values({ label, values }: { label: string; values: Record<string, string> }) {
  const words = useMessages({ en, zh });
  const rows = Object.entries(values);
  if (rows.length === 0) return null;
  return (
    <Table
      label={label}
      size="compact"
      rows={rows}
      rowKey={([name]) => name}
      columns={[
        { key: 'name', head: label === words.traits ? words.traits : words.property, cell: ([name]) => name, sort: ([name]) => name },
        { key: 'value', head: words.value, cell: ([, value]) => value },
      ]}
    />
  );
}
