import { useState } from 'react';
import { Select, TextInput } from '@mantine/core';
import { CalendarClock, Plus } from 'lucide-react';
import { client } from '../../web/kit/client.ts';
import { CsvButton } from '../../web/kit/csv-button.tsx';
import { useAddress } from '../../web/kit/address.ts';
import { Button, Segmented } from '../../web/kit/controls.tsx';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { PageHead } from '../../web/kit/page.tsx';
import { useMayEdit, useSession } from '../../web/kit/session.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { Answer, EmptyState, NoMatch } from '../../web/kit/states.tsx';
import { TemplateDialog } from '../templates/apply-dialog.tsx';
import { LaunchFrame } from '../launches/frame.tsx';
import type { Launch } from '../launches/schema.ts';
import { Board } from './board.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { DropDialog } from './drop-dialog.tsx';
import { Editor } from './editor.tsx';
import { ImportTasks } from './exchange.tsx';
import { isLate } from './marks.tsx';
import { en, zh } from './messages.ts';
import { MoveDialog } from './move-dialog.tsx';
import { type Deliverable, isOpen, type Status, statuses } from './schema.ts';
import { useSelection } from './selection.tsx';
import { TableView } from './table-view.tsx';
import { Timeline } from './timeline.tsx';
import { type Change, useChangeMany, useDeliverables } from './use-deliverables.tsx';

const views = ['table', 'board', 'timeline'] as const;
type View = (typeof views)[number];

/** The bill of materials of a launch: a table, a board and a timeline of the same. */
export function DeliverablesPage() {
  const words = useMessages({ en, zh });
  const { role } = useSession();
  const mayEdit = useMayEdit();
  const [moving, setMoving] = useState(false);
  const [applying, setApplying] = useState(false);
  const [open, setOpen] = useAddress('open');
  useKeys({ c: () => mayEdit && setOpen('new') });
  return (
    <LaunchFrame
      tab="deliverables"
      actions={() =>
        mayEdit ? (
          <>
            {role === 'owner' || role === 'pmm' ? (
              <Button icon={CalendarClock} onClick={() => setMoving(true)}>
                {words.move}
              </Button>
            ) : null}
            <Button onClick={() => setApplying(true)}>{words.fromTemplate}</Button>
            <Button icon={Plus} keys="C" onClick={() => setOpen('new')}>
              {words.add}
            </Button>
          </>
        ) : null
      }
    >
      {(launch) => (
        <>
          <Deliverables launch={launch} open={open} setOpen={setOpen} onTemplate={() => setApplying(true)} />
          {applying ? <TemplateDialog launch={launch} open onClose={() => setApplying(false)} /> : null}
          {moving ? <MoveDialog launch={launch} onClose={() => setMoving(false)} /> : null}
        </>
      )}
    </LaunchFrame>
  );
}

type Opening = { open: string | undefined; setOpen: (id: string | undefined) => void; onTemplate: () => void };

function Deliverables({ launch, open, setOpen, onTemplate }: Opening & { launch: Launch }) {
  const words = useMessages({ en, zh });
  const answer = useDeliverables(launch.key);
  return (
    <Answer of={answer} what={words.reading}>
      {({ deliverables: all }) => {
        const one = all.find(({ id }) => id === open) ?? null;
        return (
          <>
            <Head all={all} />
            {all.length === 0 ? (
              <Empty launch={launch} onAdd={() => setOpen('new')} onTemplate={onTemplate} />
            ) : (
              <Views launch={launch} all={all} onOpen={({ id }) => setOpen(id)} />
            )}
            {one || open === 'new' ? <Editor key={open} launch={launch} one={one} all={all} onClose={() => setOpen(undefined)} /> : null}
          </>
        );
      }}
    </Answer>
  );
}

function Head({ all }: { all: Deliverable[] }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const today = useToday();
  const { role } = useSession();
  const open = all.filter(isOpen);
  const late = open.filter((one) => isLate(one, today)).length;
  const unsigned = all.filter(({ required, isSigned, status }) => required && !isSigned && status !== 'dropped').length;
  if (all.length === 0) return <PageHead title={words.title} />;
  const text =
    open.length === 0 ? words.headDone(format.number(all.length)) : words.head(format.number(open.length), late, format.number(all.length));
  return (
    <PageHead
      verdict={<Starred text={text} />}
      note={role === 'sales' ? words.salesNote : unsigned > 0 ? words.headUnsigned(unsigned) : undefined}
    />
  );
}

function Empty({ launch, onAdd, onTemplate }: { launch: Launch; onAdd: () => void; onTemplate: () => void }) {
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  if (!mayEdit) return <EmptyState>{words.emptySales}</EmptyState>;
  return (
    <EmptyState
      actions={
        <>
          <Button kind="primary" onClick={onTemplate}>
            {words.fromTemplate}
          </Button>
          <Button onClick={onAdd}>{words.add}</Button>
          <ImportTasks launch={launch.key} />
        </>
      }
    >
      {words.empty}
    </EmptyState>
  );
}

