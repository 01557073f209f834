import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useAddressSort } from '../../web/kit/address.ts';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Facts, Page, PageHead, Section } from '../../web/kit/page.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { FeatureForm } from './form.tsx';
import { en, zh } from './messages.ts';
import type { Feature, FeatureBase, FeatureVersion, VersionedFeature } from './schema.ts';

export function Features() {
  const words = useMessages({ en, zh });
  const navigate = useNavigate();
  const mayEdit = useMayEdit();
  const answer = useQuery(api.features.list.queryOptions({ input: {} }));
  const [isNew, setNew] = useState(false);
  useKeys({ c: () => mayEdit && setNew(true) });
  const define = mayEdit ? (
    <Button kind="primary" icon={Plus} keys="C" onClick={() => setNew(true)}>
      {words.define}
    </Button>
  ) : null;
  return (
    <Page title={words.title} actions={answer.data?.features.length ? define : null}>
      <Answer of={answer} what={words.reading}>
        {({ features }) => (
          <>
            <PageHead verdict={words.head(features.length)} note={words.note} />
            <FeatureTable features={features} empty={<EmptyState actions={define}>{words.empty}</EmptyState>} />
          </>
        )}
      </Answer>
      <Dialog open={isNew} onClose={() => setNew(false)} title={words.define} wide>
        {isNew ? (
          <FeatureForm
            onCancel={() => setNew(false)}
            onSaved={({ id, name }) => {
              toast({ text: words.created(name) });
              void navigate({ to: '/features/$feature', params: { feature: id } });
            }}
          />
        ) : null}
      </Dialog>
    </Page>
  );
}

const useBaseWords = () => {
  const words = useMessages({ en, zh });
  return (base: FeatureBase): string => words.baseWords(base).join('; ') || words.everybody;
};

function FeatureTable({ features, empty }: { features: Feature[]; empty: React.ReactNode }) {
  const words = useMessages({ en, zh });
  const baseWords = useBaseWords();
  const format = useFormat();
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
          cell: ({ id, name }) => (
            <Link to="/features/$feature" params={{ feature: id }}>
              {name}
            </Link>
          ),
          sort: ({ name }) => name,
        },
        { key: 'product', head: words.product, cell: ({ product }) => product ?? '–', sort: ({ product }) => product },
        { key: 'rule', head: words.adopted, cell: ({ rule }) => words.ruleWords(rule) },
        { key: 'base', head: words.base, cell: ({ base }) => baseWords(base) },
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

export function FeaturePage() {
  const words = useMessages({ en, zh });
  const { feature: id = '' }: { feature?: string } = useParams({ strict: false });
  const answer = useQuery(api.features.get.queryOptions({ input: { feature: id } }));
  const mayEdit = useMayEdit();
  const [isEdited, setEdited] = useState(false);
  useKeys({ e: () => mayEdit && setEdited(true) });
  const actions =
    mayEdit && answer.data ? (
      <Button kind="primary" keys="E" onClick={() => setEdited(true)}>
        {words.edit}
      </Button>
    ) : null;
  return (
    <Page title={answer.data?.name ?? words.title} crumbs={[{ label: words.title, to: '/features' }]} actions={actions}>
      <Answer of={answer} what={words.reading}>
        {(feature) => <FeatureView feature={feature} />}
      </Answer>
      <Dialog open={isEdited} onClose={() => setEdited(false)} title={words.edit} wide>
        {isEdited && answer.data ? (
          <FeatureForm
            feature={answer.data}
            onCancel={() => setEdited(false)}
            onSaved={({ name }) => {
              toast({ text: words.changed(name) });
              setEdited(false);
            }}
          />
        ) : null}
      </Dialog>
    </Page>
  );
}

function FeatureView({ feature }: { feature: VersionedFeature }) {
  const words = useMessages({ en, zh });
  const baseWords = useBaseWords();
  const format = useFormat();
  const { rule, base, product, version } = feature;
  return (
    <>
      <PageHead title={feature.name} note={product ?? undefined} />
      <Facts
        items={[
          [words.use, words.usageWords(rule)],
          [words.adopted, words.adoptedWords(rule)],
          [words.base, baseWords(base)],
          [words.version, format.number(version)],
        ]}
      />
      <Section title={words.versions} subtitle={words.versionWarning} ruled>
        <Versions versions={feature.versions} />
      </Section>
    </>
  );
}

function Versions({ versions }: { versions: FeatureVersion[] }) {
  const words = useMessages({ en, zh });
  const baseWords = useBaseWords();
  const format = useFormat();
  return (
    <Table
      label={words.versions}
      rows={versions}
      rowKey={({ version }) => String(version)}
      columns={[
        { key: 'version', head: words.version, number: true, cell: ({ version }) => format.number(version) },
        {
          key: 'changed',
          head: words.changedWhat,
          cell: ({ changed }) => (changed.length > 0 ? format.list(changed.map((part) => words.parts[part])) : words.first),
        },
        { key: 'rule', head: words.adopted, cell: ({ rule }) => words.ruleWords(rule) },
        { key: 'base', head: words.base, cell: ({ base }) => baseWords(base) },
        { key: 'by', head: words.by, cell: ({ createdBy }) => createdBy || '–' },
        { key: 'from', head: words.from, cell: ({ createdAt }) => format.dateTime(createdAt) },
      ]}
    />
  );
}
