import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { MeasuredBaseline } from '../../impact/baselines/schema.ts';
import { api } from '../../web/kit/client.ts';
import { toFailure } from '../../web/kit/failure.ts';
import { Interval } from '../../web/kit/figures.tsx';
import { Facts } from '../../web/kit/page.tsx';
import { Notice } from '../../web/kit/states.tsx';
import type { Launch } from '../launches/schema.ts';
import type { Goal, GoalFields } from './schema.ts';
import { useGoalWords } from './use-goals.tsx';

type PanelProps = { launch: Launch; fields: GoalFields; goal: Goal | null };

/** While one types: where the goal would start from, and whether the accounts at hand can answer it. */
export function PowerPanel({ launch, fields, goal }: PanelProps) {
  const { words } = useGoalWords(launch);
  const { metric, target, smallestChange, horizonDays, minimumSample, comparison } = fields;
  const asked = metric
    ? { launch: launch.key, metric, target, smallestChange, horizonDays, minimumSample, comparison, ...(goal && { goal: goal.id }) }
    : null;
  const [settled] = useDebouncedValue(JSON.stringify(asked), 450);
  const input = JSON.parse(settled) as NonNullable<typeof asked> | null;
  const answer = useQuery({
    ...api.baselines.measure.queryOptions({ input: input ?? { launch: launch.key, metric: { kind: 'won' } } }),
    enabled: input !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const waits = answer.isFetching || settled !== JSON.stringify(asked);
  return (
    <section className="power" aria-label={words.power.title} aria-live="polite" aria-busy={waits}>
      <h3 className="h3">{words.power.title}</h3>
      {input === null || !asked ? (
        <p className="meta">{words.power.waiting}</p>
      ) : answer.error ? (
        <Notice tone="bad">{toFailure(answer.error).message}</Notice>
      ) : answer.data ? (
        <div className={waits ? 'dimmed' : undefined}>
          <Reading launch={launch} measured={answer.data} fields={fields} />
        </div>
      ) : (
        <p className="meta">{words.measuring}</p>
      )}
    </section>
  );
}

type ReadingProps = { launch: Launch; measured: MeasuredBaseline; fields: GoalFields };

function Reading({ launch, measured, fields }: ReadingProps) {
  const { words, format, share, points } = useGoalWords(launch);
  const { baseline, eligible, effective, unit, design, groups, detectable } = measured;
  const said = words.power;
  const independent =
    effective !== null && Math.floor(effective) < eligible ? `, ${said.effective(format.number(Math.floor(effective)))}` : '';
  return (
    <>
      <Answerable launch={launch} measured={measured} fields={fields} />
      <Facts
        items={[
          [
            words.baseline,
            baseline && baseline.share !== null ? (
              <span key="baseline">
                <Interval value={baseline.share} low={baseline.low} high={baseline.high} write={(value) => format.share(value)} />{' '}
                <span className="meta">
                  {words.baselineOf(
                    format.number(baseline.of),
                    unit,
                    format.date(baseline.from, { year: true }),
                    format.date(baseline.to, { year: true }),
                  )}
                </span>
              </span>
            ) : (
              words.noBaseline
            ),
          ],
          [said.eligibleHead, said.eligible(format.number(eligible), unit) + independent],
          [said.design, said.groups(groups.map((size) => format.number(size)))],
          [said.detectable, detectable ? said.from(points(detectable.difference), share(detectable.from), design) : '–'],
        ]}
      />
      <p className="meta">{said.note}</p>
    </>
  );
}

function Answerable({ launch, measured, fields }: ReadingProps) {
  const { words, format, points } = useGoalWords(launch);
  const { answerable, why, eligible, unit, detectable } = measured;
  const said = words.power;
  const facts = {
    eligible: format.number(eligible),
    minimum: format.number(fields.minimumSample),
    unit,
    smallest: points(fields.smallestChange ?? 0),
    detectable: points(detectable?.difference ?? 0),
    away: points((fields.target ?? 0) - (detectable?.from ?? 0)),
  };
  const because = why && said.why[why](facts);
  if (answerable === 'no') return <Notice tone="warn">{because ? said.cannot + because : said.cannot}</Notice>;
  if (answerable === 'unknown') return <Notice>{because ? said.missing(because) : said.unknown}</Notice>;
  return <Notice tone="good">{because ? `${said.yes} ${said.missing(because)}` : said.yes}</Notice>;
}
