import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useAddressSort } from '../../web/kit/address.ts';
import { api } from '../../web/kit/client.ts';
import { Button, ButtonLink } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { useLocale, useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead } from '../../web/kit/page.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { TemplateDocument } from './document.tsx';
import { en, zh } from './messages.ts';
import { NewTemplate } from './new-dialog.tsx';
import type { TemplateLine } from './schema.ts';

/** Whether to offer a change of templates; the server decides in any case. */
const useMayChange = (): boolean => ['owner', 'pmm'].includes(useSession().role);

export function Templates() {
  const words = useMessages({ en, zh });
  const { locale } = useLocale();
  const mayChange = useMayChange();
  const [making, setMaking] = useState(false);
  const answer = useQuery(api.templates.list.queryOptions({ input: { locale } }));
  useKeys({ c: () => mayChange && setMaking(true) });
  const create = mayChange ? (
    <Button kind="primary" icon={Plus} keys="C" onClick={() => setMaking(true)}>
      {words.newTemplate}
    </Button>
  ) : null;
  return (
    <Page title={words.title} actions={create}>
      <Answer of={answer} what={words.reading}>
        {({ templates }) => (
          <>
            <PageHead verdict={words.verdict(templates.length, templates.filter(({ isUsual }) => !isUsual).length)} note={words.note} />
            <TemplateTable templates={templates} />
            {making ? <NewTemplate templates={templates} onClose={() => setMaking(false)} /> : null}
          </>
        )}
      </Answer>
    </Page>
  );
}

function TemplateTable({ templates }: { templates: TemplateLine[] }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const navigate = useNavigate();
  return (
    <Table
      label={words.title}
      rows={templates}
      rowKey={({ key }) => key}
      empty={<EmptyState>{words.empty}</EmptyState>}
      onOpen={({ key }) => void navigate({ to: '/templates/$template', params: { template: key } })}
      {...useAddressSort()}
      columns={[
        {
          key: 'name',
          head: words.name,
          cell: ({ key, name }) => (
            <Link to="/templates/$template" params={{ template: key }}>
              {name}
            </Link>
          ),
          sort: ({ name }) => name,
        },
        {
          key: 'purpose',
          head: words.purpose,
          cell: ({ purpose }) => words.purposes[purpose],
          sort: ({ purpose }) => words.purposes[purpose],
        },
        {
          key: 'tier',
          head: words.tier,
          cell: ({ tier }) => (tier === null ? <span className="ink3">{words.anyTier}</span> : words.tierOf(tier)),
          sort: ({ tier }) => tier,
        },
        {
          key: 'items',
          head: words.items,
          number: true,
          cell: ({ items, required }) => words.requiredOf(format.number(required), format.number(items)),
          sort: ({ items }) => items,
        },
        { key: 'gates', head: words.gates, number: true, cell: ({ gates }) => format.number(gates), sort: ({ gates }) => gates },
        {
          key: 'launches',
          head: words.launches,
          number: true,
          cell: ({ launches }) => format.number(launches),
          sort: ({ launches }) => launches,
        },
        {
          key: 'from',
          head: words.from,
          cell: ({ isUsual, version }) => (isUsual ? words.fromLandfall : words.ownVersion(format.number(version))),
        },
      ]}
    />
  );
}

/** The template that the address names, in the language of the page. */
export const useTemplate = () => {
  const { template = '' }: { template?: string } = useParams({ strict: false });
  const { locale } = useLocale();
  return useQuery(api.templates.get.queryOptions({ input: { template, locale } }));
};

export function TemplatePage() {
  const words = useMessages({ en, zh });
  const navigate = useNavigate();
  const mayChange = useMayChange();
  const answer = useTemplate();
  const path = answer.data ? `/templates/${answer.data.key}/edit` : '';
  useKeys({ e: () => mayChange && path && void navigate({ to: path }) });
  return (
    <Page
      title={answer.data?.name ?? words.title}
      crumbs={[{ label: words.title, to: '/templates' }]}
      actions={
        mayChange && path ? (
          <ButtonLink kind="primary" keys="E" to={path}>
            {words.change}
          </ButtonLink>
        ) : null
      }
    >
      <Answer of={answer} what={words.readingOne}>
        {(template) => <TemplateDocument template={template} mayChange={mayChange} />}
      </Answer>
    </Page>
  );
}
