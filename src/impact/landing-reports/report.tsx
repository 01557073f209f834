import { AdoptionCurve, Base, Units } from './adoption/section.tsx';
import { Goals } from './adoption/goals.tsx';
import { newerSentence, verdictSentence } from './findings.ts';
import { Compare } from './funnel/compare.tsx';
import { Origins } from './funnel/origins.tsx';
import { Funnel } from './funnel/section.tsx';
import { Segments } from './funnel/segments.tsx';
import { LiftPart } from './lift/section.tsx';
import { Registered } from './goals/section.tsx';
import { reportStyle } from './style.ts';
import { Rich, useView, type View, ViewProvider } from './view.tsx';
import { PipelinePart } from './pipeline/section.tsx';
import { Rests } from './rests/section.tsx';
import { Said } from './said/section.tsx';
import { Work } from './work/section.tsx';

function Head() {
  const view = useView();
  const { report, words, format, onOpen } = view;
  const { launch, dataTo } = report;
  const newer = newerSentence(view);
  const newest = [dataTo.events, dataTo.deals]
    .filter((day) => day !== null)
    .toSorted()
    .at(-1);
  return (
    <div className="head">
      <div className="say">
        <div className="eyebrow">
          {words.eyebrow(launch.name)}
          <span className="tag">{words.tier(launch.tier)}</span>
          <span className="tag">
            {words.stage[launch.stage] ?? launch.stage}
            {report.dayReached > 0 ? `, ${words.dayOf(report.dayReached, report.horizonDays)}` : ''}
          </span>
        </div>
        <h1 className="verdict">
          <Rich text={verdictSentence(view)} />
        </h1>
        {newer ? <p className="meta warn">{newer}</p> : null}
        <p className="meta">
          {newest ? words.dataTo(format.date(newest, { year: true })) : words.noData}
          {onOpen ? <span className="onscreen"> · {words.everyNumber}</span> : null}
        </p>
      </div>
      <div className="aside">
        <Goals />
      </div>
    </div>
  );
}

function Foot() {
  const { report, words, format } = useView();
  return (
    <footer className="foot meta">
      <b className="med">{words.foot.title}</b> {words.foot.methods} {words.foot.revenue}{' '}
      {words.foot.definition(report.definition.launch, report.definition.feature)}{' '}
      {words.foot.made(format.dateTime(report.madeAt), report.timeZone)}
    </footer>
  );
}

/** The landing report: the same in the page, in the document and on paper. */
export function Report({ view, nonce }: { view: View; nonce?: string }) {
  return (
    <ViewProvider view={view}>
      <style nonce={nonce}>{reportStyle}</style>
      <article className="report">
        <Head />
        <div className="cols curve ruled">
          <AdoptionCurve />
          <div>
            <Units />
            <Base />
          </div>
        </div>
        <Funnel />
        <Origins />
        <Segments />
        <Compare />
        <LiftPart />
        <PipelinePart />
        <Registered />
        <Work />
        <Said />
        <Rests />
        <Foot />
      </article>
    </ViewProvider>
  );
}
