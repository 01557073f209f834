import type { ReactNode } from 'react';
import { client } from '../../web/kit/client.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { type AnswerFacts, FactsLine } from '../../web/kit/questions/facts-line.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { ActivationsAnswer, isEmptyActivations, useActivationsFacts, useActivationsVerdict } from '../activations/answer.tsx';
import type { Search, SearchAsked } from '../activations/schema.ts';
import { AdoptionAnswer, isEmptyAdoption, useAdoptionFacts, useAdoptionVerdict } from '../adoptions/answer.tsx';
import type { Adoption, AdoptionAsked } from '../adoptions/schema.ts';
import { CreditsInBrief, isEmptyCredits, useCreditsFacts, useCreditsVerdict } from '../credits/brief.tsx';
import type { Credits, CreditsAsked } from '../credits/schema.ts';
import { FunnelAnswer, isEmptyFunnel, useFunnelFacts, useFunnelVerdict } from '../funnels/answer.tsx';
import type { Funnel, FunnelAsked } from '../funnels/schema.ts';
import { isEmptyLift, LiftAnswer, useLiftFacts, useLiftVerdict } from '../lifts/answer.tsx';
import type { Lift, LiftAsked } from '../lifts/schema.ts';
import { isEmptyMeasurements, MeasurementsAnswer, useMeasurementsFacts, useMeasurementsVerdict } from '../measurements/answer.tsx';
import type { Measurements, MeasurementsAsked } from '../measurements/schema.ts';
import { isEmptyPaths, PathsAnswer, usePathsFacts, usePathsVerdict } from '../paths/answer.tsx';
import type { Paths, PathsAsked } from '../paths/schema.ts';
import { isEmptyPipeline, PipelineInBrief, usePipelineFacts, usePipelineVerdict } from '../pipelines/answer.tsx';
import { type Pipeline, type PipelineAsked, pipelineAsked } from '../pipelines/schema.ts';
import { isEmptyRatings, RatingsAnswer, useRatingsFacts, useRatingsVerdict } from '../ratings/answer.tsx';
import type { Ratings, RatingsAsked } from '../ratings/schema.ts';
import { isEmptyRetention, RetentionAnswer, useRetentionFacts, useRetentionVerdict } from '../retentions/answer.tsx';
import type { Retention, RetentionAsked } from '../retentions/schema.ts';
import { isEmptySubscriptions, SubscriptionsAnswer, useSubscriptionsFacts, useSubscriptionsVerdict } from '../subscriptions/answer.tsx';
import type { Subscriptions, SubscriptionsAsked } from '../subscriptions/schema.ts';
import { isEmptyTrend, TrendsAnswer, useTrendFacts, useTrendVerdict } from '../trends/answer.tsx';
import type { Trends, TrendsAsked } from '../trends/schema.ts';
import { en, zh } from './messages.ts';
import type { QuestionKind } from './schema.ts';

/** `height` is given where there is little room. */
type Answered<Asked, Answer> = { asked: Asked; answer: Answer; height?: number };

/** How a question of a kind is asked, and its answer said and drawn, wherever it stands beside its own page. */
export type AnswerKind<Asked = object, Answer = object> = {
  ask(asked: Asked): Promise<Answer>;
  Answer(props: Answered<Asked, Answer>): ReactNode;
};

const trends: AnswerKind<TrendsAsked, Trends> = {
  ask: (asked) => client.trends.get(asked),
  Answer: function TrendsSaid({ answer, height }) {
    const verdict = useTrendVerdict();
    const facts = useTrendFacts();
    return (
      <Said verdict={verdict(answer)} facts={facts(answer)} isEmpty={isEmptyTrend(answer)}>
        <TrendsAnswer answer={answer} height={height} />
      </Said>
    );
  },
};

const funnels: AnswerKind<FunnelAsked, Funnel> = {
  ask: (asked) => client.funnels.get(asked),
  Answer: function FunnelSaid({ answer, asked }) {
    const verdict = useFunnelVerdict();
    const facts = useFunnelFacts();
    return (
      <Said verdict={verdict(answer)} facts={facts(answer)} isEmpty={isEmptyFunnel(answer)}>
        <FunnelAnswer answer={answer} asked={asked} />
      </Said>
    );
  },
};

const paths: AnswerKind<PathsAsked, Paths> = {
  ask: (asked) => client.paths.get(asked),
  Answer: function PathsSaid({ answer, asked }) {
    const verdict = usePathsVerdict();
    const facts = usePathsFacts();
    return (
      <Said verdict={verdict(answer, asked)} facts={facts(answer)} isEmpty={isEmptyPaths(answer)}>
        <PathsAnswer answer={answer} asked={asked} />
      </Said>
    );
  },
};

const adoptions: AnswerKind<AdoptionAsked, Adoption> = {
  ask: (asked) => client.adoptions.get(asked),
  Answer: function AdoptionSaid({ answer, height }) {
    const verdict = useAdoptionVerdict();
    const facts = useAdoptionFacts();
    return (
      <Said verdict={verdict(answer)} facts={facts(answer)} isEmpty={isEmptyAdoption(answer)}>
        <AdoptionAnswer answer={answer} height={height} />
      </Said>
    );
  },
};

