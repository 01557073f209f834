import { useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Copy, QrCode } from 'lucide-react';
import { LineChart } from '../../web/kit/charts/line-chart.tsx';
import { api, client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { saveBlob } from '../../web/kit/export-file.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { addDays } from '../../web/kit/questions/ranges.ts';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { type Column, Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import type { Program } from '../programs/schema.ts';
import { LinkDialog } from './dialog.tsx';
import { en, zh } from './messages.ts';
import type { TrackedLink } from './schema.ts';

/** The short links of a program and of its parts, and how often they were followed. */
export function ProgramLinks({ program }: { program: Program }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const mayEdit = useMayEdit();
  const [open, setOpen] = useState<TrackedLink | 'new' | null>(null);
  const answer = useQuery(api.trackedLinks.list.queryOptions({ input: { program: program.id } }));
  const { links = [], from, to } = answer.data ?? {};
  const clicks = links.reduce((sum, one) => sum + one.clicks, 0);
  const create = mayEdit ? <Button onClick={() => setOpen('new')}>{words.create}</Button> : null;
  return (
    <Section
      title={links.length > 0 ? words.titleClicks(format.number(clicks), clicks === 1) : words.title}
      subtitle={links.length > 0 && from && to ? words.period(format.date(from), format.date(to)) : null}
      actions={links.length > 0 ? create : null}
    >
      <Answer of={answer} what={words.reading}>
        {() => (
          <>
            <Table
              label={words.title}
              rows={links}
              rowKey={({ id }) => id}
              columns={linkColumns({ words, format, onEdit: mayEdit ? setOpen : null })}
              empty={<EmptyState actions={create}>{mayEdit ? words.empty : words.emptyRead}</EmptyState>}
            />
            {clicks > 0 ? <ClicksByDay program={program} /> : null}
          </>
        )}
      </Answer>
      {open ? <LinkDialog program={program} link={open === 'new' ? null : open} onClose={() => setOpen(null)} /> : null}
    </Section>
  );
}

type ColumnsOf = { words: typeof en; format: ReturnType<typeof useFormat>; onEdit: ((link: TrackedLink) => void) | null };

const linkColumns = ({ words, format, onEdit }: ColumnsOf): Column<TrackedLink>[] => [
  {
    key: 'address',
    head: words.address,
    cell: ({ id, address }) => (
      <span className="row">
        <a href={address} target="_blank" rel="noopener noreferrer">
          {address.replace(/^https?:\/\//, '')}
        </a>
        <CopyButton text={address} />
        <QrButton link={id} />
      </span>
    ),
  },
  { key: 'name', head: words.name, cell: ({ name }) => name || '–', sort: ({ name }) => name },
  { key: 'placed', head: words.placed, cell: ({ source, medium, content }) => format.list([source, medium, content].filter(Boolean)) },
  { key: 'target', head: words.leadsTo, cell: ({ target, leadsTo }) => <span title={leadsTo}>{shortly(target)}</span> },
  { key: 'clicks', head: words.clicks, number: true, cell: ({ clicks }) => format.number(clicks), sort: ({ clicks }) => clicks },
  ...(onEdit
    ? [
        {
          key: 'edit',
          head: words.edit,
          silent: true,
          cell: (link: TrackedLink) => (
            <Button size="small" kind="quiet" onClick={() => onEdit(link)}>
              {words.edit}
            </Button>
          ),
        },
      ]
    : []),
];

const shortly = (url: string): string => {
  const plain = url.replace(/^https?:\/\//, '');
  return plain.length > 48 ? `${plain.slice(0, 47)}…` : plain;
};

function CopyButton({ text }: { text: string }) {
  const words = useMessages({ en, zh });
  const take = async () => {
    await navigator.clipboard.writeText(text);
    toast({ text: words.copied });
  };
  return (
    <Button size="small" kind="quiet" icon={Copy} onClick={() => void take()}>
      {words.copy}
    </Button>
  );
}

/** The link as a file that a printer takes. */
function QrButton({ link }: { link: string }) {
  const words = useMessages({ en, zh });
  const save = useMutation({
    mutationFn: () => client.trackedLinks.qr({ link }),
    onSuccess: ({ fileName, svg }) => saveBlob(fileName, new Blob([svg], { type: 'image/svg+xml' })),
    onError: toastFailure,
  });
  return (
    <Button size="small" kind="quiet" icon={QrCode} pending={save.isPending} onClick={() => save.mutate()}>
      {words.qr}
    </Button>
  );
}

function ClicksByDay({ program }: { program: Program }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { data } = useQuery(api.trackedLinks.counts.queryOptions({ input: { program: program.id } }));
  if (!data) return null;
  const byDay = new Map(data.days.map(({ day, clicks }) => [day, clicks]));
  const points: { at: string; value: number }[] = [];
  for (let day = data.from; day <= data.to; day = addDays(day, 1)) points.push({ at: day, value: byDay.get(day) ?? 0 });
  return (
    <LineChart
      title={words.chart}
      subtitle={words.chartSub(format.number(data.total), format.date(data.from), format.date(data.to))}
      by="day"
      fromZero
      height={180}
      write={format.number}
      measure={words.clicks}
      series={[{ key: 'clicks', name: words.clicks, points }]}
    />
  );
}
