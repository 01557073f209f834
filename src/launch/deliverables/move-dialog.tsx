import { useState } from 'react';
import { Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { DateField } from '../../web/kit/date-field.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Answer, Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import type { Launch } from '../launches/schema.ts';
import { en, zh } from './messages.ts';
import type { MovePreview } from './schema.ts';

/** Another market date: what it does is said before it is done. */
export function MoveDialog({ launch, onClose }: { launch: Launch; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const queries = useQueryClient();
  const [day, setDay] = useState<string | null>(launch.marketDate);
  const [reason, setReason] = useState('');
  const move = useMutation(
    api.launches.move.mutationOptions({
      onSuccess: async ({ marketDate }) => {
        await Promise.all([api.launches, api.deliverables, api.gates].map((noun) => queries.invalidateQueries({ queryKey: noun.key() })));
        toast({ text: words.moveDone(format.date(marketDate)) });
        onClose();
      },
    }),
  );
  const isOther = day !== null && day !== launch.marketDate;
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title={words.moveTitle(launch.name)}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button
            kind="primary"
            pending={move.isPending}
            disabled={!isOther || reason.trim().length < 3}
            onClick={() => day && move.mutate({ launch: launch.key, marketDate: day, reason, version: launch.version })}
          >
            {words.moveAct}
          </Button>
        </>
      }
    >
      <div className="form">
        {move.error ? <Notice tone="bad">{toFailure(move.error).message}</Notice> : null}
        <DateField label={words.moveTo2} nested value={day} onChange={setDay} />
        <Textarea
          label={words.moveWhy}
          description={words.moveWhyHelp}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          autosize
          minRows={2}
        />
        {isOther ? <Preview launch={launch.key} day={day} /> : null}
      </div>
    </Dialog>
  );
}

function Preview({ launch, day }: { launch: string; day: string }) {
  const words = useMessages({ en, zh });
  const [marketDate] = useDebouncedValue(day, 150);
  const answer = useQuery(api.deliverables.previewMove.queryOptions({ input: { launch, marketDate } }));
  return (
    <Answer of={answer} what={words.moveReading}>
      {(preview) => <PreviewWords preview={preview} />}
    </Answer>
  );
}

const mostNamed = 8;

function Names({ title, names }: { title: string; names: string[] }) {
  const format = useFormat();
  if (names.length === 0) return null;
  const rest = names.length - mostNamed;
  return (
    <div>
      <p className="strong">{title}</p>
      <ul className="plain-list">
        {names.slice(0, mostNamed).map((name) => (
          <li key={name}>{name}</li>
        ))}
        {rest > 0 ? <li className="meta">+ {format.number(rest)}</li> : null}
      </ul>
    </div>
  );
}

function PreviewWords({ preview }: { preview: MovePreview }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { moved, late, tight, fixed, overbooked, warnings } = preview;
  const isCalm = late.length + tight.length + overbooked.length + warnings.length === 0;
  return (
    <div className="stack preview" aria-live="polite">
      <p>
        {words.moves(moved.length)} {isCalm ? words.calm : null}
      </p>
      {warnings.map((warning) => (
        <Notice key={warning} tone="warn">
          {words.moveWarnings[warning]}
        </Notice>
      ))}
      <Names title={words.moveLate(late.length)} names={late.map(({ name, dueOn }) => `${name}, ${format.date(dueOn)}`)} />
      <Names title={words.moveTight(tight.length)} names={tight.map(({ name, daysShort }) => words.daysShort(name, daysShort))} />
      <Names
        title={words.overbooked}
        names={overbooked.map(({ member, week, workDays, before }) =>
          words.overbookedOne(member.name, format.date(week), format.number(workDays), format.number(before)),
        )}
      />
      <Names title={words.moveFixed(fixed.length)} names={fixed.map(({ name, dueOn }) => `${name}, ${format.date(dueOn)}`)} />
    </div>
  );
}
