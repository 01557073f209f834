import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import type { UnmatchedCampaign } from './schema.ts';

/** What a channel of a touch says of the kind of program; a campaign where it says nothing. */
const kindOf = ({ channel }: UnmatchedCampaign) => {
  const plain = (channel ?? '').toLowerCase();
  if (plain.includes('webinar')) return 'webinar' as const;
  if (/mail|newsletter/.test(plain)) return 'email' as const;
  if (/dinner|supper/.test(plain)) return 'dinner' as const;
  if (/trade ?show|conference|expo/.test(plain)) return 'trade_show' as const;
  if (/meetup|event/.test(plain)) return 'meetup' as const;
  if (/\bads?\b|paid|display|advert/.test(plain)) return 'advertising' as const;
  return plain.includes('partner') ? ('partner' as const) : ('campaign' as const);
};

/** Campaigns of touches that mean no program yet, each of which becomes one at a click. */
export function UnmatchedCampaigns() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const mayEdit = useMayEdit();
  const queries = useQueryClient();
  const found = useQuery(api.programs.unmatched.queryOptions({ input: {} }));
  const create = useMutation(
    api.programs.create.mutationOptions({
      onSuccess: async ({ name }) => {
        await queries.invalidateQueries({ queryKey: api.programs.key() });
        toast({ text: words.made(name) });
      },
      onError: toastFailure,
    }),
  );
  const campaigns = found.data?.campaigns ?? [];
  if (campaigns.length === 0) return null;
  const make = (one: UnmatchedCampaign) =>
    create.mutate({
      name: one.campaign.slice(0, 200),
      kind: kindOf(one),
      startsOn: one.firstDay,
      endsOn: one.lastDay,
      status: 'done',
      campaigns: [one.campaign],
    });
  return (
    <Section title={words.unmatched} subtitle={words.unmatchedSub}>
      <Table
        label={words.unmatched}
        rows={campaigns}
        rowKey={({ campaign }) => campaign}
        columns={[
          { key: 'campaign', head: words.name, cell: ({ campaign }) => campaign, sort: ({ campaign }) => campaign },
          { key: 'channel', head: words.channel, cell: ({ channel }) => channel ?? '–' },
          {
            key: 'when',
            head: words.when,
            cell: ({ firstDay, lastDay }) => (firstDay && lastDay ? format.range(format.date(firstDay), format.date(lastDay)) : '–'),
          },
          {
            key: 'members',
            head: words.members,
            number: true,
            cell: ({ members }) => format.number(members),
            sort: ({ members }) => members,
          },
          {
            key: 'touches',
            head: words.touches,
            number: true,
            cell: ({ touches }) => format.number(touches),
            sort: ({ touches }) => touches,
          },
          ...(mayEdit
            ? [
                {
                  key: 'make',
                  head: words.make,
                  silent: true,
                  cell: (one: UnmatchedCampaign) => (
                    <Button size="small" pending={create.isPending} onClick={() => make(one)}>
                      {words.make}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}
