import '../../web/kit/styles/questions.css';
import '../../web/kit/styles/question-steps.css';
import '../../web/kit/styles/board.css';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { api, client } from '../../web/kit/client.ts';
import { Button, ButtonLink } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead } from '../../web/kit/page.tsx';
import { Picker } from '../../web/kit/questions/picker.tsx';
import { moved } from '../../web/kit/questions/values.ts';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Answer, EmptyState, Notice } from '../../web/kit/states.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en as questionEn, zh as questionZh } from '../questions/messages.ts';
import { type Question, questionKinds } from '../questions/schema.ts';
import { en, zh } from './messages.ts';
import { NameDialog } from './name-dialog.tsx';
import { type Dashboard, mostOnBoard } from './schema.ts';
import { Tile } from './tile.tsx';

export function DashboardPage() {
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  const { dashboard: id = '' }: { dashboard?: string } = useParams({ strict: false });
  const answer = useQuery(api.dashboards.get.queryOptions({ input: { dashboard: id } }));
  const { change, conflict } = useOrder(id);
  const [renaming, setRenaming] = useState(false);
  const board = answer.data;
  const actions =
    mayEdit && board ? (
      <>
        <Button onClick={() => setRenaming(true)}>{words.rename}</Button>
        <AddQuestion board={board} onAdd={(question) => change((there) => [...there, question])} />
      </>
    ) : null;
  return (
    <Page title={board?.name ?? words.title} crumbs={[{ label: words.title, to: '/dashboards' }]} actions={actions}>
      <Answer of={answer} what={words.readingOne}>
        {(data) => (
          <>
            <PageHead title={data.name} note={data.questions.length > 0 ? words.boardNote(data.questions.length) : undefined} />
            {conflict ? <Notice tone="warn">{words.conflict}</Notice> : null}
            {data.questions.length > 0 ? <Tiles questions={data.questions} change={mayEdit ? change : undefined} /> : <EmptyBoard />}
          </>
        )}
      </Answer>
      {renaming && board ? (
        <NameDialog board={board} onSaved={({ name }) => toast({ text: words.renamed(name) })} onClose={() => setRenaming(false)} />
      ) : null}
    </Page>
  );
}

type Change = (how: (questions: Question[]) => Question[]) => void;

/** Changes what stands on the board and in which order: shown at once, sent one after the other, each with the version before it. */
function useOrder(id: string): { change: Change; conflict: boolean } {
  const queries = useQueryClient();
  const { queryKey } = api.dashboards.get.queryOptions({ input: { dashboard: id } });
  const show = (part: Partial<Dashboard>) => queries.setQueryData<Dashboard>(queryKey, (known) => known && { ...known, ...part });
  const [conflict, setConflict] = useState(false);
  const { mutate } = useMutation({
    scope: { id: `dashboard ${id}` },
    mutationFn: (questions: Question[]) =>
      client.dashboards.update({
        dashboard: id,
        version: queries.getQueryData<Dashboard>(queryKey)?.version ?? 0,
        questions: questions.map((question) => question.id),
      }),
    onSuccess: ({ version }) => {
      show({ version });
      void queries.invalidateQueries({ queryKey: api.dashboards.list.key() });
    },
    onError: (error) => {
      if (toFailure(error).code === 'conflict') setConflict(true);
      else toastFailure(error);
      return queries.invalidateQueries({ queryKey });
    },
  });
  const change: Change = (how) => {
    const known = queries.getQueryData<Dashboard>(queryKey);
    if (!known) return;
    const questions = how(known.questions);
    setConflict(false);
    void queries.cancelQueries({ queryKey });
    show({ questions });
    mutate(questions);
  };
  return { change, conflict };
}

