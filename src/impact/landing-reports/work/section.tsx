import { Part, useView } from '../view.tsx';
import { behindText, overrideText, usedText } from './notes.ts';

/** What was let be at gates, with its reason, and what of the bill of materials was late, dropped, or never shipped. */
export function Work() {
  const view = useView();
  const { report, words, format } = view;
  const { overrides, work } = report;
  const said = words.work;
  if (overrides.length === 0 && work.deliverables === 0) return null;
  return (
    <Part
      title={said.title(overrides.length, work.behind.length, work.uses.filter(({ lastOn }) => lastOn === null).length)}
      subtitle={
        work.deliverables > 0
          ? said.subtitle(format.number(work.shipped), format.number(work.deliverables), work.unmeasured)
          : said.onlyGates
      }
    >
      <ul className="registered">
        {overrides.map((one) => (
          <li key={`${one.stage} ${one.at} ${one.kind}`} className="warn">
            {overrideText(view, one)}
          </li>
        ))}
        {work.behind.map((one) => (
          <li key={one.id}>
            {behindText(view, one)} {one.required ? <span className="tag line">{said.required}</span> : null}
          </li>
        ))}
        {work.uses.map((one) => (
          <li key={`used ${one.id}`} className={one.lastOn === null ? 'warn' : undefined}>
            {usedText(view, one)}
          </li>
        ))}
      </ul>
    </Part>
  );
}
