import { useState, type ReactNode } from 'react';
import type { Box } from './axes.tsx';

type ReadingProps = {
  box: Box;
  width: number;
  height: number;
  /** Where each place lies, in pixels. */
  places: number[];
  /** The name of the control, and what it says at a place: the same as the box shows. */
  label: string;
  say: (place: number) => string;
  show: (place: number) => ReactNode;
  /** Marks at the place that is read. */
  marks?: (place: number) => ReactNode;
  onChoose?: (place: number, height: number) => void;
  children: ReactNode;
};

/**
 * A drawing that is read place by place: with the pointer, or with the arrow keys on a slider that lies over it
 * unseen and says each place.
 */
export function Reading({ box, width, height, places, label, say, show, marks, onChoose, children }: ReadingProps) {
  const [at, setAt] = useState<number | null>(null);
  const [chosen, setChosen] = useState(places.length - 1);
  const nearest = (pixel: number) =>
    places.reduce((best, place, index) => (Math.abs(place - pixel) < Math.abs(places[best]! - pixel) ? index : best), 0);
  const placeOf = (event: React.PointerEvent | React.MouseEvent) =>
    nearest(event.clientX - event.currentTarget.getBoundingClientRect().left);
  const last = Math.min(chosen, places.length - 1);
  const read = at === null ? null : Math.min(at, places.length - 1);
  const pixel = read === null ? 0 : places[read]!;
  return (
    // The slider inside does all of this with the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events
    <div
      className={onChoose ? 'reading open' : 'reading'}
      onPointerMove={(event) => setAt(placeOf(event))}
      onPointerLeave={() => setAt(null)}
      onClick={onChoose && ((event) => onChoose(placeOf(event), event.clientY - event.currentTarget.getBoundingClientRect().top))}
    >
      <svg className="chart" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {children}
        {read === null ? null : (
          <g data-outside-picture>
            <line className="reader" x1={pixel} x2={pixel} y1={box.top} y2={box.bottom} />
            {marks?.(read)}
          </g>
        )}
      </svg>
      <input
        type="range"
        min={0}
        max={Math.max(0, places.length - 1)}
        value={last}
        aria-label={label}
        aria-valuetext={places.length > 0 ? say(last) : undefined}
        onChange={({ currentTarget }) => {
          setChosen(Number(currentTarget.value));
          setAt(Number(currentTarget.value));
        }}
        onFocus={({ currentTarget }) => currentTarget.matches(':focus-visible') && setAt(last)}
        onBlur={() => setAt(null)}
      />
      {read === null ? null : (
        <div className="reading-box" data-outside-picture style={boxPlace(pixel, width)} aria-hidden="true">
          {show(read)}
        </div>
      )}
    </div>
  );
}

/** Beside the line, on the side with more room. */
const boxPlace = (pixel: number, width: number) => (pixel < width / 2 ? { left: pixel + 12 } : { right: width - pixel + 12 });
