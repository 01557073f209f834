import { useState } from 'react';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { Figure, Icon } from '../controls.tsx';
import { useFormat } from '../format-context.tsx';
import { Table } from '../table.tsx';
import { ChartFrame, type ChartText } from './chart-frame.tsx';
import type { FlowNode } from './data.ts';
import { useChartWords } from './words.ts';

export type FlowChartProps = ChartText & {
  /** Where the paths start, or end when they are read backwards. */
  root: { name: string; count: number };
  direction: 'next' | 'previous';
  nodes: FlowNode[];
  /** Opened at first, to this depth. */
  openTo?: number;
  /** Asks for what comes after a node whose `children` are not there yet. */
  onExpand?: (path: string[]) => void;
  /** Opens the rows behind a path. */
  onChoose?: (path: string[]) => void;
};

/** The most common next or previous steps, the commonest first, each with what follows it. */
export function FlowChart(props: FlowChartProps) {
  const { title, subtitle, note, actions, nodes, root } = props;
  const words = useChartWords();
  const format = useFormat();
  if (nodes.length === 0)
    return <ChartFrame {...{ title, subtitle, note, actions }}>{() => <p className="state line">{words.noSeries}</p>}</ChartFrame>;
  return (
    <ChartFrame {...{ title, subtitle, note, actions }} table={<FlowTable {...props} />} height={nodes.length * 30}>
      {(width) => (
        <div className={`flow${width < 520 ? ' tight' : ''}`}>
          <div className="flow-row flow-root">
            <span className="flow-name strong">{root.name}</span>
            <span className="flow-track" aria-hidden="true">
              <span className="funnel-fill" style={{ width: '100%' }} />
            </span>
            <span className="flow-count num strong">{format.number(root.count)}</span>
            <span className="flow-share meta flow-head">{words.flowOfBefore}</span>
          </div>
          <Level {...props} path={[]} before={root.count} whole={root.count} />
        </div>
      )}
    </ChartFrame>
  );
}

type LevelProps = FlowChartProps & { path: string[]; before: number; whole: number };

function Level({ nodes, path, before, whole, ...rest }: LevelProps) {
  return (
    <ol className="flow-level">
      {nodes.map((node) => (
        <Node key={node.key} {...rest} nodes={nodes} node={node} path={[...path, node.key]} before={before} whole={whole} />
      ))}
    </ol>
  );
}

const nodeName = ({ kind, name }: FlowNode, words: { end: string; other: string }) => name || (kind === 'end' ? words.end : words.other);

function Node({ node, before, ...props }: LevelProps & { node: FlowNode }) {
  const { path, whole, direction, openTo = 1, onExpand, onChoose } = props;
  const words = useChartWords();
  const format = useFormat();
  const mayOpen = (node.kind ?? 'event') === 'event' && (node.children ? node.children.length > 0 : onExpand !== undefined);
  const [open, setOpen] = useState(mayOpen && node.children !== undefined && path.length < openTo);
  const name = nodeName(node, words);
  const toggle = () => {
    if (!open && !node.children) onExpand?.(path);
    setOpen(!open);
  };
  const count = format.number(node.count);
  return (
    <li className={node.kind && node.kind !== 'event' ? 'pale' : undefined}>
      <div className="flow-row">
        <span className="flow-name" style={{ paddingLeft: (path.length - 1) * 20 }}>
          {mayOpen ? (
            <button
              type="button"
              className="flow-open"
              aria-expanded={open}
              aria-label={direction === 'next' ? words.expand(name) : words.expandBefore(name)}
              onClick={toggle}
            >
              <Icon of={open ? ChevronDown : ChevronRight} size={14} />
            </button>
          ) : (
            <span className="flow-open" />
          )}
          <span className="flow-words" title={name}>
            {name}
          </span>
        </span>
        <span className="flow-track" aria-hidden="true">
          <span className="funnel-fill" style={{ width: `${whole > 0 ? (node.count / whole) * 100 : 0}%` }} />
        </span>
        <span className="flow-count num">
          {onChoose ? (
            <Figure label={words.openRows} onOpen={() => onChoose(path)}>
              {count}
            </Figure>
          ) : (
            count
          )}
        </span>
        <span className="flow-share num">{format.share(before > 0 ? node.count / before : null)}</span>
      </div>
      {open && node.children ? <Level {...props} nodes={node.children} before={node.count} /> : null}
    </li>
  );
}

type FlatRow = { path: string[]; name: string; count: number; before: number };

const flat = (nodes: FlowNode[], before: number, words: { end: string; other: string }, path: string[] = []): FlatRow[] =>
  nodes.flatMap((node) => {
    const own = [...path, node.key];
    return [{ path: own, name: nodeName(node, words), count: node.count, before }, ...flat(node.children ?? [], node.count, words, own)];
  });

function FlowTable({ title, root, nodes, onChoose }: FlowChartProps) {
  const words = useChartWords();
  const format = useFormat();
  const rows = flat(nodes, root.count, words);
  return (
    <Table
      label={title}
      size="compact"
      rows={rows}
      rowKey={({ path }) => path.join(' ')}
      columns={[
        { key: 'step', head: words.flowStep, cell: ({ name }) => name },
        { key: 'depth', head: words.step, number: true, cell: ({ path }) => format.number(path.length) },
        {
          key: 'count',
          head: words.flowCount,
          number: true,
          cell: ({ path, count }) =>
            onChoose ? (
              <Figure label={words.openRows} onOpen={() => onChoose(path)}>
                {format.number(count)}
              </Figure>
            ) : (
              format.number(count)
            ),
        },
        { key: 'all', head: words.flowOfAll, number: true, cell: ({ count }) => format.share(root.count > 0 ? count / root.count : null) },
        {
          key: 'before',
          head: words.flowOfBefore,
          number: true,
          cell: ({ count, before }) => format.share(before > 0 ? count / before : null),
        },
      ]}
    />
  );
}
