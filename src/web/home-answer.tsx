import { Link } from '@tanstack/react-router';
import type { LandingReport } from '../impact/landing-reports/schema.ts';
import type { Launch } from '../launch/launches/schema.ts';
import type { Measured } from './home.tsx';
import { chooseReport, headline, horizonGoal, writeTarget } from './home-verdict.ts';
import { useFormat } from './kit/format-context.tsx';
import { useMessages } from './kit/locale.tsx';
import { Columns, Facts, PageHead, Section } from './kit/page.tsx';
import { Starred } from './kit/starred.tsx';
import { en, zh } from './messages.ts';
import { Track } from './track.tsx';

type AnswerProps = { judged: Measured[]; upcoming: Launch[]; today: string };

/** What is true today, and the track that shows it. */
export function Answer(props: AnswerProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const verdict = <Starred text={headline({ ...props, words, format })} />;
  const report = chooseReport(props.judged);
  const goal = horizonGoal(report);
  if (!report || !goal || report.adoption[goal.unit].curve.length === 0) return <PageHead verdict={verdict} />;
  return (
    <Columns split="narrow-wide">
      <div>
        <PageHead
          eyebrow={<span className="meta">{goal.verdict === 'cannot_tell' ? words.underWay : words.latest}</span>}
          verdict={verdict}
        />
        <Provenance report={report} />
      </div>
      <Evidence report={report} />
    </Columns>
  );
}

function Provenance({ report }: { report: LandingReport }) {
  const words = useMessages({ en, zh }).facts;
  const format = useFormat();
  const { launch, goalRegisteredAt, dataTo } = report;
  return (
    <Facts
      items={[
        [words.registered, format.date(goalRegisteredAt)],
        [words.dataTo, dataTo.events ? format.date(dataTo.events) : words.none],
        [
          words.evidence,
          <Link key="report" to="/launches/$launch/report" params={{ launch: launch.key }}>
            {words.report}
          </Link>,
        ],
      ]}
    />
  );
}

function Evidence({ report }: { report: LandingReport }) {
  const all = useMessages({ en, zh });
  const words = all.track;
  const format = useFormat();
  const goal = horizonGoal(report)!;
  const { curve, landfallDay, eligible } = report.adoption[goal.unit];
  const last = curve.at(-1)!;
  const title =
    landfallDay === null ? words.title(format.share(last.share), last.day, writeTarget(goal.target, format)) : words.landed(landfallDay);
  return (
    <Section title={title} subtitle={words.subtitle(format.number(eligible), all.unit[goal.unit])}>
      <Track report={report} />
    </Section>
  );
}
