import { useRef, useState } from 'react';
import { GripVertical, Plus, X } from 'lucide-react';
import { Button, Icon } from '../controls.tsx';
import { useFormat } from '../format-context.tsx';
import { EventPicker } from './event-picker.tsx';
import type { Suggest } from './filter-editor.tsx';
import { PropertyFilters } from './property-filters.tsx';
import { emptyStep, moved, type EventChoice, type PropertyChoice, type Step } from './values.ts';
import { useQuestionWords } from './words.ts';

type StepListProps = {
  value: Step[];
  onChange: (value: Step[]) => void;
  events: EventChoice[];
  /** The properties that an event has; null is any event. */
  properties: (event: string | null) => PropertyChoice[];
  suggest?: (event: string | null) => Suggest;
  fewest?: number;
  most?: number;
  any?: boolean;
  /** Takes names of events that were not received yet. */
  free?: boolean;
};

/** Steps in order: each an event and its filters. Dragged by the handle, or moved with the arrow keys on it. */
export function StepList({ value, onChange, fewest = 1, most = 10, ...rest }: StepListProps) {
  const words = useQuestionWords();
  const format = useFormat();
  const list = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState('');
  const [drag, setDrag] = useState<{ from: number; over: number } | null>(null);
  const nameOf = (index: number) => value[index]?.event || words.step(format.number(index + 1));
  const move = (from: number, to: number) => {
    if (to < 0 || to >= value.length || from === to) return;
    onChange(moved(value, from, to));
    setSaid(words.movedStep(nameOf(from), format.number(to + 1), format.number(value.length)));
    // The handle goes with its step.
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>('.step-handle')[to]?.focus());
  };
  const remove = (index: number) => {
    onChange(value.toSpliced(index, 1));
    setSaid(words.removedStep(nameOf(index)));
  };
  return (
    <div className="steps">
      <ol ref={list} aria-label={words.steps}>
        {value.map((step, index) => (
          <StepRow
            key={index}
            {...rest}
            step={step}
            index={index}
            mayMove={value.length > 1}
            mayRemove={value.length > fewest}
            isOver={drag !== null && drag.over === index && drag.from !== index ? (drag.from > index ? 'before' : 'after') : null}
            onChange={(next) => onChange(value.with(index, next))}
            onMove={(by) => move(index, index + by)}
            onRemove={() => remove(index)}
            onDrag={(over) => setDrag(over === null ? null : { from: drag?.from ?? index, over })}
            onDrop={() => {
              if (drag) move(drag.from, drag.over);
              setDrag(null);
            }}
            isDragging={drag !== null}
          />
        ))}
        {value.length < most ? (
          <li className="step add">
            <Button kind="quiet" size="small" icon={Plus} onClick={() => onChange([...value, emptyStep()])}>
              {words.addStep}
            </Button>
          </li>
        ) : most > 1 ? (
          <li className="step add">
            <span className="meta">{words.mostSteps(format.number(most))}</span>
          </li>
        ) : null}
      </ol>
      <output className="vh" aria-live="polite">
        {said}
      </output>
    </div>
  );
}

type RowProps = Pick<StepListProps, 'events' | 'properties' | 'suggest' | 'any' | 'free'> & {
  step: Step;
  index: number;
  mayMove: boolean;
  mayRemove: boolean;
  isOver: 'before' | 'after' | null;
  isDragging: boolean;
  onChange: (step: Step) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
  onDrag: (over: number | null) => void;
  onDrop: () => void;
};

function StepRow({ step, index, events, properties, suggest, any, free, ...row }: RowProps) {
  const words = useQuestionWords();
  const format = useFormat();
  const place = format.number(index + 1);
  return (
    // Where a dragged step is dropped; the handle moves it with the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      className="step"
      data-over={row.isOver ?? undefined}
      onDragOver={(event) => {
        if (!row.isDragging) return;
        event.preventDefault();
        row.onDrag(index);
      }}
      onDrop={(event) => {
        event.preventDefault();
        row.onDrop();
      }}
    >
      {row.mayMove ? <Handle place={place} {...row} index={index} /> : <span className="step-handle num">{place}</span>}
      <EventPicker
        label={words.step(place)}
        value={step.event}
        onChange={(event) => row.onChange({ ...step, event, filters: event === step.event ? step.filters : [] })}
        events={events}
        any={any}
        free={free}
      />
      <PropertyFilters
        value={step.filters}
        onChange={(filters) => row.onChange({ ...step, filters })}
        properties={properties(step.event)}
        suggest={suggest?.(step.event)}
        label={words.step(place)}
        brief
      />
      {row.mayRemove ? (
        <button type="button" className="step-remove" aria-label={words.removeStep(place)} onClick={row.onRemove}>
          <Icon of={X} size={14} />
        </button>
      ) : null}
    </li>
  );
}

const backwards = ['ArrowUp', 'ArrowLeft'];
const forwards = ['ArrowDown', 'ArrowRight'];

function Handle({ place, index, onMove, onDrag }: Pick<RowProps, 'index' | 'onMove' | 'onDrag'> & { place: string }) {
  const words = useQuestionWords();
  return (
    <button
      type="button"
      className="step-handle"
      draggable
      aria-label={words.moveStep(place)}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', place);
        const row = event.currentTarget.closest('li');
        if (row) event.dataTransfer.setDragImage(row, 12, 14);
        onDrag(index);
      }}
      onDragEnd={() => onDrag(null)}
      onKeyDown={(event) => {
        const by = backwards.includes(event.key) ? -1 : forwards.includes(event.key) ? 1 : null;
        if (by === null) return;
        event.preventDefault();
        onMove(by);
      }}
    >
      <span className="num">{place}</span>
      <Icon of={GripVertical} size={14} />
    </button>
  );
}
