import { FlowChart } from '../../web/kit/charts/flow-chart.tsx';
import type { FlowNode } from '../../web/kit/charts/data.ts';
import { useChartWords, writeSpell } from '../../web/kit/charts/words.ts';
import { Figure } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import type { AnswerFacts } from '../../web/kit/questions/facts-line.tsx';
import { Table } from '../../web/kit/table.tsx';
import { factsOf } from '../questions/answered.tsx';
import { en, zh } from './messages.ts';
import { mostNames, type Paths, type PathsAsked, type PathsPlace } from './schema.ts';

type Asked = Pick<PathsAsked, 'from' | 'to' | 'depth'>;
/** Without `onChoose` figures do not open, and the steps by their place are left out: there is little room. */
export type PathsAnswerProps = { answer: Paths; asked: Asked; onChoose?: (place: PathsPlace) => void };
type Shared = { share: number | null; low: number | null; high: number | null };

/** What comes after or before, as a tree; each step by its place; the ways to the end that is named. */
export function PathsAnswer(props: PathsAnswerProps) {
  return (
    <>
      <Tree {...props} />
      {props.answer.reached ? <Ways {...props} /> : null}
      {props.onChoose ? <Positions {...props} onChoose={props.onChoose} /> : null}
    </>
  );
}

const childrenOf = (tree: Paths['tree'], path: readonly string[]) =>
  tree.filter((one) => one.path.length === path.length + 1 && path.every((name, place) => one.path[place] === name));

/** The steps after a path that are known, then the rest of them, then those that have nothing more. */
const branchesOf = (tree: Paths['tree'], before: Paths['tree'][number], depth: number, ended: string): FlowNode[] => {
  if (before.path.length >= depth) return [];
  const next = childrenOf(tree, before.path);
  const rest = before.count - before.ended - before.arrived - next.reduce((sum, { count }) => sum + count, 0);
  return [
    ...next.map((one) => ({
      key: `event ${one.path.at(-1)}`,
      name: one.path.at(-1)!,
      count: one.count,
      children: branchesOf(tree, one, depth, ended),
    })),
    ...(rest > 0 ? [{ key: 'other', name: '', kind: 'other' as const, count: rest }] : []),
    ...(before.ended > 0 ? [{ key: 'end', name: ended, kind: 'end' as const, count: before.ended }] : []),
  ];
};

const placeOf = (tree: Paths['tree'], keys: string[]): PathsPlace => {
  const path = keys.filter((key) => key.startsWith('event ')).map((key) => key.slice('event '.length));
  const last = keys.at(-1);
  if (last === 'end') return { kind: 'ended', path };
  if (last === 'other') return { kind: 'other', path, next: childrenOf(tree, path).map((one) => one.path.at(-1)!) };
  return { kind: 'begins', path };
};

function Tree({ answer, asked, onChoose }: PathsAnswerProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { direction, tree, count, units, unit } = answer;
  const begin = asked.from ? (asked.from.event ?? words.anyEvent) : words.start[direction];
  return (
    <FlowChart
      title={words.chart[direction]}
      subtitle={words.chartSubtitle(format.number(count), format.number(units), words.units[unit])}
      root={{ name: begin, count }}
      direction={direction === 'after' ? 'next' : 'previous'}
      nodes={branchesOf(tree, { ...answer, path: [] }, asked.depth, words.ended[direction])}
      openTo={2}
      onChoose={onChoose && ((keys) => onChoose(placeOf(tree, keys)))}
    />
  );
}

const useWriteShare = () => {
  const format = useFormat();
  return ({ share, low, high }: Shared): string =>
    low === null || high === null ? format.share(share) : format.interval(format.share(share), format.share(low), format.share(high));
};

