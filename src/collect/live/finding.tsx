import { useMessages } from '../../web/kit/locale.tsx';
import { Tag } from '../../web/kit/controls.tsx';
import { en, zh } from './messages.ts';
import type { LiveEvent } from './schema.ts';

const tones = { as_expected: 'good', deviates: 'warn', unplanned: 'warn' } as const;

/** Why it failed, or how it stands to the tracking plan: the first thing, or all. */
export function Finding({ event, whole = false }: { event: LiveEvent; whole?: boolean }) {
  const words = useMessages({ en, zh });
  const { reason, plan, like, deviations } = event;
  if (reason)
    return (
      <span>
        <Tag tone="bad">{words.failed}</Tag> {words.reasons[reason] ?? reason}
      </span>
    );
  if (!plan) return whole ? null : <span className="ink3">–</span>;
  const found = plan === 'unplanned' ? (like ? [words.like(like)] : []) : deviations.map(words.deviation);
  const [first, ...more] = found;
  const tag = <Tag tone={tones[plan]}>{words.plan[plan]}</Tag>;
  if (!whole)
    return (
      <span>
        {tag} {first}
        {more.length > 0 ? ` +${more.length}` : ''}
      </span>
    );
  return (
    <div>
      {tag}
      {found.length > 0 ? (
        <ul>
          {found.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
