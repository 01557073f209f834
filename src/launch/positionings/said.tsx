import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { EvidenceList } from './evidence-fields.tsx';
import { en, zh } from './messages.ts';
import type { PositioningContent } from './schema.ts';

export const saidFields = ['forWhom', 'insteadOf', 'differentiator', 'soWhat', 'category'] as const;

/** What a launch says of itself, as a document; short, with its evidence counted only. */
export function Said({ content, short = false }: { content: PositioningContent; short?: boolean }) {
  const words = useMessages({ en, zh });
  return (
    <dl className={short ? 'positioning short' : 'positioning'}>
      {saidFields.map((field) => (
        <div key={field} className={field}>
          <dt>{words.fields[field]}</dt>
          <dd>
            {content[field] || <span className="ink3">{words.empty}</span>}
            {field === 'differentiator' && content.differentiator ? <Proof content={content} short={short} /> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Proof({ content: { evidence }, short }: { content: PositioningContent; short: boolean }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (short && evidence.length > 0) return <p className="meta">{words.evidenceCount(format.number(evidence.length))}</p>;
  return <EvidenceList evidence={evidence} none={words.noEvidence} />;
}
