import { useMessages } from '../../web/kit/locale.tsx';
import { EvidenceList } from './evidence-fields.tsx';
import { en, zh } from './messages.ts';
import type { PositioningContent } from './schema.ts';

export const saidFields = ['forWhom', 'insteadOf', 'differentiator', 'soWhat', 'category'] as const;

/** What a launch says of itself, as a document. */
export function Said({ content }: { content: PositioningContent }) {
  const words = useMessages({ en, zh });
  return (
    <dl className="positioning">
      {saidFields.map((field) => (
        <div key={field} className={field}>
          <dt>{words.fields[field]}</dt>
          <dd>
            {content[field] || <span className="ink3">{words.empty}</span>}
            {field === 'differentiator' && content.differentiator ? (
              <EvidenceList evidence={content.evidence} none={words.noEvidence} />
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
