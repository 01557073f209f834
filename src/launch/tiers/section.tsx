import '../../web/kit/styles/tiers.css';
import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { StateMark } from '../../web/kit/marks.tsx';
import { Section } from '../../web/kit/page.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Answer } from '../../web/kit/states.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';
import { useSignable } from '../deliverables/signatures.tsx';
import type { Launch } from '../launches/schema.ts';
import { en, zh } from './messages.ts';
import type { TierStanding } from './schema.ts';
import { ScoreDialog } from './score-dialog.tsx';
import { usePoints, useReason } from './words.tsx';

/** How large the launch is, why, and who has approved that. */
export function TierSection({ launch }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  const [scoring, setScoring] = useState(false);
  const answer = useQuery(api.tiers.get.queryOptions({ input: { launch: launch.key } }));
  const score = (
    <Button size="small" onClick={() => setScoring(true)}>
      {answer.data?.scores ? words.scoreAgain : words.score}
    </Button>
  );
  return (
    <Section title={words.section} actions={mayEdit && answer.data ? score : null} ruled>
      <Answer of={answer} what={words.reading}>
        {(standing) => (
          <>
            <Reason standing={standing} />
            <Approvals launch={launch} standing={standing} />
            {scoring ? <ScoreDialog launch={launch} standing={standing} onClose={() => setScoring(false)} /> : null}
          </>
        )}
      </Answer>
    </Section>
  );
}

function Reason({ standing }: { standing: TierStanding }) {
  const words = useMessages({ en, zh });
  const reason = useReason();
  const points = usePoints();
  return (
    <div className="tier-reason">
      <p>{reason(standing)}</p>
      {standing.isOverride && standing.comment ? <blockquote className="ink2">{standing.comment}</blockquote> : null}
      <p className="meta">{words.begins(points(standing.rule.tier1From), points(standing.rule.tier2From))}</p>
    </div>
  );
}

function Approvals({ launch, standing: { approvals, tier } }: { launch: Launch; standing: TierStanding }) {
  const words = useMessages({ en, zh });
  const charter = useMessages({ en: charterEn, zh: charterZh });
  const format = useFormat();
  const signable = useSignable();
  const queries = useQueryClient();
  const approve = useMutation(
    api.tiers.approve.mutationOptions({
      onSuccess: (_, given) => toast({ text: words.approvedFor(tier, charter.functions[given.function]) }),
      onError: toastFailure,
      onSettled: () => queries.invalidateQueries({ queryKey: api.tiers.key() }),
    }),
  );
  if (approvals.length === 0) return <p className="meta">{words.noApproval}</p>;
  return (
    <ul className="approvals" aria-label={words.approvals}>
      {approvals.map(({ function: wanted, by, at }) => (
        <li key={wanted}>
          <span className="med">{charter.functions[wanted]}</span>
          <StateMark state={at ? 'done' : 'waiting'}>{at ? words.approved : words.waits}</StateMark>
          {at ? <span className="meta">{words.approvedBy(by, format.dateTime(at))}</span> : null}
          {!at && signable.includes(wanted) ? (
            <Button
              size="small"
              pending={approve.isPending}
              onClick={() => approve.mutate({ launch: launch.key, function: wanted as 'product' | 'product_marketing', tier })}
            >
              {words.approveFor(charter.functions[wanted])}
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
