import { StateMark } from '../../../web/kit/marks.tsx';
import { registration } from '../findings.ts';
import { notesOf } from '../goals/notes.ts';
import { type Goal, leadingGoal } from '../schema.ts';
import { domainOf, Strip } from '../strip.tsx';
import { Opens, useView, type View } from '../view.tsx';

function Result({ goal }: { goal: Goal }) {
  const { report, words, format } = useView();
  const { result } = goal;
  if (result.state === 'not_yet') return <span className="ink3">{report.feature ? words.few.not_yet : '–'}</span>;
  const said =
    result.state === 'measured' ? (
      <b className="strong">{format.share(result.share)}</b>
    ) : (
      words.few.of(format.number(result.count), format.number(result.of))
    );
  // Only the rows behind the curve can be opened.
  if (!goal.leading) return said;
  const asked = { figure: goal.unit === 'account' ? ('adoption_account' as const) : ('adoption_person' as const), adoptedBy: goal.day };
  return <Opens asked={asked}>{said}</Opens>;
}

/** Why it cannot be told; where the interval holds the target, the strip shows that and the count says what would help. */
const why = ({ reason, needed }: Goal, { goals }: View['words'], format: View['format']): string => {
  const parts = [
    reason && !(needed && reason === 'interval_holds_target') ? goals.reason[reason] : '',
    needed ? goals.needed(format.number(needed)) : '',
  ];
  return parts.filter(Boolean).join('; ');
};

function Reading({ goal }: { goal: Goal }) {
  const { words, format } = useView();
  const state = goal.verdict === 'cannot_tell' && goal.reason === 'not_yet' ? 'not_yet' : goal.verdict;
  return (
    <>
      <StateMark state={state}>{state === 'not_yet' ? words.few.not_yet : words.goals.verdict[goal.verdict]}</StateMark>
      {goal.reason && goal.reason !== 'not_yet' ? <span className="meta why">{why(goal, words, format)}</span> : null}
    </>
  );
}

function Line({ goal, domain }: { goal: Goal; domain: number }) {
  const { words, format } = useView();
  return (
    <tr>
      <td className="name">{words.goals.name(goal)}</td>
      <td data-label={words.goals.against}>
        <Strip share={goal.result} domain={domain} target={goal.target} />
      </td>
      <td className="r" data-label={words.goals.result}>
        <Result goal={goal} />
      </td>
      <td className="r ink3" data-label={words.goals.target}>
        {format.share(goal.target, { digits: 0 })}
      </td>
      <td data-label={words.goals.readingHead}>
        <Reading goal={goal} />
      </td>
    </tr>
  );
}

/** What must be known beside the verdicts: late, amended, withdrawn. That the leading goal is late stands over the table. */
function Remarks() {
  const view = useView();
  const { report, words, format } = view;
  const leading = leadingGoal(report);
  const late = report.registeredGoals.filter(({ id, registered }) => registered.late && id !== leading?.id).map(({ name }) => name);
  const alone = report.registeredGoals.length === 1;
  const remarks = report.registeredGoals.flatMap((goal) =>
    notesOf(view, goal)
      .filter(({ key, tone }) => tone === 'warn' && key !== 'late')
      .map(({ key, text }) => ({ key: `${goal.id} ${key}`, text: alone ? text : `${goal.name}: ${text}` })),
  );
  const lines = [...(late.length > 0 ? [{ key: 'late', text: words.registeredGoals.lateOnes(format.list(late)) }] : []), ...remarks];
  if (lines.length === 0) return null;
  return (
    <ul className="notes meta">
      {lines.map(({ key, text }) => (
        <li key={key} className="warn">
          {text}
        </li>
      ))}
    </ul>
  );
}

/** The goals that were fixed before, each against its coast at the same place of one scale. */
export function Goals() {
  const view = useView();
  const { report, words, format } = view;
  const when = registration(view);
  if (report.goals.length === 0)
    return <p className="meta">{report.drafts > 0 ? words.goals.drafts(format.number(report.drafts)) : words.goals.none}</p>;
  const domain = domainOf(
    report.goals.map(({ result }) => result),
    report.goals.map(({ target }) => target),
  );
  return (
    <div>
      <h2 className="h2">{when ? words.goals.locked(when.day, when.distance) : words.goals.title}</h2>
      <table className="t stacks compact goals">
        <thead>
          <tr>
            <th scope="col">{words.goals.goal}</th>
            <th scope="col">{words.goals.against}</th>
            <th scope="col" className="r">
              {words.goals.result}
            </th>
            <th scope="col" className="r">
              {words.goals.target}
            </th>
            <th scope="col">{words.goals.readingHead}</th>
          </tr>
        </thead>
        <tbody>
          {report.goals.map((goal) => (
            <Line key={`${goal.id} ${goal.day}`} goal={goal} domain={domain} />
          ))}
        </tbody>
      </table>
      <Remarks />
    </div>
  );
}
