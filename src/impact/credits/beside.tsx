import { useState } from 'react';
import { Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button, ButtonLink } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { liftAsked } from '../lifts/schema.ts';
import { QuestionLink } from '../questions/link.tsx';
import { en, zh } from './messages.ts';
import type { Credits, CreditsAsked, HoldoutBeside } from './schema.ts';

type Format = ReturnType<typeof useFormat>;
type Said = NonNullable<Credits['channels'][number]['said']>;

const useLifts = () => {
  const { data } = useQuery(api.questions.list.queryOptions({ input: {} }));
  return (data?.questions ?? []).filter(
    ({ kind, asked }) => kind === 'lifts' && liftAsked.safeParse(asked).data?.design.kind === 'holdout',
  );
};

export const saidText = ({ share, low, high, answers }: Said, all: number, format: Format): string => {
  const [point, from, to] = [share, low, high].map((value) => format.share(value, { digits: 0 })) as [string, string, string];
  return `${format.interval(point, from, to)}, ${format.number(answers)}/${format.number(all)}`;
};

const effectText = ({ effect, scale, currency }: HoldoutBeside, format: Format): string => {
  const { effect: value, low, high } = effect!;
  const write = (one: number) =>
    scale === 'share'
      ? format.signedNumber(one * 100, { digits: 1 })
      : scale === 'money'
        ? format.money(one, { currency: currency!, exact: true })
        : format.signedNumber(one, { digits: 2 });
  const point = scale === 'share' ? format.points(value) : write(value);
  return format.interval(point, write(low), write(high));
};

/** What the lot says of one name, with how many stood on either side; it opens the lift. */
export function HoldoutCell({ holdout }: { holdout: HoldoutBeside }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const lift = useLifts().find(({ id }) => id === holdout.question);
  const { treated, control, effect, title } = holdout;
  return (
    <>
      {effect ? effectText(holdout, format) : <span title={holdout.sentence}>{words.cannotTell}</span>}
      <div className="meta">{lift ? <QuestionLink question={lift} /> : title}</div>
      <div className="meta">{words.arms(format.number(treated), format.number(control))}</div>
    </>
  );
}

type BesideProps = { answer: Credits; by: CreditsAsked['by'] };

/** Where there is nothing beside the models, what is missing and how it comes to be. */
export function Beside({ answer, by }: BesideProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { role } = useSession();
  const [isOpen, setOpen] = useState(false);
  const { said, holdouts } = answer;
  const without = answer.channels.filter(({ channel }) => !holdouts.some(({ name }) => name === channel)).length;
  return (
    <div className="stack">
      <p className="meta">
        {said.why === null
          ? words.saidNote(format.number(said.answers), format.number(said.unplaced), answer.source === 'deals')
          : words.saidMissing[said.why]}{' '}
        <ButtonLink to="/self-reports" size="small">
          {said.why === 'not_set_up' ? words.setSaid : words.openSaid}
        </ButtonLink>
      </p>
      <p className="meta">
        {holdouts.length === 0 ? words.noHoldout : words.holdoutNote(format.number(without), format.number(answer.channels.length))}{' '}
        {role === 'owner' || role === 'pmm' ? (
          <Button size="small" onClick={() => setOpen(true)}>
            {words.setHoldout}
          </Button>
        ) : null}
      </p>
      {isOpen ? <HoldoutDialog answer={answer} by={by} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}

function HoldoutDialog({ answer, by, onClose }: BesideProps & { onClose: () => void }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const lifts = useLifts();
  const names = [...new Set([...answer.channels.map(({ channel }) => channel), ...answer.holdouts.map(({ name }) => name)])].filter(
    Boolean,
  );
  const [name, setName] = useState<string | null>(null);
  const [question, setQuestion] = useState<string | null>(null);
  const set = useMutation({
    ...api.credits.setHoldout.mutationOptions(),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: api.credits.key() });
      toast({ text: words.holdoutSet });
      onClose();
    },
    onError: toastFailure,
  });
  const isThere = answer.holdouts.some((one) => one.name === name);
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.setHoldout}
      actions={
        <>
          {isThere ? (
            <Button kind="danger" pending={set.isPending} onClick={() => set.mutate({ by, name: name!, question: null })}>
              {words.takeHoldout}
            </Button>
          ) : null}
          <Button
            kind="primary"
            pending={set.isPending}
            disabled={!name || !question}
            onClick={() => set.mutate({ by, name: name!, question })}
          >
            {words.putHoldout}
          </Button>
        </>
      }
    >
      <p className="prose">{words.holdoutHelp}</p>
      <Select label={words.channel[by]} searchable data={names} value={name} onChange={setName} />
      {lifts.length === 0 ? (
        <p className="row">
          {words.noLift} <ButtonLink to="/lifts/new">{words.newLift}</ButtonLink>
        </p>
      ) : (
        <Select
          label={words.keptLift}
          data={lifts.map(({ id, name: label }) => ({ value: id, label }))}
          value={question}
          onChange={setQuestion}
        />
      )}
    </Dialog>
  );
}
