import { Interval } from '../../web/kit/figures.tsx';
import { Facts, Section } from '../../web/kit/page.tsx';
import { Notice } from '../../web/kit/states.tsx';
import type { Launch } from '../launches/schema.ts';
import type { Amendment, Baseline, Goal, GoalText } from './schema.ts';
import { State } from './state.tsx';
import { useGoalWords } from './use-goals.tsx';

type OfLaunch = { launch: Launch };

export function BaselineWords({ launch, baseline, metric }: OfLaunch & { baseline: Baseline | null; metric: Goal['metric'] }) {
  const { words, format, unit } = useGoalWords(launch);
  if (!baseline || baseline.share === null) return <span className="ink3">{words.noBaseline}</span>;
  const { share, low, high, of, from, to } = baseline;
  const day = (value: string) => format.date(value, { year: true });
  const about =
    metric?.kind === 'outside'
      ? words.entered(format.number(of), day(to))
      : words.baselineOf(format.number(of), unit(metric), day(from), day(to));
  return (
    <span>
      <Interval value={share} low={low} high={high} write={(value) => format.share(value)} /> <span className="meta">{about}</span>
    </span>
  );
}

type Said = Pick<GoalText, 'metric' | 'target' | 'smallestChange' | 'horizonDays' | 'minimumSample' | 'comparison' | 'rule' | 'baseline'>;

/** What a text says, as label and value. */
function useLines(launch: Launch) {
  const { words, format, measuredBy, target, points } = useGoalWords(launch);
  return (said: Said, parent: string | null): [string, React.ReactNode][] =>
    said.metric === null
      ? [
          [words.metric, words.kinds.none],
          [words.parent, parent],
        ]
      : [
          [words.metric, measuredBy(said.metric)],
          [words.columns.target, target(said)],
          [words.baseline, <BaselineWords key="baseline" launch={launch} baseline={said.baseline} metric={said.metric} />],
          [words.smallest, said.smallestChange === null ? null : words.power.points(points(said.smallestChange))],
          [words.minimum, format.number(said.minimumSample)],
          [words.comparison, words.comparisons[said.comparison]],
          [words.rule, said.rule || words.usualRule],
          [words.parent, parent],
        ];
}

/** What the goal says; once it is registered what it is judged by, and what was amended since. */
export function GoalFacts({ launch, goal, all }: OfLaunch & { goal: Goal; all: Goal[] }) {
  const { words, format } = useGoalWords(launch);
  const lines = useLines(launch);
  const { registered, outside } = goal;
  const entries = [outside.before, outside.after].filter((one) => one !== null);
  const parent = all.find(({ id }) => id === goal.parentId)?.name ?? null;
  const said = registered ? lines(registered.text, registered.text.parent) : lines(goal, parent);
  return (
    <div className="goal-says">
      <p>
        <State goal={goal} />
      </p>
      {goal.withdrawn ? <Notice tone="warn">{words.isWithdrawn}</Notice> : null}
      <Facts
        items={[
          ...said.filter(([, value]) => value !== null),
          ...(registered ? [[words.hashHead, <code key="hash">{registered.hash}</code>] as [string, React.ReactNode]] : []),
        ]}
      />
      {entries.map(({ count, of, day, by, at }) => (
        <p key={at} className="meta">
          {words.result(format.number(count), format.number(of), format.date(day, { year: true }), by)}
        </p>
      ))}
      {goal.amendments.length > 0 ? (
        <Section title={words.amendments(goal.amendments.length)} ruled>
          <ol className="amendments">
            {goal.amendments.map((one) => (
              <AmendmentLine key={one.at} launch={launch} amendment={one} />
            ))}
          </ol>
        </Section>
      ) : null}
    </div>
  );
}

const parts = [
  'name',
  'purpose',
  'parent',
  'metric',
  'target',
  'horizonDays',
  'smallestChange',
  'minimumSample',
  'comparison',
  'rule',
  'baseline',
  'launch',
] as const;

function AmendmentLine({ launch, amendment }: OfLaunch & { amendment: Amendment }) {
  const { words, format, target } = useGoalWords(launch);
  const { kind, before, after, by, at, reason } = amendment;
  const changed = after ? parts.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part])) : [];
  const [was, is] = [target(before), after ? target(after) : ''];
  return (
    <li>
      <p>{words.amendment(words.amendmentKind[kind], format.date(at, { year: true }), by, reason)}</p>
      {changed.length > 0 ? <p className="meta">{words.changed(format.list(changed.map((part) => words.parts[part])))}</p> : null}
      {was !== is && is !== '' ? (
        <p className="meta">
          <del>{was}</del> <ins>{is}</ins>
        </p>
      ) : null}
    </li>
  );
}
