import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LinePoint } from '../../../web/kit/charts/data.ts';
import { LineChart } from '../../../web/kit/charts/line-chart.tsx';
import { api, client } from '../../../web/kit/client.ts';
import { CsvButton } from '../../../web/kit/csv-button.tsx';
import { Segmented } from '../../../web/kit/controls.tsx';
import { useFormat } from '../../../web/kit/format-context.tsx';
import { LiveAnswer } from '../../../web/kit/live-answer.tsx';
import { useMessages } from '../../../web/kit/locale.tsx';
import { Section } from '../../../web/kit/page.tsx';
import { Starred } from '../../../web/kit/starred.tsx';
import { useOutlookWords } from '../../outlooks/said.tsx';
import { en as pageEn, zh as pageZh } from '../messages.ts';
import type { AdoptionAsked } from '../schema.ts';
import { en, zh } from './messages.ts';
import type { AdoptionOutlook } from './schema.ts';

const choices = [4, 8, 13, 26] as const;

/** What Bass's curve through the whole weeks so far says of the coming ones, or why it says nothing yet. */
export function OutlookSection({ question }: { question: AdoptionAsked }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const [weeks, setWeeks] = useState<number>(8);
  const { horizonDays: _days, earlier: _earlier, ...asked } = question;
  const query = useQuery({ ...api.adoptions.outlook.queryOptions({ input: { ...asked, weeks } }), placeholderData: keepPreviousData });
  return (
    <Section
      ruled
      title={words.title}
      actions={
        <div className="row">
          <Segmented
            label={words.weeks}
            name="weeks"
            value={String(weeks)}
            choices={choices.map((value) => ({ value: String(value), label: format.number(value) }))}
            onChange={(value) => setWeeks(Number(value))}
          />
          <CsvButton file={() => client.adoptions.exportOutlook({ ...asked, weeks })} />
        </div>
      }
    >
      <LiveAnswer of={query} what={words.reading}>
        {(data) => <OutlookAnswer answer={data} />}
      </LiveAnswer>
    </Section>
  );
}

function OutlookAnswer({ answer }: { answer: AdoptionOutlook }) {
  const words = useMessages({ en, zh });
  const { units } = useMessages({ en: pageEn, zh: pageZh });
  const outlooks = useOutlookWords();
  const format = useFormat();
  const { outlook, weeks, eligible, unit } = answer;
  const refused = outlooks.refusal(outlook, 'week');
  const end = outlook.ahead.at(-1);
  const range = (low: number, high: number) => format.range(format.number(low), format.number(high));
  const base = words.base(format.number(eligible), units[unit], format.number(weeks.length));
  const market =
    outlook.curve &&
    words.market(
      format.number(outlook.curve.market),
      range(outlook.curve.marketLow, outlook.curve.marketHigh),
      format.number(Math.ceil(outlook.curve.peak)),
    );
  const measured: LinePoint[] = weeks.map(({ lastDay, total }) => ({ at: lastDay, value: total }));
  const ahead = outlook.ahead.map(({ lastDay, value, low, high }): LinePoint => ({ at: lastDay, value, low, high, foretold: true }));
  const previous = outlook.fitted.map((value, place) => ({ at: weeks[place]!.lastDay, value }));
  return (
    <>
      <p className="said">
        {end ? (
          <Starred
            text={words.told(
              format.number(end.value),
              range(end.low, end.high),
              units[unit],
              format.number(eligible),
              format.date(end.lastDay),
            )}
          />
        ) : (
          refused
        )}
      </p>
      {weeks.length > 1 ? (
        <LineChart
          title={words.chart(units[unit])}
          series={[{ key: 'own', name: '', points: [...measured, ...ahead], ...(previous.length > 0 && { previous }) }]}
          by="day"
          write={(value) => format.number(value)}
          measure={words.measure(units[unit])}
          previousName={outlooks.fitted}
          note={[base, market, end ? outlooks.band : null].filter(Boolean).join(' ')}
        />
      ) : null}
    </>
  );
}
