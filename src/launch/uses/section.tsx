import { useQuery } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Answer } from '../../web/kit/states.tsx';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';
import { en, zh } from './messages.ts';
import type { DeliverableUse } from './schema.ts';

/** How often a deliverable was used, by whom, and from when on that is counted. */
export function Uses({ launch, deliverable }: { launch: string; deliverable: string }) {
  const words = useMessages({ en, zh });
  const answer = useQuery(api.deliverables.uses.queryOptions({ input: { launch } }));
  return (
    <Section title={words.title}>
      <Answer of={answer} what={words.reading}>
        {({ uses }) => <Counts use={uses.find((one) => one.deliverable === deliverable)} />}
      </Answer>
    </Section>
  );
}

function Counts({ use }: { use: DeliverableUse | undefined }) {
  const words = useMessages({ en, zh });
  const charter = useMessages({ en: charterEn, zh: charterZh });
  const format = useFormat();
  if (!use?.isMeasured)
    return (
      <p className="ink2">
        {words.unknown} <span className="meta">{words.why}</span>
      </p>
    );
  const { downloads, clicks, lastOn, countedSince, by } = use;
  if (lastOn === null) return <p className="ink2">{words.unused(format.date(countedSince))}</p>;
  return (
    <>
      <p>
        {words.used(downloads + clicks, format.date(lastOn))} <span className="meta">({words.counts(downloads, clicks)})</span>
      </p>
      <ul className="signatures">
        {by.map(({ member, downloads: taken, lastOn: last }) => (
          <li key={member.id}>{words.by(member.gone ? charter.gone(member.name) : member.name, taken, format.date(last))}</li>
        ))}
      </ul>
    </>
  );
}
