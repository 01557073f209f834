import { Owner } from '../charters/owner.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Facts } from '../../web/kit/page.tsx';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';
import type { BusinessFunction, Part } from '../charters/schema.ts';
import { Due } from './marks.tsx';
import { en, zh } from './messages.ts';
import type { Deliverable } from './schema.ts';

/** What a deliverable is, for those who only read it. */
export function DeliverableFacts({ one, all }: { one: Deliverable; all: Deliverable[] }) {
  const words = useMessages({ en, zh });
  const charter = useMessages({ en: charterEn, zh: charterZh });
  const format = useFormat();
  const names = one.needs.flatMap((id) => all.find((other) => other.id === id)?.name ?? []);
  const raci = (Object.entries(one.raci) as [BusinessFunction, Part][]).map(
    ([who, part]) => `${charter.functions[who]}: ${charter.parts[part]}`,
  );
  return (
    <Facts
      items={[
        [words.type, charter.types[one.type]],
        [words.owner, <Owner key="owner" owner={one.owner} />],
        [words.due, <Due key="due" of={one} />],
        [words.doneWhen, one.doneWhen || '–'],
        [words.audience, one.audience || '–'],
        [words.needs, format.list(names) || '–'],
        [words.raci, format.list(raci) || '–'],
        [
          words.links,
          <span key="links" className="stack">
            {one.links.map(({ label, url }) => (
              <a key={url} href={url} target="_blank" rel="noopener noreferrer">
                {label || url}
              </a>
            ))}
          </span>,
        ],
        ...(one.status === 'dropped' ? [[words.statuses.dropped, one.droppedReason] as [string, string]] : []),
      ]}
    />
  );
}
