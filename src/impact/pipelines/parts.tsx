import { Figure, TextButton } from '../../web/kit/controls.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { Table } from '../../web/kit/table.tsx';
import type { Pipeline, PipelineRowsAsked } from './schema.ts';
import { usePipelineWords } from './words.tsx';

/** What was chosen, for the deals behind it. */
export type Chosen = Pick<PipelineRowsAsked, 'figure' | 'group' | 'state'>;
export type Choose = (chosen: Chosen) => void;
type PartProps = { answer: Pipeline; onChoose?: Choose };

/** Each deal once, by what came before it: the rows add up to all deals. */
export function Parts({ answer, onChoose }: PartProps) {
  const { words, format, worth } = usePipelineWords();
  const { all, parts, definition } = answer;
  const opens = (count: number, figure: Chosen['figure'], state: Chosen['state'] = null) =>
    count > 0 && onChoose ? (
      <Figure onOpen={() => onChoose({ figure, group: null, state })}>{format.number(count)}</Figure>
    ) : (
      format.number(count)
    );
  return (
    <Section title={words.parts(format.number(all.influenced), format.number(all.created))} subtitle={words.partsSubtitle}>
      <Table
        label={words.part}
        rows={parts.filter((one) => one.created + one.won + one.lost + one.open > 0)}
        rowKey={({ role }) => role}
        columns={[
          { key: 'part', head: words.part, cell: ({ role }) => <b className="strong">{words.roles[role]}</b> },
          { key: 'created', head: words.deals, number: true, cell: ({ role, created }) => opens(created, role) },
          { key: 'open', head: words.open, number: true, cell: ({ role, open }) => opens(open, role, 'open') },
          { key: 'won', head: words.won, number: true, cell: ({ role, won }) => opens(won, role, 'won') },
          { key: 'lost', head: words.lost, number: true, cell: ({ role, lost }) => opens(lost, role, 'lost') },
          { key: 'wonWorth', head: words.wonWorth, number: true, cell: ({ amounts }) => worth(amounts, 'won') },
          { key: 'openWorth', head: words.openWorth, number: true, cell: ({ amounts }) => worth(amounts, 'open') },
        ]}
        totals={[
          words.total,
          opens(all.created, 'created'),
          opens(all.open, 'open'),
          opens(all.won, 'won'),
          opens(all.lost, 'lost'),
          worth(all.amounts, 'won'),
          worth(all.amounts, 'open'),
        ]}
      />
      <p className="meta after">
        {words.definitions(String(definition.version), format.number(definition.lookbackDays), definition.invitedCounts).join(' ')}
      </p>
    </Section>
  );
}

/** Whether touched deals move faster: an estimate with its interval, or why it cannot be told. */
export function Pace({ answer: { acceleration }, onChoose }: PartProps) {
  const { words, format } = usePipelineWords();
  const { verdict, ratio, low, high, why, needed, deals, moves, movesTouched } = acceleration;
  const times = (value: number) => format.number(value, { digits: 2 });
  const written = ratio === null ? '' : format.interval(times(ratio), times(low!), times(high!));
  const counts = [format.number(movesTouched), format.number(moves)] as const;
  return (
    <Section title={<Starred text={words.pace[verdict](written)} />} subtitle={words.paceSubtitle}>
      <p className="prose">
        {why === 'too_few_moves' ? words.paceFew(format.number(needed), ...counts) : words.paceCounts(format.number(deals), ...counts)}{' '}
        {deals > 0 && onChoose ? (
          <TextButton onClick={() => onChoose({ figure: 'accelerated', group: null, state: null })}>{words.paceShow}</TextButton>
        ) : null}
      </p>
    </Section>
  );
}
