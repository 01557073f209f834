import { useState } from 'react';
import { Select } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Download, Plus } from 'lucide-react';
import { useAddress } from '../../web/kit/address.ts';
import { api, client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { saveText } from '../../web/kit/export-file.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead, Section } from '../../web/kit/page.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { RateDialog } from './form.tsx';
import { ImportRates } from './import.tsx';
import { en, zh } from './messages.ts';
import type { ExchangeRate, RatePair } from './schema.ts';

const first = 50;
const most = 500;
const pairOf = ({ from, to }: { from: string; to: string }) => `${from}/${to}`;

/** The rates at which amounts of different currencies may be added, with day and source. */
export function ExchangeRates() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { role } = useSession();
  const mayWrite = role === 'owner' || role === 'pmm';
  const [pair, setPair] = useAddress('pair');
  const [limit, setLimit] = useState(first);
  const [entering, setEntering] = useState(false);
  const [from, to] = (pair ?? '').split('/');
  const input = { from: from || null, to: to || null, limit };
  const rates = useQuery({ ...api.exchangeRates.list.queryOptions({ input }), placeholderData: keepPreviousData });
  const enter = mayWrite ? (
    <Button kind="primary" icon={Plus} onClick={() => setEntering(true)}>
      {words.enter}
    </Button>
  ) : null;
  return (
    <Page
      title={words.title}
      crumbs={[{ label: words.settings, to: '/settings/members' }]}
      actions={
        <>
          {rates.data?.pairs.length ? <ExportRates /> : null}
          {mayWrite ? <ImportRates /> : null}
          {enter}
        </>
      }
    >
      <Answer of={rates} what={words.reading}>
        {({ pairs, rates: shown, total }) =>
          pairs.length === 0 ? (
            <>
              <PageHead title={words.title} />
              <EmptyState actions={enter}>{words.empty}</EmptyState>
            </>
          ) : (
            <>
              <PageHead
                verdict={
                  <Starred
                    text={words.head(
                      format.number(pairs.reduce((sum, one) => sum + one.rates, 0)),
                      format.number(pairs.length),
                      pairs.length === 1,
                    )}
                  />
                }
                note={words.note}
              />
              <Pairs pairs={pairs} />
              <Section
                title={words.byDay}
                subtitle={words.byDaySubtitle(pair || words.all)}
                actions={
                  <Select
                    aria-label={words.pair}
                    w={160}
                    allowDeselect={false}
                    data={[{ value: '', label: words.all }, ...pairs.map((one) => ({ value: pairOf(one), label: pairOf(one) }))]}
                    value={pair ?? ''}
                    onChange={(value) => setPair(value ?? '')}
                  />
                }
              >
                <Days rates={shown} mayWrite={mayWrite} />
                {shown.length < total && limit < most ? (
                  <p className="after">
                    <Button size="small" onClick={() => setLimit(most)}>
                      {words.more}
                    </Button>
                  </p>
                ) : null}
              </Section>
            </>
          )
        }
      </Answer>
      <RateDialog open={entering} onClose={() => setEntering(false)} />
    </Page>
  );
}

function Pairs({ pairs }: { pairs: RatePair[] }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return (
    <Section title={words.pairs}>
      <Table
        label={words.pairs}
        size="compact"
        rows={pairs}
        rowKey={pairOf}
        columns={[
          { key: 'pair', head: words.pair, cell: (one) => <span className="med">{pairOf(one)}</span> },
          { key: 'rates', head: words.rates, number: true, cell: (one) => format.number(one.rates) },
          { key: 'first', head: words.firstDay, cell: (one) => format.date(one.firstDay, { year: true }) },
          { key: 'last', head: words.lastDay, cell: (one) => format.date(one.lastDay, { year: true }) },
          { key: 'sources', head: words.sources, cell: (one) => format.list(one.sources) },
        ]}
      />
    </Section>
  );
}

function Days({ rates, mayWrite }: { rates: ExchangeRate[]; mayWrite: boolean }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const queries = useQueryClient();
  const changed = () => queries.invalidateQueries({ queryKey: api.exchangeRates.key() });
  const restore = useMutation(api.exchangeRates.set.mutationOptions({ onSuccess: changed, onError: toastFailure }));
  const remove = useMutation(
    api.exchangeRates.delete.mutationOptions({
      onSuccess: async (rate) => {
        await changed();
        toast({
          text: words.removed(pairOf(rate), format.date(rate.day, { year: true })),
          undo: () => restore.mutate(rate),
        });
      },
      onError: toastFailure,
    }),
  );
  return (
    <Table
      label={words.byDay}
      size="compact"
      rows={rates}
      rowKey={({ id }) => id}
      columns={[
        { key: 'day', head: words.day, cell: ({ day }) => format.date(day, { year: true }) },
        { key: 'pair', head: words.pair, cell: pairOf },
        { key: 'rate', head: words.rate, number: true, cell: ({ rate }) => format.number(rate, { digits: rate < 10 ? 6 : 4 }) },
        { key: 'source', head: words.source, cell: ({ source }) => source },
        ...(mayWrite
          ? [
              {
                key: 'remove',
                head: words.actions,
                silent: true,
                cell: ({ id }: ExchangeRate) => (
                  <Button size="small" kind="quiet" onClick={() => remove.mutate({ exchangeRate: id })}>
                    {words.remove}
                  </Button>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

function ExportRates() {
  const words = useMessages({ en, zh });
  const save = useMutation({
    mutationFn: () => client.exchangeRates.export({}),
    onSuccess: ({ fileName, csv }) => saveText(fileName, csv),
    onError: toastFailure,
  });
  return (
    <Button icon={Download} pending={save.isPending} onClick={() => save.mutate()}>
      {words.export}
    </Button>
  );
}
