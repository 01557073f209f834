import { Part, useView } from '../view.tsx';
import { restLines } from './notes.ts';

/** The definitions, filters and imports that the figures come from. */
export function Rests() {
  const view = useView();
  const said = view.words.rests;
  const heads = restLines(view);
  if (heads.length === 0) return null;
  return (
    <Part title={said.title} subtitle={said.subtitle}>
      <dl className="rests">
        {heads.map(({ head, lines }) => (
          <div key={head}>
            <dt className="med">{head}</dt>
            {lines.map((line) => (
              <dd key={line}>{line}</dd>
            ))}
          </div>
        ))}
      </dl>
    </Part>
  );
}
