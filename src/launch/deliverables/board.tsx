import { Owner } from '../charters/owner.tsx';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useMessages } from '../../web/kit/locale.tsx';
import { Due, SignMarks } from './marks.tsx';
import { en, zh } from './messages.ts';
import { type Deliverable, type Status, statuses } from './schema.ts';

type BoardProps = {
  rows: Deliverable[];
  mayEdit: boolean;
  onOpen: (one: Deliverable) => void;
  onStatus: (one: Deliverable, status: Status) => void;
};

/** Columns by status. A card is dragged, or moved with Shift and the arrow keys. */
export function Board({ rows, mayEdit, onOpen, onStatus }: BoardProps) {
  const words = useMessages({ en, zh });
  const byStatus = (status: Status) =>
    rows.filter((one) => one.status === status).toSorted((one, other) => one.dueOn.localeCompare(other.dueOn));
  return (
    <>
      {mayEdit ? (
        <p className="meta" id="board-hint">
          {words.boardHint}
        </p>
      ) : null}
      <div className="board">
        {statuses.map((status) => (
          <Column key={status} status={status} rows={byStatus(status)} onDropped={(one) => onStatus(one, status)} mayEdit={mayEdit}>
            {(one) => <Card key={one.id} one={one} mayEdit={mayEdit} onOpen={onOpen} onStatus={onStatus} />}
          </Column>
        ))}
      </div>
    </>
  );
}

type ColumnProps = {
  status: Status;
  rows: Deliverable[];
  mayEdit: boolean;
  onDropped: (one: Deliverable) => void;
  children: (one: Deliverable) => React.ReactNode;
};

const mostCards = 60;

function Column({ status, rows, mayEdit, onDropped, children }: ColumnProps) {
  const words = useMessages({ en, zh });
  const column = useRef<HTMLElement>(null);
  const [isOver, setOver] = useState(false);
  const [most, setMost] = useState(mostCards);
  const latest = useRef(onDropped);
  useEffect(() => {
    latest.current = onDropped;
  });
  useEffect(() => {
    if (!column.current || !mayEdit) return undefined;
    return dropTargetForElements({
      element: column.current,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false);
        latest.current(source.data.deliverable as Deliverable);
      },
    });
  }, [mayEdit]);
  return (
    <section
      ref={column}
      className={isOver ? 'over' : undefined}
      data-status={status}
      aria-label={words.boardColumn(words.statuses[status], rows.length)}
    >
      <h2>
        {words.statuses[status]} <span className="ink3">{rows.length}</span>
      </h2>
      <div className="cards">{rows.slice(0, most).map(children)}</div>
      {rows.length > most ? (
        <button type="button" className="link" onClick={() => setMost(rows.length)}>
          {words.more}
        </button>
      ) : null}
    </section>
  );
}

type CardProps = Omit<BoardProps, 'rows'> & { one: Deliverable };

/** The card that is moved keeps the focus: it comes up again in another column. */
const focusAgain = (id: string) => requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-card="${id}"]`)?.focus());

function Card({ one, mayEdit, onOpen, onStatus }: CardProps) {
  const card = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!card.current || !mayEdit) return undefined;
    return draggable({ element: card.current, getInitialData: () => ({ deliverable: one }) });
  }, [one, mayEdit]);
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (!mayEdit || !event.shiftKey || step === 0) return;
    event.preventDefault();
    const next = statuses[statuses.indexOf(one.status) + step];
    if (!next) return;
    onStatus(one, next);
    focusAgain(one.id);
  };
  return (
    <button
      ref={card}
      type="button"
      className="card"
      data-row
      data-card={one.id}
      aria-describedby={mayEdit ? 'board-hint' : undefined}
      onClick={() => onOpen(one)}
      onKeyDown={press}
    >
      <span className="strong">{one.name}</span>
      <span className="meta row">
        <Due of={one} />
        <Owner owner={one.owner} />
      </span>
      {one.signOffs.length > 0 ? <SignMarks signs={one.signOffs} /> : null}
    </button>
  );
}