/** What is asked for, kept in the address. */
function useFilter() {
  const [text, setText] = useAddress('find');
  const [status, setStatus] = useAddress('status');
  const [owner, setOwner] = useAddress('owner');
  const today = useToday();
  const wanted = (text ?? '').trim().toLowerCase();
  const fitsStatus = (one: Deliverable) =>
    !status || (status === 'open' ? isOpen(one) : status === 'late' ? isLate(one, today) : one.status === status);
  const fitsOwner = ({ owner: who }: Deliverable) => !owner || (owner === 'nobody' ? who === null : who?.id === owner);
  const fits = (one: Deliverable) =>
    fitsStatus(one) &&
    fitsOwner(one) &&
    (wanted === '' || `${one.name} ${one.audience} ${one.owner?.name ?? ''}`.toLowerCase().includes(wanted));
  const clear = () => {
    setText(undefined);
    setStatus(undefined);
    setOwner(undefined);
  };
  return { text, setText, status, setStatus, owner, setOwner, fits, clear, count: [wanted, status, owner].filter(Boolean).length };
}
type Filter = ReturnType<typeof useFilter>;

function Filters({ filter, all, view, setView }: { filter: Filter; all: Deliverable[]; view: View; setView: (view: View) => void }) {
  const words = useMessages({ en, zh });
  const owners = new Map(all.flatMap(({ owner }) => (owner ? [[owner.id, owner.name] as const] : [])));
  return (
    <div className="filters">
      <Segmented
        label={words.views.label}
        name="view"
        value={view}
        choices={views.map((value) => ({ value, label: words.views[value] }))}
        onChange={setView}
      />
      <TextInput
        type="search"
        aria-label={words.filter}
        placeholder={words.filter}
        data-filter
        value={filter.text ?? ''}
        onChange={(event) => filter.setText(event.currentTarget.value)}
      />
      <Select
        aria-label={words.filterStatus}
        placeholder={words.everyStatus}
        data={[
          { value: 'open', label: words.notDone },
          { value: 'late', label: words.late },
          ...statuses.map((value) => ({ value, label: words.statuses[value] })),
        ]}
        value={filter.status ?? null}
        onChange={(value) => filter.setStatus(value ?? undefined)}
        clearable
      />
      <Select
        aria-label={words.filterOwner}
        placeholder={words.everyOwner}
        data={[{ value: 'nobody', label: words.nobody }, ...[...owners].map(([value, label]) => ({ value, label: label || '–' }))]}
        value={filter.owner ?? null}
        onChange={(value) => filter.setOwner(value ?? undefined)}
        clearable
        searchable
      />
    </div>
  );
}

function Views({ launch, all, onOpen }: { launch: Launch; all: Deliverable[]; onOpen: (one: Deliverable) => void }) {
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  const filter = useFilter();
  const [asked, setAsked] = useAddress('view');
  const view = views.find((each) => each === asked) ?? 'table';
  const selection = useSelection();
  const [dropping, setDropping] = useState<Deliverable[]>([]);
  const change = useChangeMany(launch.key);
  const act = (changes: Change[], said: string) => change.mutate({ changes, said });
  const setStatus = (one: Deliverable, status: Status) => {
    if (status === one.status) return;
    if (status === 'dropped') setDropping([one]);
    else act([{ one, set: { status } }], words.statusSet(one.name, words.statuses[status]));
  };
  const rows = all.filter(filter.fits);
  return (
    <>
      <Filters filter={filter} all={all} view={view} setView={(next) => setAsked(next === 'table' ? undefined : next)} />
      {rows.length === 0 ? (
        <NoMatch noun={words.plural} filters={filter.count} onClear={filter.clear} />
      ) : view === 'board' ? (
        <Board rows={rows} mayEdit={mayEdit} onOpen={onOpen} onStatus={setStatus} />
      ) : view === 'timeline' ? (
        <Timeline rows={rows} marketDate={launch.marketDate} onOpen={onOpen} />
      ) : (
        <TableView rows={rows} selection={mayEdit ? selection : null} onOpen={onOpen} />
      )}
      <div className="row foot-actions">
        {mayEdit ? <ImportTasks launch={launch.key} /> : null}
        <CsvButton file={() => client.deliverables.export({ launch: launch.key })} />
      </div>
      <BulkBar chosen={all.filter(({ id }) => selection.has(id))} selection={selection} onChange={act} onDrop={setDropping} />
      {dropping.length > 0 ? (
        <DropDialog
          rows={dropping}
          onClose={() => setDropping([])}
          onDrop={(droppedReason) => {
            act(
              dropping.map((one) => ({ one, set: { status: 'dropped', droppedReason } })),
              words.changed(dropping.length),
            );
            setDropping([]);
          }}
        />
      ) : null}
    </>
  );
}
