import { useState } from 'react';
import { Select, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { Conflict, type Differing } from '../../web/kit/conflict.tsx';
import { Button, Segmented } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import type { Launch } from '../launches/schema.ts';
import { en, zh } from './messages.ts';
import type { Scores, TierRule, TierStanding } from './schema.ts';
import { suggestTier } from './suggestion.ts';
import { useCriterionName, usePoints } from './words.tsx';

type Draft = { scores: Scores; tier: number | null; comment: string };
type ScoreProps = { launch: Launch; standing: TierStanding; onClose: () => void };

const leastComment = 10;
const draftOf = ({ scores, isOverride, tier, comment }: TierStanding): Draft => ({
  scores: scores ?? {},
  tier: isOverride ? tier : null,
  comment,
});

/** Sends the decision; when the launch was changed meanwhile, says what of its tier is another now. */
function useDecide({ launch, standing, onClose }: ScoreProps) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const [base, setBase] = useState(standing);
  const [theirs, setTheirs] = useState<TierStanding | null>(null);
  const decide = useMutation(
    api.tiers.decide.mutationOptions({
      onSuccess: async ({ tier }) => {
        await Promise.all(
          [api.tiers.key(), api.launches.key(), api.templates.key()].map((queryKey) => queries.invalidateQueries({ queryKey })),
        );
        toast({ text: words.decided(launch.name, tier) });
        onClose();
      },
      onError: async (error) => {
        if (toFailure(error).code === 'conflict') setTheirs(await client.tiers.get({ launch: launch.key }));
      },
    }),
  );
  const goOn = () => {
    if (theirs) setBase(theirs);
    setTheirs(null);
    decide.reset();
  };
  return { base, theirs, decide, goOn };
}

export function ScoreDialog(props: ScoreProps) {
  const words = useMessages({ en, zh });
  const { launch, onClose } = props;
  const { base, theirs, decide, goOn } = useDecide(props);
  const [draft, setDraft] = useState(() => draftOf(props.standing));
  const { rule } = base;
  const left = rule.criteria.filter(({ key }) => draft.scores[key] === undefined).length;
  const suggested = suggestTier(rule, draft.scores).tier;
  const tier = draft.tier ?? suggested;
  const lacksComment = tier !== suggested && draft.comment.trim().length < leastComment;
  const save = () =>
    decide.mutate({ launch: launch.key, version: base.launchVersion, scores: scoresOf(rule, draft), tier, comment: draft.comment });
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={words.scoreTitle(launch.name)}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="primary" disabled={left > 0 || lacksComment || theirs !== null} pending={decide.isPending} onClick={save}>
            {left > 0 ? words.save : words.decide(tier)}
          </Button>
        </>
      }
    >
      <div className="form score">
        {theirs ? (
          <Clash
            message={decide.error ? toFailure(decide.error).message : ''}
            before={base}
            now={theirs}
            onKeep={goOn}
            onTake={() => {
              setDraft(draftOf(theirs));
              goOn();
            }}
          />
        ) : decide.error ? (
          <Notice tone="bad">{toFailure(decide.error).message}</Notice>
        ) : null}
        <Criteria rule={rule} scores={draft.scores} onChange={(scores) => setDraft({ ...draft, scores })} />
        <Outcome rule={rule} draft={draft} left={left} suggested={suggested} onChange={setDraft} />
      </div>
    </Dialog>
  );
}

/** Only what the rule asks for: points of a criterion that is gone are not kept. */
const scoresOf = ({ criteria }: TierRule, { scores }: Draft): Scores =>
  Object.fromEntries(criteria.map(({ key }) => [key, scores[key] ?? 0]));

function Criteria({ rule, scores, onChange }: { rule: TierRule; scores: Scores; onChange: (scores: Scores) => void }) {
  const words = useMessages({ en, zh });
  const nameOf = useCriterionName();
  return (
    <ul className="criteria-list">
      {rule.criteria.map((one) => (
        <li key={one.key}>
          <div>
            <div className="med" aria-hidden>
              {nameOf(one)}
            </div>
            {words.criteriaHelp[one.key] && !one.name ? <div className="meta">{words.criteriaHelp[one.key]}</div> : null}
          </div>
          <Segmented
            label={nameOf(one)}
            name={`score-${one.key}`}
            value={String(scores[one.key] ?? '')}
            choices={words.levels.map((label, points) => ({ value: String(points), label }))}
            onChange={(points) => onChange({ ...scores, [one.key]: Number(points) })}
          />
        </li>
      ))}
    </ul>
  );
}

type OutcomeProps = { rule: TierRule; draft: Draft; left: number; suggested: number; onChange: (draft: Draft) => void };

function Outcome({ rule, draft, left, suggested, onChange }: OutcomeProps) {
  const words = useMessages({ en, zh });
  const points = usePoints();
  const tier = draft.tier ?? suggested;
  const isOverride = left === 0 && tier !== suggested;
  return (
    <>
      <p aria-live="polite" className={left > 0 ? 'ink2' : 'strong'}>
        {left > 0 ? words.toScore(left) : words.suggested(suggested, points(suggestTier(rule, draft.scores).share))}
      </p>
      {left > 0 ? null : (
        <Select
          label={words.tier}
          description={words.instead}
          data={[1, 2, 3].map((each) => ({
            value: String(each),
            label: each === suggested ? words.asSuggested(each) : words.tierOf(each),
          }))}
          value={String(tier)}
          onChange={(value) => onChange({ ...draft, tier: Number(value) === suggested ? null : Number(value) })}
          allowDeselect={false}
        />
      )}
      {isOverride ? (
        <Textarea
          label={words.overrideWhy}
          description={words.overrideHelp}
          value={draft.comment}
          onChange={({ currentTarget }) => onChange({ ...draft, comment: currentTarget.value })}
          error={draft.comment.trim().length < leastComment ? words.overrideNeeded : null}
          autosize
          minRows={2}
          maxLength={2000}
          required
        />
      ) : null}
    </>
  );
}

type ClashProps = { message: string; before: TierStanding; now: TierStanding; onKeep: () => void; onTake: () => void };

function Clash({ message, before, now, onKeep, onTake }: ClashProps) {
  const words = useMessages({ en, zh });
  const nameOf = useCriterionName();
  const level = ({ scores }: TierStanding, key: string) => words.levels[scores?.[key] ?? -1] ?? '';
  const lines: Differing[] = [
    { label: words.tier, before: words.tierOf(before.tier), now: words.tierOf(now.tier) },
    { label: words.comment, before: before.comment, now: now.comment },
    ...now.rule.criteria.map((one) => ({ label: nameOf(one), before: level(before, one.key), now: level(now, one.key) })),
  ];
  const fields = lines.filter((line) => line.before !== line.now);
  return (
    <Conflict message={fields.length > 0 ? message : `${message} ${words.otherwise}`} fields={fields} onKeep={onKeep} onTake={onTake} />
  );
}
