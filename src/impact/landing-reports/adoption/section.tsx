import { adoptionTitle, ruleOf, shareInWords } from '../findings.ts';
import { type FigureAsked, type LandingReport, leadingGoal, type UnitAdoption } from '../schema.ts';
import { Opens, Part, useView } from '../view.tsx';

/** The unit that the goal counts; accounts where there is no goal. */
export const unitShown = (report: Pick<LandingReport, 'goals'>): 'account' | 'person' => leadingGoal(report)?.unit ?? 'account';

export function AdoptionCurve() {
  const view = useView();
  const { report, words, format, chart } = view;
  const unit = unitShown(report);
  const adoption = report.adoption[unit];
  const { feature } = report;
  const rule = feature ? ruleOf(view).ruleWords(feature.rule) : '';
  const goal = leadingGoal(report);
  const help = goal?.reason ? words.help[goal.reason] : feature ? '' : words.help.no_feature;
  return (
    <Part
      title={adoptionTitle(view, adoption)}
      subtitle={feature ? words.adoption.subtitle(unit, format.number(adoption.eligible), rule) : null}
    >
      {adoption.curve.length > 1 ? (
        <>
          {chart}
          <CurveTable adoption={adoption} />
        </>
      ) : (
        <p className="state line">{help || words.help.no_events}</p>
      )}
    </Part>
  );
}

/** The chart as figures, every tenth day and the last. */
function CurveTable({ adoption }: { adoption: UnitAdoption }) {
  const { words, format } = useView();
  const points = adoption.curve.filter(({ day }, index) => day % 10 === 0 || index === adoption.curve.length - 1);
  return (
    <details className="asTable">
      <summary className="meta">{words.adoption.asTable}</summary>
      <table className="t compact">
        <thead>
          <tr>
            {[words.adoption.dayHead, words.adoption.adopted, words.adoption.shareHead].map((head, index) => (
              <th key={head} scope="col" className={index === 0 ? undefined : 'r'}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map(({ day, count, share, low, high }) => (
            <tr key={day}>
              <td>{format.number(day)}</td>
              <td className="r">{format.number(count)}</td>
              <td className="r">{format.interval(format.share(share), format.share(low), format.share(high))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

type CellsProps = { figure: 'adoption_account' | 'adoption_person'; adoption: UnitAdoption };

function UnitLine({ figure, adoption }: CellsProps) {
  const { report, words, format } = useView();
  const asked = (more: Partial<FigureAsked>): FigureAsked => ({ figure, ...more });
  return (
    <tr>
      <td className="name">{words.adoption.unit[figure === 'adoption_account' ? 'account' : 'person']}</td>
      <td className="r" data-label={words.adoption.eligible}>
        <Opens asked={asked({})}>{format.number(adoption.eligible)}</Opens>
      </td>
      <td className="r" data-label={words.adoption.used}>
        <Opens asked={asked({ use: 'some' })}>{format.number(adoption.users)}</Opens>
      </td>
      {adoption.marks.map((mark) => (
        <td key={mark.day} className="r" data-label={words.adoption.at(mark.day)}>
          {mark.state === 'not_yet' ? (
            <span className="ink3">{report.feature ? words.few.not_yet : '–'}</span>
          ) : (
            <Opens asked={asked({ adoptedBy: mark.day })}>
              {mark.state === 'measured' ? format.share(mark.share) : shareInWords({ words, format }, mark)}
            </Opens>
          )}
          {mark.state === 'measured' ? (
            <span className="meta">
              {format.range(format.number(mark.low! * 100, { digits: 1 }), format.number(mark.high! * 100, { digits: 1 }))}
            </span>
          ) : null}
        </td>
      ))}
    </tr>
  );
}

export function Units() {
  const { report, words } = useView();
  return (
    <Part title={words.adoption.unitsTitle} subtitle={words.adoption.unitsSubtitle}>
      <div className="scroll">
        <table className="t stacks">
          <thead>
            <tr>
              <th scope="col">
                <span className="vh">{words.adoption.unitsTitle}</span>
              </th>
              <th scope="col" className="r">
                {words.adoption.eligible}
              </th>
              <th scope="col" className="r">
                {words.adoption.used}
              </th>
              {report.adoption.account.marks.map(({ day }) => (
                <th key={day} scope="col" className="r">
                  {words.adoption.at(day)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <UnitLine figure="adoption_account" adoption={report.adoption.account} />
            <UnitLine figure="adoption_person" adoption={report.adoption.person} />
          </tbody>
        </table>
      </div>
    </Part>
  );
}

export function Base() {
  const view = useView();
  const { report, words, format } = view;
  const { accounts, undated, outside } = report.base;
  const base = report.feature ? ruleOf(view).baseWords(report.feature.base) : [];
  const all = accounts.reduce((sum, row) => sum + row.accounts, 0);
  return (
    <Part
      title={words.adoption.baseTitle(format.number(report.adoption.account.eligible), format.number(all))}
      subtitle={words.adoption.baseSubtitle(base)}
    >
      <dl className="counts">
        {accounts.map(({ standing, accounts: count }) => (
          <div key={standing}>
            <dt>{words.adoption.standing[standing]}</dt>
            <dd>
              <Opens asked={{ figure: 'accounts', standing }}>{format.number(count)}</Opens>
            </dd>
          </div>
        ))}
      </dl>
      {undated > 0 ? <p className="meta after">{words.adoption.undated(format.number(undated))}</p> : null}
      {outside.uses > 0 ? (
        <p className="meta after">
          {words.adoption.outside(
            format.number(outside.uses),
            format.number(outside.accounts),
            outside.withoutAccount > 0 ? format.number(outside.withoutAccount) : null,
          )}
        </p>
      ) : null}
    </Part>
  );
}
