import '../../web/kit/styles/questions.css';
import '../../web/kit/styles/question-steps.css';
import '../../web/kit/styles/board.css';
import { useMemo } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api, client } from '../../web/kit/client.ts';
import { Button, ButtonLink } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { PlaceProvider, useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { PlainPage } from '../../web/kit/plain-page.tsx';
import { Answer, Notice } from '../../web/kit/states.tsx';
import { answerKinds } from '../questions/kinds.tsx';
import { en, zh } from './messages.ts';
import type { OpenedAnswer } from './schema.ts';

/** Where a shared link leads, without signing in: one answer, to be read. */
export function SharedAnswerPage() {
  const words = useMessages({ en, zh });
  const { token = '' }: { token?: string } = useParams({ strict: false });
  const opened = useQuery({ ...api.sharedAnswers.open.queryOptions({ input: { token } }), refetchOnWindowFocus: false });
  if (opened.error && ['not_found', 'invalid'].includes(toFailure(opened.error).code))
    return (
      <PlainPage title={words.gone}>
        <p className="lead">{words.goneText}</p>
      </PlainPage>
    );
  return (
    <PlainPage title={opened.data?.name ?? words.reading} wide>
      <Answer of={opened} what={words.reading}>
        {(shared) => <Shared {...shared} />}
      </Answer>
    </PlainPage>
  );
}

/** Days and hours are those of the workspace that was counted in, wherever it is read. */
function Shared(shared: OpenedAnswer) {
  const { timeZone } = shared.answer.facts;
  const place = useMemo(() => ({ timeZone, currency: 'USD' }), [timeZone]);
  return (
    <PlaceProvider place={place}>
      <AsItWas {...shared} />
    </PlaceProvider>
  );
}

function AsItWas({ id, kind, asked, answer, sharedAt, until, data }: OpenedAnswer) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { Answer: Drawn } = answerKinds[kind];
  const date = format.dateTime(sharedAt);
  const isMore = data.eventsThen !== data.eventsNow;
  return (
    <>
      <p className="meta">
        {until ? words.sharedUntil(date, format.date(until, { year: true })) : words.shared(date)} {data.changed ? null : words.unchanged}
      </p>
      {data.changed ? (
        <Notice tone="warn">
          {isMore ? words.changedMore(format.number(data.eventsThen), format.number(data.eventsNow)) : words.changed}
        </Notice>
      ) : null}
      <div className="shared">
        <Drawn asked={asked} answer={answer} />
      </div>
      {data.changed ? <Recount id={id} /> : null}
    </>
  );
}

/** For members who read a link of their own workspace: the same days as they are counted now, below the answer as it was. */
function Recount({ id }: { id: string }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const recount = useMutation({ mutationFn: () => client.sharedAnswers.recount({ shared: id }) });
  const isSignedOut = recount.error !== null && toFailure(recount.error).code === 'unauthenticated';
  if (recount.data) {
    const { kind, asked, answer, countedAt } = recount.data;
    const { Answer: Drawn } = answerKinds[kind];
    return (
      <section className="shared" aria-labelledby="recounted">
        <h2 id="recounted">{words.recounted(format.dateTime(countedAt))}</h2>
        <Drawn asked={asked} answer={answer} />
      </section>
    );
  }
  return (
    <div className="stack">
      <p className="ink2">{words.notCounted}</p>
      {recount.error && !isSignedOut ? <Notice tone="bad">{toFailure(recount.error).message}</Notice> : null}
      <div className="actions">
        {isSignedOut ? (
          <ButtonLink to="/sign-in" search={{ next: location.pathname }}>
            {words.signIn}
          </ButtonLink>
        ) : (
          <Button pending={recount.isPending} onClick={() => recount.mutate()}>
            {words.recount}
          </Button>
        )}
      </div>
    </div>
  );
}
