import { Fix } from '../../web/kit/figures.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Table } from '../../web/kit/table.tsx';
import type { LiftPart } from './answer-checks.tsx';
import { en, zh } from './messages.ts';

export function Segments({ answer: { segments }, write }: LiftPart) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (!segments?.length) return null;
  const told = segments.filter(({ effect }) => effect !== null);
  const reach = Math.max(...told.map(({ low, high }) => Math.max(Math.abs(low!), Math.abs(high!))), 0) * 1.1;
  return (
    <Section title={words.segmentsTitle(told.filter(({ finding }) => finding).length, told.length)} subtitle={words.segmentsNote}>
      <Table
        label={words.segmentColumn}
        rows={segments}
        rowKey={({ name }) => name}
        columns={[
          { key: 'name', head: words.segmentColumn, cell: ({ name, kind }) => (kind === 'not_set' ? words.notSet : name) },
          { key: 'treated', head: words.observed, number: true, cell: ({ treated }) => format.number(treated) },
          { key: 'control', head: words.control, number: true, cell: ({ control }) => format.number(control) },
          {
            key: 'fix',
            head: words.effect,
            cell: ({ effect, low, high, finding }) =>
              effect === null ? (
                <span className="ink3">{words.tooFew}</span>
              ) : (
                <Fix value={effect} low={low} high={high} domain={[-reach, reach]} target={0} write={write.effect} quiet={!finding} />
              ),
          },
          {
            key: 'effect',
            head: '95%',
            number: true,
            cell: ({ effect, low, high }) =>
              effect === null ? '–' : `${write.effect(effect)} (${write.interval({ low: low!, high: high! })})`,
          },
          { key: 'p', head: words.corrected, number: true, cell: ({ p }) => write.p(p) },
        ]}
      />
    </Section>
  );
}

export function Events({ answer: { events }, write }: LiftPart) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (!events?.length) return null;
  const reach = Math.max(...events.map(({ low, high }) => Math.max(Math.abs(low), Math.abs(high)))) * 1.05;
  return (
    <Section title={words.eventsTitle} subtitle={words.eventsNote}>
      <Table
        label={words.eventsTitle}
        size="compact"
        rows={events}
        rowKey={({ period }) => String(period)}
        columns={[
          { key: 'period', head: words.period, number: true, cell: ({ period }) => format.signedNumber(period) },
          {
            key: 'fix',
            head: words.effect,
            cell: ({ period, effect, low, high }) => (
              <Fix
                value={effect}
                low={low}
                high={high}
                domain={[-reach, reach]}
                target={0}
                write={write.effect}
                width={220}
                quiet={period < 0}
              />
            ),
          },
          { key: 'effect', head: '95%', number: true, cell: (one) => `${write.effect(one.effect)} (${write.interval(one)})` },
        ]}
      />
    </Section>
  );
}
