import { Figure } from '../controls.tsx';
import { useFormat } from '../format-context.tsx';
import { ChartFrame, type ChartText } from './chart-frame.tsx';
import { tones, type Tone } from './colours.ts';
import type { FunnelGroup, FunnelStep, Share } from './data.ts';
import { FunnelTable } from './funnel-table.tsx';
import { Swatch } from './legend.tsx';
import { stoppedAt } from './stopped.ts';
import { groupName, quietOf, useChartWords, writeSpells } from './words.ts';

/** What of a funnel was chosen: who came to this step; who came to it and no further; who still has time to. */
export type FunnelChosen = { step: string; group: string | null; which: 'reached' | 'stopped' | 'underWay' };

export type FunnelChartProps = ChartText & {
  steps: FunnelStep[];
  /** The same steps for each group of a breakdown. */
  groups?: FunnelGroup[];
  onChoose?: (chosen: FunnelChosen) => void;
};

/** Steps one below the other: how many, which share, how long it took, and how many stop between two of them. */
export function FunnelChart(props: FunnelChartProps) {
  const { title, subtitle, note, actions, steps } = props;
  const words = useChartWords();
  if (steps.length === 0)
    return <ChartFrame {...{ title, subtitle, note, actions }}>{() => <p className="state line">{words.noSeries}</p>}</ChartFrame>;
  return (
    <ChartFrame {...{ title, subtitle, note, actions }} table={<FunnelTable {...props} />} height={steps.length * 60}>
      {(width) => <Steps {...props} width={width} />}
    </ChartFrame>
  );
}

const noGroups: FunnelGroup[] = [];

/** The step before which most stop, as a share of those who could have gone on. */
const worst = (steps: FunnelStep[]): string | null => {
  const share = ({ ofPrevious }: FunnelStep) => ofPrevious?.share ?? 1;
  const least = steps.toSorted((a, b) => share(a) - share(b))[0];
  return least && share(least) < 1 ? least.key : null;
};

function Steps({ title, steps, groups = noGroups, onChoose, width }: FunnelChartProps & { width: number }) {
  const colours = tones(
    groups.map(({ key }) => key),
    undefined,
    quietOf(groups),
  );
  const top = steps[0]!.count;
  return (
    <ol className={`funnel${width < 600 ? ' brief' : ''}${width < 420 ? ' tight' : ''}`} aria-label={title}>
      {steps.map((step, index) => (
        <li key={step.key}>
          {index > 0 ? (
            <Between step={step} before={steps[index - 1]!} isWorst={steps.length > 2 && worst(steps) === step.key} onChoose={onChoose} />
          ) : null}
          <StepLine step={step} place={index + 1} top={top} onChoose={onChoose} />
          {groups.map((group) => {
            const own = group.steps[index];
            return own ? <GroupLine key={group.key} group={group} step={own} tone={colours.get(group.key)!} onChoose={onChoose} /> : null;
          })}
        </li>
      ))}
    </ol>
  );
}

/** A figure that opens its rows, where the page has them. */
function Opens({ onOpen, children }: { onOpen?: () => void; children: string }) {
  const words = useChartWords();
  if (!onOpen) return children;
  return (
    <Figure label={words.openRows} onOpen={onOpen}>
      {children}
    </Figure>
  );
}

type StepProps = { step: FunnelStep; place: number; top: number; onChoose?: (chosen: FunnelChosen) => void };

function StepLine({ step, place, top, onChoose }: StepProps) {
  const format = useFormat();
  const count = format.number(step.count);
  return (
    <div className="funnel-step">
      <span className="funnel-name">
        <span className="ink3 num">{format.number(place)}</span> {step.name}
      </span>
      <span className="funnel-track" aria-hidden="true">
        <span className="funnel-fill" style={{ width: `${top > 0 ? (step.count / top) * 100 : 0}%` }} />
      </span>
      <span className="funnel-count num">
        <Opens onOpen={onChoose && (() => onChoose({ step: step.key, group: null, which: 'reached' }))}>{count}</Opens>
      </span>
      <ShareText share={step.ofFirst} />
    </div>
  );
}

function ShareText({ share: { share, low, high } }: { share: Share }) {
  const format = useFormat();
  const text = format.share(share);
  return (
    <span className="funnel-share num">
      <b className="strong">{text}</b>
      {low != null && high != null && share !== null && share < 1 ? (
        <span className="ink3"> {format.range(format.number(low * 100, { digits: 1 }), format.number(high * 100, { digits: 1 }))}</span>
      ) : null}
    </span>
  );
}

type BetweenProps = { step: FunnelStep; before: FunnelStep; isWorst: boolean; onChoose?: (chosen: FunnelChosen) => void };

/** Between two steps: who goes on, after how long, who stops, and who still has time. */
function Between({ step, before, isWorst, onChoose }: BetweenProps) {
  const words = useChartWords();
  const format = useFormat();
  const [stopped, underWay] = [stoppedAt(before, step), before.underWay ?? 0];
  const choose = (which: 'stopped' | 'underWay') => onChoose && (() => onChoose({ step: before.key, group: null, which }));
  return (
    <div className="funnel-between meta">
      <span aria-hidden="true" className="funnel-arrow" />
      {step.ofPrevious ? <span className="num">{words.goOn(format.share(step.ofPrevious.share))}</span> : null}
      {step.seconds ? <span className="num">{writeSpells(step.seconds, words, format)}</span> : null}
      {stopped > 0 ? (
        <span className={isWorst ? 'bad med' : undefined}>
          <Opens onOpen={choose('stopped')}>{words.stopHere(format.number(stopped))}</Opens>
        </span>
      ) : null}
      {underWay > 0 ? <Opens onOpen={choose('underWay')}>{words.stillUnderWay(format.number(underWay))}</Opens> : null}
    </div>
  );
}

type GroupProps = { group: FunnelGroup; step: FunnelStep; tone: Tone; onChoose?: (chosen: FunnelChosen) => void };

/** A group's share of its own first step, so that large and small groups can be compared. */
function GroupLine({ group, step, tone, onChoose }: GroupProps) {
  const words = useChartWords();
  const format = useFormat();
  const count = format.number(step.count);
  const { low, high } = step.ofFirst;
  return (
    <div className="funnel-step group">
      <span className="funnel-name">
        <Swatch colour={tone.line} /> {groupName(group, words)}
      </span>
      <span className="funnel-track" aria-hidden="true">
        <span className="funnel-fill" style={{ width: `${(step.ofFirst.share ?? 0) * 100}%`, background: tone.line }} />
        {low != null && high != null && (step.ofFirst.share ?? 1) < 1 ? (
          <span className="funnel-ci" style={{ left: `${low * 100}%`, right: `${100 - high * 100}%` }} />
        ) : null}
      </span>
      <span className="funnel-count num">
        <Opens onOpen={onChoose && (() => onChoose({ step: step.key, group: group.key, which: 'reached' }))}>{count}</Opens>
      </span>
      <ShareText share={step.ofFirst} />
    </div>
  );
}
