import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { TextButton } from '../../web/kit/controls.tsx';
import { CsvButton } from '../../web/kit/csv-button.tsx';
import { Drawer } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import type { Behind } from './answer.tsx';
import { en, zh } from './messages.ts';
import type { CreditPath, CreditsAsked, Model } from './schema.ts';

type BehindProps = { question: CreditsAsked; behind: Behind | null; onOpen: (opportunity: string) => void; onClose: () => void };

/** The deals behind a figure; each opens as a path. */
export function BehindDrawer({ question, behind, onOpen, onClose }: BehindProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const input = { ...question, which: behind?.which ?? ('all' as const), channel: behind?.channel ?? null };
  const query = useQuery({
    ...api.credits.rows.queryOptions({ input: { ...input, limit: 500 } }),
    enabled: behind !== null,
    placeholderData: keepPreviousData,
  });
  const subtitle = [behind ? words.reasons[behind.which as keyof typeof words.reasons] : '', behind?.channel ?? '']
    .filter(Boolean)
    .join(' · ');
  return (
    <Drawer
      open={behind !== null}
      onClose={onClose}
      size="wide"
      title={words.rowsTitle}
      subtitle={subtitle}
      actions={<CsvButton file={() => client.credits.exportRows(input)} />}
    >
      <Answer of={query} what={words.reading}>
        {({ rows, total }) => (
          <Table
            label={words.rowsTitle}
            size="compact"
            rows={rows}
            rowKey={({ id }) => String(id)}
            empty={<p className="meta">{words.none}</p>}
            foot={words.rowsCount(format.number(rows.length), format.number(total))}
            columns={[
              {
                key: 'name',
                head: words.name,
                cell: ({ id, name }) => <TextButton onClick={() => onOpen(String(id))}>{name || id}</TextButton>,
              },
              { key: 'account', head: words.account, cell: ({ account }) => account || '–' },
              { key: 'day', head: words.day, cell: ({ conversion_at: at }) => (at ? format.date(String(at)) : '–') },
              {
                key: 'amount',
                head: words.amount,
                number: true,
                cell: ({ amount, currency }) => (amount === null ? '–' : format.money(Number(amount), { currency: String(currency) })),
              },
              { key: 'path', head: words.path, cell: ({ path }) => path || '–' },
              { key: 'share', head: words.share, number: true, cell: ({ share }) => (share === null ? '–' : format.share(Number(share))) },
            ]}
          />
        )}
      </Answer>
    </Drawer>
  );
}

/** One deal, touch by touch. */
export function PathDrawer({ question, opportunity, onClose }: { question: CreditsAsked; opportunity: string; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const query = useQuery({ ...api.credits.path.queryOptions({ input: { ...question, opportunity } }), enabled: opportunity !== '' });
  const path = query.data;
  const subtitle = path
    ? [
        path.name,
        path.account,
        path.amount === null ? '' : format.money(path.amount, { currency: path.currency }),
        path.conversionAt ? format.date(path.conversionAt) : path.state,
      ]
        .filter(Boolean)
        .join(' · ')
    : '';
  return (
    <Drawer open={opportunity !== ''} onClose={onClose} size="wide" title={words.pathTitle} subtitle={subtitle}>
      <Answer of={query} what={words.readingPath}>
        {({ touches, agreed }) =>
          touches.length === 0 ? (
            <EmptyState>{words.noTouches}</EmptyState>
          ) : (
            <>
              <Timeline touches={touches} emphasised={question.model ?? agreed?.model} />
              <p className="meta">{words.pathNote}</p>
            </>
          )
        }
      </Answer>
    </Drawer>
  );
}

const shownRules: readonly Model[] = ['first', 'last', 'linear', 'u', 'w', 'time_decay'];

/** The usual rules, and the emphasised one where it is another that a single deal can have. */
function Timeline({ touches, emphasised }: { touches: CreditPath['touches']; emphasised?: Model }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const isOfOne = emphasised && touches.some(({ shares }) => shares[emphasised] !== undefined);
  const rules = isOfOne && !shownRules.includes(emphasised) ? [...shownRules, emphasised] : shownRules;
  return (
    <Table
      label={words.pathTitle}
      size="tall"
      rows={touches}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'touch',
          head: words.touch,
          cell: ({ label, campaign, channel, kind, person, status, counts, stages }) => (
            <>
              <b className={counts === 'counted' ? 'med' : 'ink3'}>{label || words.notNamed}</b>
              <div className="meta">
                {[...new Set([campaign, channel, kind, status, person])].filter((text) => text && text !== label).join(' · ')}
                {stages.map((stage) => ` · ${words.stages[stage]}`)}
                {counts === 'counted' ? '' : ` · ${words.counts[counts]}`}
              </div>
            </>
          ),
        },
        { key: 'at', head: words.when, cell: ({ at }) => format.dateTime(at) },
        { key: 'before', head: words.before, number: true, cell: ({ daysBefore }) => format.number(daysBefore, { digits: 1 }) },
        ...rules.map((model) => ({
          key: model,
          head: words.models[model],
          number: true,
          cell: ({ shares }: CreditPath['touches'][number]) => {
            if (shares[model] === undefined) return '–';
            const said = format.share(shares[model], { digits: 0 });
            return model === emphasised ? <b className="strong">{said}</b> : said;
          },
        })),
      ]}
    />
  );
}