function Positions({ answer, onChoose }: Required<PathsAnswerProps>) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const writeShare = useWriteShare();
  const rows = answer.positions.flatMap(({ nodes }, place) => nodes.map((node) => ({ ...node, position: place + 1 })));
  const folded = answer.positions.flatMap(({ names }, place) =>
    names > mostNames ? [words.folded(format.number(place + 1), format.number(names - mostNames))] : [],
  );
  if (rows.length === 0) return null;
  return (
    <Section title={words.positions}>
      <Table
        label={words.positions}
        size="compact"
        rows={rows}
        rowKey={({ position, name }) => JSON.stringify([position, name])}
        columns={[
          {
            key: 'position',
            head: words.place,
            number: true,
            cell: ({ position }) => format.number(position),
            sort: ({ position }) => position,
          },
          { key: 'name', head: words.what, cell: ({ name }) => name ?? words.other, sort: ({ name }) => name },
          {
            key: 'paths',
            head: words.paths,
            number: true,
            cell: ({ position, name, count }) => (
              <Figure label={words.rows} onOpen={() => onChoose({ kind: 'node', position, name })}>
                {format.number(count)}
              </Figure>
            ),
            sort: ({ count }) => count,
          },
          { key: 'share', head: words.share, number: true, cell: writeShare, sort: ({ share }) => share },
          {
            key: 'ended',
            head: words.over[answer.direction],
            number: true,
            cell: ({ ended }) => format.number(ended),
            sort: ({ ended }) => ended,
          },
        ]}
      />
      {folded.length > 0 ? <p className="meta">{folded.join(' ')}</p> : null}
    </Section>
  );
}

function Ways({ answer, asked, onChoose }: PathsAnswerProps) {
  const words = useMessages({ en, zh });
  const chartWords = useChartWords();
  const format = useFormat();
  const writeShare = useWriteShare();
  const { whole, reached } = answer;
  if (!reached || reached.count === 0) return null;
  const title = words.whole(asked.to?.event ?? words.anyEvent);
  const rows = [{ ...reached, path: null }, ...whole];
  return (
    <Section title={title}>
      <Table
        label={title}
        size="compact"
        rows={rows}
        rowKey={({ path }) => JSON.stringify(path)}
        columns={[
          { key: 'way', head: words.way, cell: ({ path }) => path?.join(answer.direction === 'after' ? ' → ' : ' ← ') ?? words.reachedRow },
          {
            key: 'paths',
            head: words.paths,
            number: true,
            cell: ({ path, count }) =>
              onChoose ? (
                <Figure label={words.rows} onOpen={() => onChoose(path ? { kind: 'whole', path } : { kind: 'reached' })}>
                  {format.number(count)}
                </Figure>
              ) : (
                format.number(count)
              ),
          },
          { key: 'share', head: words.share, number: true, cell: writeShare },
          {
            key: 'median',
            head: words.median,
            number: true,
            cell: ({ seconds }) => (seconds === null ? '–' : writeSpell(seconds, chartWords, format)),
          },
        ]}
      />
      {reached.further > 0 ? <p className="meta">{words.further(format.number(reached.further))}</p> : null}
    </Section>
  );
}

export function usePathsFacts(): (answer: Paths) => AnswerFacts {
  const words = useMessages({ en, zh });
  return ({ count, interval, facts }) => ({
    n: count,
    unit: words.paths.toLowerCase(),
    interval: words.interval[interval],
    ...factsOf(facts),
  });
}

export const isEmptyPaths = ({ count }: Paths): boolean => count === 0;

/** The finding: how many came to the end that is named, else what comes next most often. */
export function usePathsVerdict(): (answer: Paths, asked: Asked) => string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const writeShare = useWriteShare();
  return ({ count, direction, positions, reached }, { from, to }) => {
    const of = format.number(count);
    if (reached) return words.verdictReached(writeShare(reached), of, to?.event ?? words.anyEvent);
    const begin = from ? (from.event ?? words.anyEvent) : words.start[direction];
    const first = positions[0]?.nodes[0];
    if (!first) return words.verdictEnds[direction](begin);
    return words.verdict[direction](begin, first.name ?? words.other, writeShare(first), of);
  };
}
