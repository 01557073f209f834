import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../web/kit/client.ts';
import { Button, ButtonLink, Tag } from '../../web/kit/controls.tsx';
import { useConfirm } from '../../web/kit/confirm.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { MarkdownText } from '../../web/kit/markdown.tsx';
import { Facts, PageHead, Section } from '../../web/kit/page.tsx';
import { useMayEdit, useSession } from '../../web/kit/session.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en as featureEn, zh as featureZh } from '../features/messages.ts';
import { en, zh } from './messages.ts';
import type { Launch } from './schema.ts';

/** The goal in words, or that there is none. */
export function GoalWords({ launch: { goal } }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (!goal) return <span className="ink3">{words.noGoal}</span>;
  return <>{words.goalWords(format.share(goal.target, { digits: 0 }), words.unitWords[goal.unit], goal.horizonDays)}</>;
}

/** What a launch is, who could adopt it, and what it must reach. */
export function LaunchDocument({ launch }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const featureWords = useMessages({ en: featureEn, zh: featureZh });
  const format = useFormat();
  const { feature, goalRegisteredAt } = launch;
  const late = goalRegisteredAt !== null && goalRegisteredAt.slice(0, 10) > launch.marketDate;
  const registered = goalRegisteredAt
    ? (late ? words.registeredLate : words.registered)(format.dateTime(goalRegisteredAt))
    : launch.goal && words.draftGoal;
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
      />
      {useMayEdit() ? null : <Notice>{words.readOnly}</Notice>}
      <FeatureChanged launch={launch} />
      <Facts
        items={[
          [words.marketDate, format.date(launch.marketDate, { year: true })],
          [words.readyDate, format.date(launch.readyDate, { year: true })],
          [words.feature, <FeatureWords key="feature" launch={launch} />],
          [featureWords.base, feature ? featureWords.baseWords(feature.base).join('; ') || featureWords.everybody : null],
          [words.eligible, <EligibleWords key="eligible" launch={launch} />],
          [words.goal, <GoalWords key="goal" launch={launch} />],
          ['', registered ? <span className={late ? 'warn' : 'meta'}>{registered}</span> : null],
        ]}
      />
      <Section title={words.brief} ruled>
        {launch.brief ? <MarkdownText text={launch.brief} /> : <p className="meta">{words.noBrief}</p>}
      </Section>
      <DeleteLaunch launch={launch} />
    </>
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

function DeleteLaunch({ launch }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const { role } = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const confirm = useConfirm();
  const refresh = () => queries.invalidateQueries({ queryKey: api.launches.key() });
  const restore = useMutation(api.launches.restore.mutationOptions({ onSuccess: refresh, onError: toastFailure }));
  const remove = useMutation(
    api.launches.delete.mutationOptions({
      onSuccess: async ({ id }) => {
        await navigate({ to: '/launches' });
        await refresh();
        toast({ text: words.removed(launch.name), undo: () => restore.mutate({ id }) });
      },
      onError: toastFailure,
    }),
  );
  if (role !== 'owner' && role !== 'pmm') return null;
  const ask = async () => {
    const agreed = await confirm({ title: words.removeTitle(launch.name), text: words.removeText, action: words.remove, danger: true });
    if (agreed) remove.mutate({ launch: launch.key });
  };
  return (
    <p>
      <Button kind="danger" pending={remove.isPending} onClick={() => void ask()}>
        {words.remove}
      </Button>
    </p>
  );
}
