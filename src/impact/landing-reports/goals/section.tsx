import { Part, useView } from '../view.tsx';
import { notesOf } from './notes.ts';

/** Each goal with the text that was registered, and what was changed since. */
export function Registered() {
  const view = useView();
  const { report, words } = view;
  const said = words.registeredGoals;
  if (report.registeredGoals.length === 0) return null;
  return (
    <Part title={said.title} subtitle={said.subtitle}>
      <ul className="registered">
        {report.registeredGoals.map((goal) => (
          <li key={goal.id}>
            <p>
              <b className="med">{goal.name}</b> <span className="tag line">{said.purposes[goal.purpose]}</span>{' '}
              <span className="ink2">{goal.metric === null ? said.unmeasured : goal.measured}</span>
            </p>
            {notesOf(view, goal).map(({ key, text, tone }) => (
              <p key={key} className={tone === 'warn' ? 'meta warn' : 'meta'}>
                {text}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </Part>
  );
}