const activations: AnswerKind<SearchAsked, Search> = {
  ask: (asked) => client.activations.search(asked),
  Answer: function ActivationsSaid({ answer, height }) {
    const verdict = useActivationsVerdict();
    const facts = useActivationsFacts();
    return (
      <Said verdict={verdict(answer)} facts={facts(answer)} isEmpty={isEmptyActivations(answer)}>
        <ActivationsAnswer answer={answer} height={height} />
      </Said>
    );
  },
};

const retentions: AnswerKind<RetentionAsked, Retention> = {
  ask: (asked) => client.retentions.get(asked),
  Answer: function RetentionSaid({ answer, asked, height }) {
    const verdict = useRetentionVerdict();
    const facts = useRetentionFacts();
    return (
      <Said verdict={verdict(answer)} facts={facts(answer)} isEmpty={isEmptyRetention(answer)}>
        <RetentionAnswer answer={answer} asked={asked} height={height} />
      </Said>
    );
  },
};

const subscriptions: AnswerKind<SubscriptionsAsked, Subscriptions> = {
  ask: (asked) => client.subscriptions.get(asked),
  Answer: function SubscriptionsSaid({ answer, asked, height }) {
    const verdict = useSubscriptionsVerdict();
    const facts = useSubscriptionsFacts();
    return (
      <Said verdict={verdict(answer, { over: asked.over ?? 12 })} facts={facts(answer)} isEmpty={isEmptySubscriptions(answer)}>
        <SubscriptionsAnswer answer={answer} asked={{ ...asked, over: asked.over ?? 12 }} height={height} />
      </Said>
    );
  },
};

const ratings: AnswerKind<RatingsAsked, Ratings> = {
  ask: (asked) => client.ratings.get(asked),
  Answer: function RatingsSaid({ answer, asked, height }) {
    const verdict = useRatingsVerdict();
    const facts = useRatingsFacts();
    return (
      <Said verdict={verdict(answer)} facts={facts(answer)} isEmpty={isEmptyRatings(answer)}>
        <RatingsAnswer answer={answer} by={asked.by} height={height} />
      </Said>
    );
  },
};

const measurements: AnswerKind<MeasurementsAsked, Measurements> = {
  ask: (asked) => client.measurements.get(asked),
  Answer: function MeasurementsSaid({ answer, height }) {
    const verdict = useMeasurementsVerdict();
    const facts = useMeasurementsFacts();
    return (
      <Said verdict={verdict(answer)} facts={facts(answer)} isEmpty={isEmptyMeasurements(answer)}>
        <MeasurementsAnswer answer={answer} height={height} />
      </Said>
    );
  },
};

const lifts: AnswerKind<LiftAsked, Lift> = {
  ask: (asked) => client.lifts.get(asked),
  Answer: function LiftSaid({ answer }) {
    const verdict = useLiftVerdict();
    const facts = useLiftFacts();
    return (
      <Said verdict={verdict(answer)} facts={facts(answer)} isEmpty={isEmptyLift(answer)}>
        <LiftAnswer answer={answer} isSmall />
      </Said>
    );
  },
};

const pipelines: AnswerKind<PipelineAsked, Pipeline> = {
  ask: (asked) => client.pipelines.get(asked),
  Answer: function PipelineSaid({ answer, asked }) {
    const verdict = usePipelineVerdict();
    const facts = usePipelineFacts();
    const whole = pipelineAsked.parse(asked);
    return (
      <Said verdict={verdict(answer)} facts={facts(answer, whole)} isEmpty={isEmptyPipeline(answer)}>
        <PipelineInBrief answer={answer} asked={whole} />
      </Said>
    );
  },
};

const credits: AnswerKind<CreditsAsked, Credits> = {
  ask: (asked) => client.credits.get(asked),
  Answer: function CreditsSaid({ answer, asked }) {
    const verdict = useCreditsVerdict();
    const facts = useCreditsFacts();
    return (
      <Said verdict={verdict(answer)} facts={facts(answer)} isEmpty={isEmptyCredits(answer)}>
        <CreditsInBrief answer={answer} by={asked.by} />
      </Said>
    );
  },
};

/** Every kind has one: what can be kept can stand on a dashboard. */
export const answerKinds: Record<QuestionKind, AnswerKind> = {
  trends,
  funnels,
  paths,
  adoptions,
  activations,
  retentions,
  subscriptions,
  ratings,
  measurements,
  lifts,
  pipelines,
  credits,
};

type SaidProps = { verdict: string; facts: AnswerFacts; isEmpty: boolean; children: ReactNode };

/** The finding, the picture, and how it was counted. */
function Said({ verdict, facts, isEmpty, children }: SaidProps) {
  const words = useMessages({ en, zh });
  return (
    <>
      {isEmpty ? (
        <p className="state line">{words.nothing}</p>
      ) : (
        <>
          <p className="said">
            <Starred text={verdict} />
          </p>
          {children}
        </>
      )}
      <FactsLine facts={facts} />
    </>
  );
}
