import { Ownerless } from '../assignments/ownerless.tsx';
import { Owner } from '../charters/owner.tsx';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { ButtonLink, Tag } from '../../web/kit/controls.tsx';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { MarkdownText } from '../../web/kit/markdown.tsx';
import { Columns, Facts, PageHead, Section } from '../../web/kit/page.tsx';
import { daysBetween } from '../../web/kit/questions/ranges.ts';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Notice } from '../../web/kit/states.tsx';

import { DeliverablesSummary } from '../deliverables/summary.tsx';
import { GatesSummary } from '../gates/summary.tsx';
import { PositioningSummary } from '../positionings/summary.tsx';
import { TierSection } from '../tiers/section.tsx';
import { GoalsSummary } from '../goals/summary.tsx';
import { en as featureEn, zh as featureZh } from '../features/messages.ts';
import { LaunchTrack } from './launch-track.tsx';
import { ManageLaunch } from './manage.tsx';
import { en, zh } from './messages.ts';
import type { Launch } from './schema.ts';

/** The goal in words, or that there is none. */
export function GoalWords({ launch: { goal } }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (!goal) return <span className="ink3">{words.noGoal}</span>;
  return <>{words.goalWords(format.share(goal.target, { digits: 0 }), words.unitWords[goal.unit], goal.horizonDays)}</>;
}

/** What a launch is, where it stands, and what is due: the page that everybody reads. */
export function LaunchDocument({ launch }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const today = useToday();
  const days = daysBetween(today, launch.marketDate);
  return (
    <>
      <PageHead
        title={launch.name}
        tags={
          <>
            <Tag>{words.tierOf(launch.tier)}</Tag>
            <Tag>{words.stages[launch.stage]}</Tag>
          </>
        }
        aside={<p className="countdown">{words.daysTo(days)}</p>}
      />
      {useMayEdit() ? null : <Notice>{words.readOnly}</Notice>}
      <FeatureChanged launch={launch} />
      <Ownerless launch={launch.key} />
      <LaunchTrack launch={launch} />
      <Columns split="narrow-wide" ruled>
        <div>
          <PositioningSummary launch={launch} />
          <Section title={words.tabs.goals}>
            <GoalsSummary launch={launch} />
          </Section>
          <TierSection launch={launch} />
          <Moves launch={launch} />
        </div>
        <div>
          <GatesSummary launch={launch} />
          <DeliverablesSummary launch={launch} />
          <Section title={words.brief}>
            {launch.brief ? <MarkdownText text={launch.brief} /> : <p className="meta">{words.noBrief}</p>}
          </Section>
          <Section title={words.facts}>
            <LaunchFacts launch={launch} />
          </Section>
        </div>
      </Columns>
      <ManageLaunch launch={launch} />
    </>
  );
}

function LaunchFacts({ launch }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const featureWords = useMessages({ en: featureEn, zh: featureZh });
  const format = useFormat();
  const { feature } = launch;
  const lines: [string, React.ReactNode][] = [
    [words.marketDate, format.date(launch.marketDate, { year: true })],
    [words.marketingOwner, launch.marketingOwner && <Owner key="marketing" owner={launch.marketingOwner} />],
    [words.readyDate, format.date(launch.readyDate, { year: true })],
    [words.productOwner, launch.productOwner && <Owner key="product" owner={launch.productOwner} />],
    [words.job, launch.job],
    [words.personas, format.list(launch.personas)],
    [words.eligible, <EligibleWords key="eligible" launch={launch} />],
    [words.feature, <FeatureWords key="feature" launch={launch} />],
    [words.moreFeatures, format.list(launch.moreFeatures.map(({ name }) => name))],
    [featureWords.base, feature ? featureWords.baseWords(feature.base).join('; ') || featureWords.everybody : null],
    [words.languages, format.list(launch.languages)],
    [words.regions, format.list(launch.regions)],
  ];
  return <Facts items={lines.filter(([, value]) => value !== null && value !== '')} />;
}

function Moves({ launch }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const moves = useQuery(api.launches.moves.queryOptions({ input: { launch: launch.key } })).data?.moves ?? [];
  if (moves.length === 0) return null;
  return (
    <Section title={words.movedTitle}>
      <ul className="stack">
        {moves.map(({ from, to, reason, by, at }) => (
          <li key={at}>
            {words.moved(format.date(from), format.date(to))}: {reason} <span className="meta">{format.list([by, format.date(at)])}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function FeatureWords({ launch: { feature } }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const featureWords = useMessages({ en: featureEn, zh: featureZh });
  const format = useFormat();
  if (!feature) return words.noFeature;
  const { name, rule, version } = feature;
  return <>{`${name}, ${words.featureVersion(format.number(version))}: ${featureWords.ruleWords(rule)}`}</>;
}

/** That the feature is another now than the one that the goal was registered with, and the way to it. */
function FeatureChanged({ launch: { key, feature } }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const featureWords = useMessages({ en: featureEn, zh: featureZh });
  const format = useFormat();
  const mayEdit = useMayEdit();
  const newest = feature?.newest;
  const number = format.number(newest?.version ?? 0);
  if (!feature || !newest) return null;
  const parts = format.list(newest.changed.map((part) => featureWords.parts[part]));
  return (
    <Notice tone="warn">
      {words.featureChanged(feature.name, number, parts, format.number(feature.version))}{' '}
      {mayEdit ? (
        <ButtonLink size="small" to={`/launches/${key}/goals`}>
          {words.toGoals}
        </ButtonLink>
      ) : null}
    </Notice>
  );
}

function EligibleWords({ launch: { eligibility } }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const parts = [
    eligibility.plans.length > 0 && words.ofPlans(format.list(eligibility.plans)),
    eligibility.segments.length > 0 && words.ofSegments(format.list(eligibility.segments)),
    eligibility.createdBeforeMarketDate && words.beforeMarket,
  ].filter((part): part is string => Boolean(part));
  return <>{[words.everyAccount, ...parts].join(format.locale === 'zh' ? '，' : ', ')}</>;
}
