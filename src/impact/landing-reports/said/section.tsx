import { Part, useView } from '../view.tsx';
import { announcementText, statementText } from './notes.ts';

/** What was said of the launch since its market date, and whether what it said itself was opened. */
export function Said() {
  const view = useView();
  const { report, words, format } = view;
  const { statements, inAll, announcements } = report.said;
  const unopened = announcements.filter(({ views, clicks }) => views + clicks === 0).length;
  if (inAll === 0 && announcements.length === 0) return null;
  return (
    <Part
      title={words.said.title(inAll, announcements.length, unopened)}
      subtitle={announcements.length > 0 ? words.said.subtitle : undefined}
    >
      <ul className="registered">
        {statements.map((one) => (
          <li key={one.id}>{statementText(view, one)}</li>
        ))}
        {announcements.map((one) => (
          <li key={one.id}>{announcementText(view, one)}</li>
        ))}
      </ul>
      {inAll > statements.length ? (
        <p className="meta after">{words.said.shown(format.number(statements.length), format.number(inAll))}</p>
      ) : null}
    </Part>
  );
}
