import { useQuery } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { en, zh } from './messages.ts';

/** Whether anybody outside can read, and where. */
export function ChangelogLine() {
  const words = useMessages({ en, zh });
  const { data } = useQuery(api.changelogs.get.queryOptions({ input: {} }));
  if (!data) return null;
  if (!data.isPublic || !data.address) return <>{words.isClosed}</>;
  return (
    <>
      {words.isOpen}{' '}
      <a href={data.address} target="_blank" rel="noopener">
        {data.address}
      </a>
    </>
  );
}
