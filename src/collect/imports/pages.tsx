import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { FileUp } from 'lucide-react';
import { api } from '../../web/kit/client.ts';
import { useConfirm } from '../../web/kit/confirm.tsx';
import { Button, ButtonLink } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { StateMark, type MarkState } from '../../web/kit/marks.tsx';
import { Page, PageHead } from '../../web/kit/page.tsx';
import { Progress } from '../../web/kit/progress.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Answer, EmptyState, Notice } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { DropFile } from './drop-file.tsx';
import { DryRun } from './dry-run.tsx';
import { MappingEditor } from './mapping-editor.tsx';
import { en, zh } from './messages.ts';
import type { ImportReport, ImportState, ImportView, Outcome } from './schema.ts';

const marks: Record<ImportState, MarkState> = {
  uploading: 'running',
  mapping: 'waiting',
  checking: 'running',
  checked: 'waiting',
  committing: 'running',
  committed: 'done',
  undone: 'not_yet',
  failed: 'failed',
  cancelled: 'not_yet',
};

/** Rows of all targets: a line of a file may fill several. */
export function sumOf(report: ImportReport | null, outcome: Outcome): number {
  return (report?.targets ?? []).reduce((sum, { counts }) => sum + counts[outcome], 0);
}

export function Imports() {
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  const navigate = useNavigate();
  const answer = useQuery({ ...api.imports.list.queryOptions({ input: {} }), refetchInterval: 5000 });
  useKeys({ c: () => mayEdit && void navigate({ to: '/imports/new' }) });
  const start = mayEdit ? (
    <ButtonLink kind="primary" icon={FileUp} keys="C" to="/imports/new">
      {words.start}
    </ButtonLink>
  ) : null;
  return (
    <Page title={words.title} actions={answer.data?.imports.length ? start : null}>
      <Answer of={answer} what={words.reading}>
        {({ imports, total }) => <History imports={imports} total={total} start={start} />}
      </Answer>
    </Page>
  );
}

type HistoryProps = {
  imports: Pick<ImportView, 'id' | 'number' | 'state' | 'fileName' | 'report' | 'createdBy' | 'createdAt'>[];
  total: number;
  start: React.ReactNode;
};

function History({ imports, total, start }: HistoryProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const committed = imports.filter(({ state }) => state === 'committed').length;
  const sum =
    (outcome: Outcome) =>
    ({ report, state }: HistoryProps['imports'][number]) =>
      report && state !== 'cancelled' ? format.number(sumOf(report, outcome)) : '–';
  return (
    <>
      <PageHead verdict={words.head(format.number(committed), committed === 0)} note={words.note} />
      <Table
        label={words.title}
        rows={imports}
        rowKey={({ id }) => id}
        total={total}
        empty={<EmptyState actions={start}>{words.empty}</EmptyState>}
        columns={[
          {
            key: 'file',
            head: words.file,
            cell: ({ id, fileName }) => (
              <Link to="/imports/$import" params={{ import: id }}>
                {fileName}
              </Link>
            ),
          },
          { key: 'state', head: words.state, cell: ({ state }) => <StateMark state={marks[state]}>{words.states[state]}</StateMark> },
          { key: 'new', head: words.newRows, number: true, cell: sum('new') },
          { key: 'changed', head: words.changedRows, number: true, cell: sum('changed') },
          { key: 'rejected', head: words.rejectedRows, number: true, cell: sum('rejected') },
          { key: 'by', head: words.by, cell: ({ createdBy }) => createdBy },
          { key: 'when', head: words.when, cell: ({ createdAt }) => format.dateTime(createdAt) },
        ]}
      />
    </>
  );
}

export function NewImport() {
  const words = useMessages({ en, zh });
  return (
    <Page title={words.start} crumbs={[{ label: words.title, to: '/imports' }]}>
      <PageHead verdict={words.dropHead} note={words.dropNote} />
      <DropFile />
    </Page>
  );
}

