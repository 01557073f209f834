import { Avatar } from '../../web/kit/controls.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { en, zh } from './messages.ts';
import type { MemberRef } from './schema.ts';

/** Whose it is: a member, somebody who is no longer here, or nobody. */
export function Owner({ owner }: { owner: MemberRef | null }) {
  const words = useMessages({ en, zh });
  if (!owner) return <span className="ink3">{words.none}</span>;
  if (owner.gone) return <span className="warn">{words.gone(owner.name)}</span>;
  return (
    <span className="row owner">
      <Avatar name={owner.name} />
      {owner.name}
    </span>
  );
}
