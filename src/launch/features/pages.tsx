import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useAddressSort } from '../../web/kit/address.ts';
import { api } from '../../web/kit/client.ts';
import { Button, TextButton } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead } from '../../web/kit/page.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { FeatureForm } from './form.tsx';
import { en, zh } from './messages.ts';
import type { Feature } from './schema.ts';

export function Features() {
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  const answer = useQuery(api.features.list.queryOptions({ input: {} }));
  const [edited, setEdited] = useState<Feature | 'new' | null>(null);
  useKeys({ c: () => mayEdit && setEdited('new') });
  const define = mayEdit ? (
    <Button kind="primary" icon={Plus} keys="C" onClick={() => setEdited('new')}>
      {words.define}
    </Button>
  ) : null;
  const close = () => setEdited(null);
  return (
    <Page title={words.title} actions={answer.data?.features.length ? define : null}>
      <Answer of={answer} what={words.reading}>
        {({ features }) => (
          <>
            <PageHead verdict={words.head(features.length)} note={words.note} />
            <FeatureTable features={features} onOpen={setEdited} empty={<EmptyState actions={define}>{words.empty}</EmptyState>} />
          </>
        )}
      </Answer>
      <Dialog open={edited !== null} onClose={close} title={edited === 'new' ? words.define : words.edit}>
        {edited ? (
          <FeatureForm
            feature={edited === 'new' ? undefined : edited}
            onCancel={close}
            onSaved={({ name }) => {
              toast({ text: edited === 'new' ? words.created(name) : words.changed(name) });
              close();
            }}
          />
        ) : null}
      </Dialog>
    </Page>
  );
}

type TableProps = { features: Feature[]; onOpen: (feature: Feature) => void; empty: React.ReactNode };

function FeatureTable({ features, onOpen, empty }: TableProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const mayEdit = useMayEdit();
  return (
    <Table
      label={words.title}
      rows={features}
      rowKey={({ id }) => id}
      empty={empty}
      {...useAddressSort()}
      columns={[
        {
          key: 'name',
          head: words.name,
          cell: (feature) => (mayEdit ? <TextButton onClick={() => onOpen(feature)}>{feature.name}</TextButton> : feature.name),
          sort: ({ name }) => name,
        },
        { key: 'product', head: words.product, cell: ({ product }) => product ?? '–', sort: ({ product }) => product },
        { key: 'rule', head: words.adopted, cell: ({ rule }) => words.ruleWords(rule.eventName, rule.times, rule.days) },
        {
          key: 'version',
          head: words.version,
          number: true,
          cell: ({ version }) => format.number(version),
          sort: ({ version }) => version,
        },
      ]}
    />
  );
}