function Tiles({ questions, change }: { questions: Question[]; change?: Change }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const grid = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const held = useRef<{ id: string; by: -1 | 1 } | null>(null);
  // The focus goes with the tile, to the button that was pressed or to the other one at an end.
  useEffect(() => {
    const { id, by } = held.current ?? {};
    held.current = null;
    if (!questions.some((question) => question.id === id)) return;
    const buttons = grid.current?.querySelectorAll<HTMLButtonElement>(`[aria-labelledby="tile-${id}"] [data-move]:enabled`);
    const [first, second] = [...(buttons ?? [])];
    (by === 1 ? (second ?? first) : first)?.focus();
  }, [questions]);
  const move = (from: number, by: -1 | 1) => {
    const to = from + by;
    if (to < 0 || to >= questions.length) return;
    change?.((there) => shifted(there, questions[from]!.id, by));
    setSaid(words.moved(questions[from]!.name, format.number(to + 1), format.number(questions.length)));
    held.current = { id: questions[from]!.id, by };
  };
  const remove = (place: number) => {
    const question = questions[place]!;
    const others = (there: Question[]) => there.filter(({ id }) => id !== question.id);
    change?.(others);
    toast({ text: words.removed(question.name), undo: () => change?.((there) => others(there).toSpliced(place, 0, question)) });
  };
  return (
    <>
      <div className="tiles" ref={grid}>
        {questions.map((question, place) => (
          <Tile
            key={question.id}
            question={question}
            actions={
              change ? (
                <TileActions
                  name={question.name}
                  isFirst={place === 0}
                  isLast={place === questions.length - 1}
                  onMove={(by) => move(place, by)}
                  onRemove={() => remove(place)}
                />
              ) : null
            }
          />
        ))}
      </div>
      <output className="vh" aria-live="polite">
        {said}
      </output>
    </>
  );
}

/** Of those that stand there now, which may be others than those in view when keys come fast. */
const shifted = (there: Question[], id: string, by: -1 | 1): Question[] => {
  const from = there.findIndex((question) => question.id === id);
  return moved(there, from, from + by);
};

type ActionsProps = { name: string; isFirst: boolean; isLast: boolean; onMove: (by: -1 | 1) => void; onRemove: () => void };

/** Buttons of a tile; on those that move it, the arrow keys do so too. */
function TileActions({ name, isFirst, isLast, onMove, onRemove }: ActionsProps) {
  const words = useMessages({ en, zh });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  const small = { kind: 'quiet', size: 'small', onKeyDown } as const;
  return (
    <>
      <Button {...small} icon={ArrowUp} disabled={isFirst} data-move={-1} aria-label={words.up(name)} onClick={() => onMove(-1)} />
      <Button {...small} icon={ArrowDown} disabled={isLast} data-move={1} aria-label={words.down(name)} onClick={() => onMove(1)} />
      <Button kind="quiet" size="small" icon={X} aria-label={words.remove(name)} onClick={onRemove} />
    </>
  );
}

function EmptyBoard() {
  const words = useMessages({ en, zh });
  const kept = useQuery(api.questions.list.queryOptions({ input: {} }));
  if (kept.data?.questions.length === 0)
    return <EmptyState actions={<ButtonLink to="/trends">{words.ask}</ButtonLink>}>{words.noQuestions}</EmptyState>;
  return <EmptyState>{words.boardEmpty}</EmptyState>;
}

/** Finds a kept question that does not stand here yet. */
function AddQuestion({ board, onAdd }: { board: Dashboard; onAdd: (question: Question) => void }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { kinds } = useMessages({ en: questionEn, zh: questionZh });
  const kept = useQuery(api.questions.list.queryOptions({ input: {} }));
  const here = new Set(board.questions.map(({ id }) => id));
  const others = (kept.data?.questions ?? []).filter(({ id }) => !here.has(id));
  if (here.size >= mostOnBoard) return <span className="meta">{words.most(format.number(mostOnBoard))}</span>;
  const groups = questionKinds.map((kind) => ({
    label: kinds[kind],
    options: others.filter((question) => question.kind === kind).map(({ id, name }) => ({ value: id, label: name })),
  }));
  const add = (id: string) => {
    const question = others.find((one) => one.id === id);
    if (question) onAdd(question);
  };
  return (
    <Picker label={words.add} shown={words.add} isEmpty groups={groups} searchLabel={words.find} nothing={words.noSuch} onChoose={add} />
  );
}
