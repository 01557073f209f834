import { StateMark } from '../../../web/kit/marks.tsx';
import { Leads, Part, Rich, useView } from '../view.tsx';
import { type LiftLine, liftLines, liftTitle } from './notes.ts';

function Comparison({ line: { goal, question }, comparison }: LiftLine) {
  const { words } = useView();
  if (question)
    return (
      <Leads to="/lifts" search={{ q: JSON.stringify(question.asked), kept: question.id }}>
        {comparison}
      </Leads>
    );
  return (
    <>
      {comparison}
      <span className="meta onscreen">
        <Leads to="/lifts/new" search={{ q: JSON.stringify({ goal: goal.id }) }}>
          {words.lift.ask}
        </Leads>
      </span>
    </>
  );
}

/** What the launch changed against what would have happened anyway, goal by goal, or why that cannot be told. */
export function LiftPart() {
  const view = useView();
  const { words, format, report } = view;
  const { head, subtitle, more } = words.lift;
  const lines = liftLines(view);
  if (lines.length === 0) return null;
  return (
    <Part title={liftTitle(view, lines)} subtitle={subtitle}>
      <div className="scroll">
        <table className="t stacks lifts">
          <thead>
            <tr>
              {[head.goal, head.comparison, head.effect, head.units, head.verdict, head.said].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((one) => (
              <tr key={one.key}>
                <td className="name">{one.line.goal.name}</td>
                <td data-label={head.comparison}>
                  <Comparison {...one} />
                </td>
                <td data-label={head.effect}>{one.effect}</td>
                <td data-label={head.units}>{one.units}</td>
                <td data-label={head.verdict}>
                  <StateMark state={one.state}>{one.verdict}</StateMark>
                </td>
                <td data-label={head.said} className="said">
                  <Rich text={one.text} />
                  {one.failed.map((text) => (
                    <span key={text} className="meta warn">
                      {text}
                    </span>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {report.lifts.inAll > lines.length ? (
        <p className="meta after">{more(format.number(lines.length), format.number(report.lifts.inAll))}</p>
      ) : null}
    </Part>
  );
}