const working: ImportState[] = ['uploading', 'checking', 'committing'];

export function ImportPage() {
  const words = useMessages({ en, zh });
  const { import: id = '' } = useParams({ strict: false });
  const answer = useQuery({
    ...api.imports.get.queryOptions({ input: { import: id } }),
    refetchInterval: ({ state }) =>
      state.data && (working.includes(state.data.state) || state.data.progress.phase === 'removing') ? 700 : false,
  });
  const crumbs = [{ label: words.title, to: '/imports' }];
  return (
    <Page title={answer.data?.fileName ?? words.title} crumbs={crumbs} actions={answer.data ? <Acts view={answer.data} /> : null}>
      <Answer of={answer} what={words.reading}>
        {(view) => (
          <>
            {view.problem ? <Notice tone="bad">{view.problem.message}</Notice> : null}
            <Stage view={view} />
          </>
        )}
      </Answer>
    </Page>
  );
}

/** Leaving an import, or taking it back. */
function Acts({ view }: { view: ImportView }) {
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  const confirm = useConfirm();
  const queries = useQueryClient();
  const done = (after: ImportView) => {
    queries.setQueryData(api.imports.get.queryKey({ input: { import: view.id } }), after);
    void queries.invalidateQueries();
  };
  const undo = useMutation(
    api.imports.undo.mutationOptions({ onSuccess: (after) => (done(after), toast({ text: words.undone })), onError: toastFailure }),
  );
  const cancel = useMutation(api.imports.cancel.mutationOptions({ onSuccess: done, onError: toastFailure }));
  if (!mayEdit) return null;
  if (view.state === 'committed') {
    const ask = async () =>
      (await confirm({ title: words.undoTitle, text: words.undoText, action: words.undo, danger: true })) &&
      undo.mutate({ import: view.id });
    return (
      <Button onClick={() => void ask()} pending={undo.isPending}>
        {words.undo}
      </Button>
    );
  }
  if (['undone', 'cancelled', 'failed'].includes(view.state)) return null;
  const ask = async () =>
    (await confirm({ title: words.cancelTitle, text: words.cancelText, action: words.cancel, danger: true })) &&
    cancel.mutate({ import: view.id });
  return (
    <Button onClick={() => void ask()} pending={cancel.isPending}>
      {words.cancel}
    </Button>
  );
}

function Stage({ view }: { view: ImportView }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { progress, state } = view;
  if (progress.phase === 'removing') return <Progress label={words.removing} />;
  if (working.includes(state)) {
    const share = progress.of ? (progress.rows ?? 0) / progress.of : null;
    const rows = format.number(progress.rows ?? 0);
    const label =
      state === 'uploading'
        ? words.readingRows
        : state === 'checking'
          ? words.checking(format.number(view.file?.rows))
          : words.writing(rows);
    return <Progress label={label} share={share} />;
  }
  if (state === 'mapping') return <MappingEditor key={view.id} view={view} />;
  if (state === 'checked') return <DryRun view={view} />;
  return <Ended view={view} />;
}

function Ended({ view }: { view: ImportView }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const heads: Partial<Record<ImportState, string>> = {
    committed: words.doneHead(format.number(sumOf(view.report, 'new')), format.number(sumOf(view.report, 'changed'))),
    undone: words.undoneHead,
    cancelled: words.cancelledHead,
    failed: words.failedHead,
  };
  return (
    <>
      <PageHead verdict={heads[view.state]} />
      <div className="actions">
        {view.state === 'committed' ? (
          <ButtonLink kind="primary" to="/launches/new">
            {words.toLaunch}
          </ButtonLink>
        ) : null}
        <ButtonLink icon={FileUp} to="/imports/new">
          {words.again}
        </ButtonLink>
        <ButtonLink to="/imports">{words.toImports}</ButtonLink>
      </div>
      {view.state === 'committed' ? <DryRun view={view} ended /> : null}
    </>
  );
}
