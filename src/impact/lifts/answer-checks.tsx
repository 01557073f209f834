import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { StateMark } from '../../web/kit/marks.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Table } from '../../web/kit/table.tsx';
import { en, zh } from './messages.ts';
import type { Check, Lift } from './schema.ts';
import type { Writer } from './words.ts';

/** What each part of an answer is given. */
export type LiftPart = { answer: Lift; write: Writer };

const stateOf = ({ passed }: Check) => (passed === null ? 'cannot_tell' : passed ? 'met' : 'missed');

export function Checks({ answer: { checks }, write }: LiftPart) {
  const words = useMessages({ en, zh });
  const failed = checks.filter(({ passed, blocks }) => blocks && passed === false).length;
  const said = { met: words.states.passed, missed: words.states.failed, cannot_tell: words.states.unknown };
  return (
    <Section title={words.checksTitle} subtitle={words.checksNote(failed)}>
      <Table
        label={words.checksTitle}
        rows={checks}
        rowKey={({ name }) => name}
        size="tall"
        columns={[
          {
            key: 'state',
            head: words.state,
            width: '20%',
            cell: (one) => <StateMark state={stateOf(one)}>{said[stateOf(one)]}</StateMark>,
          },
          { key: 'words', head: words.check, cell: (one) => write.check(one) },
        ]}
      />
    </Section>
  );
}

export function Next({ answer: { next, worthHaving, unit, comparison, series, refused }, write }: LiftPart) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const said = [
    next.detectable === null
      ? null
      : series
        ? words.nextSeries(write.level(next.detectable))
        : words.nextDetectable(write.effect(next.detectable)),
    series && (refused || next.detectable !== null) ? (comparison === 'structural' ? words.nextNamed : words.nextOthers) : null,
    next.unitsPerArm === null || worthHaving === null
      ? null
      : words.nextUnits(format.number(next.unitsPerArm), words.units[unit], write.effect(worthHaving)),
    worthHaving === null && next.detectable !== null && !series ? words.nextNone : null,
    comparison === 'before_after' ? words.nextStaged : null,
  ].filter(Boolean);
  if (said.length === 0) return null;
  return (
    <Section title={words.nextTitle}>
      <p className="prose">{said.join(' ')}</p>
    </Section>
  );
}
