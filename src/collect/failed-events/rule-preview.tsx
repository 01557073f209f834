import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { StateMark } from '../../web/kit/marks.tsx';
import { Columns, Section } from '../../web/kit/page.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { en, zh } from './messages.ts';
import { Raw } from './raw.tsx';
import type { Preview } from './schema.ts';

/** What a rule would do: how many it puts right, and some of them before and after. */
export function RulePreview({ preview: { matching, fixed, stillFailing, samples } }: { preview: Preview }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const reasonOf = (reason: string) => words.reasons[reason] ?? reason;
  const failing = format.list(stillFailing.map(({ reason, count }) => words.reasonCount(reasonOf(reason), format.number(count))));
  return (
    <Section title={words.tried} subtitle={samples.length > 0 ? words.samples(samples.length) : undefined}>
      <output>
        <Starred text={words.triedWords(format.number(matching), format.number(fixed), matching)} />{' '}
        {stillFailing.length > 0 ? words.stillFailing(failing) : ''}
      </output>
      <div className="stack">
        {samples.map(({ id, before, after, reason }) => (
          <div key={id} className="stack">
            <StateMark state={reason === null ? 'done' : 'failed'}>
              {reason === null ? words.wouldCount : words.wouldFail(reasonOf(reason))}
            </StateMark>
            <Columns split="halves">
              <Raw label={words.before} text={before} />
              <Raw label={words.after} text={after} />
            </Columns>
          </div>
        ))}
      </div>
    </Section>
  );
}
