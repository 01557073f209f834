import { Lock } from 'lucide-react';
import { Icon, Tag } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { en, zh } from './messages.ts';
import type { Goal } from './schema.ts';

/** Whether it is registered: when, by whom, under which hash, and whether that was in time. */
export function State({ goal }: { goal: Goal }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { registered, withdrawn, amendments } = goal;
  if (!registered) return <span className="ink2">{words.draft}</span>;
  const changed = amendments.filter(({ kind }) => kind !== 'restored').length;
  return (
    <span className="lock-state">
      <span className="nowrap">
        <Icon of={Lock} size={13} /> {words.locked(format.date(registered.at, { year: true }), registered.by)}
      </span>{' '}
      {registered.late ? <Tag tone="warn">{words.late}</Tag> : null}{' '}
      {withdrawn ? <Tag tone="warn">{words.amendmentKind.withdrawn}</Tag> : null}{' '}
      <span className="meta">
        {words.hash(registered.hash.slice(0, 8))}
        {changed > 0 ? ` · ${words.amendments(changed)}` : ''}
      </span>
    </span>
  );
}
