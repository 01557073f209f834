import { useRef, useState } from 'react';
import { GripVertical, Plus, X } from 'lucide-react';
import { Button, Icon } from '../controls.tsx';
import { useFormat } from '../format-context.tsx';
import { type BehaviourChoices, BehaviourFields } from './behaviour-fields.tsx';
import { type Behaviour, emptyStep, moved } from './values.ts';
import { useQuestionWords } from './words.ts';

type StepListProps<One extends Behaviour> = BehaviourChoices & {
  value: One[];
  onChange: (value: One[]) => void;
  fewest?: number;
  most?: number;
  /** What the button that adds one says, where they are no steps. */
  add?: string;
};

/** Steps in order: each what was done. Dragged by the handle, or moved with the arrow keys on it. */
export function StepList<One extends Behaviour>({ value, onChange, fewest = 1, most = 10, add, ...rest }: StepListProps<One>) {
  const words = useQuestionWords();
  const format = useFormat();
  const list = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState('');
  const [drag, setDrag] = useState<{ from: number; over: number } | null>(null);
  const nameOf = (index: number) => {
    const one: Behaviour | undefined = value[index];
    const name = one?.kind === 'feature' ? rest.features?.find(({ id }) => id === one.feature)?.name : one?.event;
    return name || words.step(format.number(index + 1));
  };
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
            onChange={(next) => onChange(value.with(index, next as One))}
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
            <Button kind="quiet" size="small" icon={Plus} onClick={() => onChange([...value, emptyStep() as One])}>
              {add ?? words.addStep}
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

type RowProps = BehaviourChoices & {
  step: Behaviour;
  index: number;
  mayMove: boolean;
  mayRemove: boolean;
  isOver: 'before' | 'after' | null;
  isDragging: boolean;
  onChange: (step: Behaviour) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
  onDrag: (over: number | null) => void;
  onDrop: () => void;
};

function StepRow({ step, index, events, features, properties, suggest, any, free, ...row }: RowProps) {
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
      <BehaviourFields
        label={words.step(place)}
        value={step}
        onChange={row.onChange}
        {...{ events, features, properties, suggest, any, free }}
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
