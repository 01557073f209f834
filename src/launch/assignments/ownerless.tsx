import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../../web/kit/client.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';
import { en as gateEn, zh as gateZh } from '../gates/messages.ts';
import { en, zh } from './messages.ts';
import { placeOf } from './place.ts';

const mostNamed = 8;

/** On the page of a launch: what in it belonged to somebody who left, and needs another owner. */
export function Ownerless({ launch }: { launch: string }) {
  const words = useMessages({ en, zh });
  const charter = useMessages({ en: charterEn, zh: charterZh });
  const kinds: Record<string, string> = useMessages({ en: gateEn, zh: gateZh }).kinds;
  const mayEdit = useMayEdit();
  const { data } = useQuery({ ...api.assignments.list.queryOptions({ input: { launch } }), enabled: mayEdit });
  if (!data || data.ownerless.length === 0) return null;
  const shown = data.ownerless.slice(0, mostNamed);
  return (
    <Notice tone="warn">
      <span>
        {words.needOwner(data.ownerless.length)}{' '}
        {shown.map((one, place) => (
          <span key={`${one.kind} ${one.id}`}>
            {place > 0 ? words.between : ''}
            <Link {...placeOf(one)} params={{ launch: one.launch.key }}>
              {one.what || kinds[one.criterionKind ?? ''] || words.kinds[one.kind]}
            </Link>
            {words.belongedTo(charter.gone(one.owner.name))}
          </span>
        ))}
        {data.ownerless.length > shown.length ? words.andMore(data.ownerless.length - shown.length) : words.end}
      </span>
    </Notice>
  );
}
