import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api } from '../../web/kit/client.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Facts, Page, PageHead } from '../../web/kit/page.tsx';
import { Answer } from '../../web/kit/states.tsx';
import { PersonActs } from '../erasures/person-acts.tsx';
import { PersonEvents, PersonKeys } from '../identities/person-keys.tsx';
import { en, zh } from './messages.ts';

/** One person: what is known of them, by which ids and devices, and what they did. */
export function PersonPage() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { person = '' }: { person?: string } = useParams({ strict: false });
  const answer = useQuery(api.people.get.queryOptions({ input: { person } }));
  const title = answer.data?.name || answer.data?.email || person;
  return (
    <Page title={title} crumbs={[{ label: words.people.title, to: '/people' }]}>
      <Answer of={answer} what={words.people.reading}>
        {(one) => (
          <>
            <PageHead title={title} />
            <Facts
              items={[
                [words.fields.email!, one.email ?? '–'],
                [words.fields.title!, one.title ?? '–'],
                [words.fields.country!, one.country ?? '–'],
                [words.fields.created_at!, format.date(one.created_at)],
              ]}
            />
            <PersonKeys person={one.id} />
            <PersonEvents person={one.id} />
            <PersonActs person={one} />
          </>
        )}
      </Answer>
    </Page>
  );
}
