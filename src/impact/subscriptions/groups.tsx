import { BarChart } from '../../web/kit/charts/bar-chart.tsx';
import { TextButton } from '../../web/kit/controls.tsx';
import { Interval } from '../../web/kit/figures.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { en, zh } from './messages.ts';
import type { LockedSet, Split, Subscriptions } from './schema.ts';
import { figures, useGroupName, useMoney, useMonth, useReason } from './words.tsx';

type Group = Subscriptions['groups'][number];
type GroupsProps = { answer: Subscriptions; name: string };
type AllProps = GroupsProps & { onTakeNow?: () => void };

/** The locked set by a field of the account, or by what it had adopted before the lock. */
export function Groups({ answer, name, onTakeNow }: AllProps) {
  const words = useMessages({ en, zh });
  const title = useTitle(answer, name);
  const { groups, locked, currency, adoption, split } = answer;
  const note = useSplitNote(answer);
  const columns = useColumns(currency);
  const subtitle = useSubtitle(answer);
  if (split?.refused) return <SplitRefused split={split} name={name} onTakeNow={onTakeNow} />;
  if (groups.length === 0 || !locked) return null;
  return (
    <>
      {adoption ? null : <KeptByGroup answer={answer} name={name} />}
      <Section title={title} subtitle={subtitle} ruled>
        <Table<Group> label={title} size="compact" rows={groups} rowKey={({ kind, name: group }) => `${kind} ${group}`} columns={columns} />
        <p className="meta drawn-note">{adoption ? words.adoptionNote : note}</p>
      </Section>
    </>
  );
}

/** Which values the groups go by. */
function useSplitNote({ split, locked }: Subscriptions): string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const monthOf = useMonth();
  if (!split || !locked) return '';
  if (split.asOf === 'now') return words.asNow;
  const later = split.later > 0 && words.asLockedLater(format.number(split.later), format.date(split.firstKnown, { year: true }));
  return [words.asLocked(monthOf(locked.from)), later].filter(Boolean).join(' ');
}

/** Why there are no groups, and what one can do all the same. */
function SplitRefused({ split: { known, later, firstKnown }, name, onTakeNow }: { split: Split; name: string; onTakeNow?: () => void }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return (
    <Section title={words.groupsTable(name)} ruled>
      <Notice tone="warn">
        <p>{words.splitRefused(format.number(known), format.number(later), format.date(firstKnown, { year: true }), name)}</p>
        {onTakeNow ? <TextButton onClick={onTakeNow}>{words.takeNow}</TextButton> : null}
      </Notice>
    </Section>
  );
}

function useTitle({ adoption, facts }: Subscriptions, name: string): string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const feature = facts.features?.[0]?.name ?? '';
  if (!adoption) return words.groupsTable(name);
  const { net } = adoption;
  const inPoints = (value: number) => format.number(value * 100, { digits: 1 });
  if (!net) return words.adoptionFew(feature);
  const range = format.range(inPoints(net.low), inPoints(net.high));
  const isApart = net.low > 0 || net.high < 0;
  return isApart ? words.adoptionApart(feature, format.points(net.points), range) : words.adoptionAlike(feature, range);
}

function useSubtitle({ adoption, locked }: Subscriptions): string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const monthOf = useMonth();
  if (!locked) return '';
  const [from, to] = [monthOf(locked.from), monthOf(locked.to)];
  return adoption ? words.adoptionSubtitle(format.date(adoption.by, { year: true }), from, to) : words.groupsSubtitle(from, to);
}

function useColumns(currency: string) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const money = useMoney(currency);
  const nameOf = useGroupName();
  const reason = useReason();
  const shareOf = (key: (typeof figures)[number]) => (group: LockedSet) => {
    const figure = group[key];
    return figure ? <Interval value={figure.share} low={figure.low} high={figure.high} write={(value) => format.share(value)} /> : '–';
  };
  return [
    { key: 'name', head: words.group, cell: (group: Group) => <b className="strong">{nameOf(group)}</b> },
    { key: 'accounts', head: words.accounts, number: true, cell: ({ accounts }: Group) => format.number(accounts) },
    ...figures.map((key) => ({ key, head: words[key], number: true, cell: shareOf(key) })),
    {
      key: 'mean',
      head: words.perAccountHead,
      number: true,
      cell: ({ perAccount }: Group) =>
        perAccount ? <Interval value={perAccount.mean} low={perAccount.low} high={perAccount.high} write={money} /> : '–',
    },
    { key: 'why', head: words.noInterval, cell: (group: Group) => <span className="meta">{reason(group)}</span> },
  ];
}

function KeptByGroup({ answer: { groups, locked }, name }: GroupsProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const monthOf = useMonth();
  const whole = locked?.net?.share;
  return (
    <BarChart
      title={words.groups(name)}
      subtitle={locked ? words.groupsSubtitle(monthOf(locked.from), monthOf(locked.to)) : ''}
      mark="dot"
      rows={groups.flatMap(({ kind, name: group, accounts, net }) =>
        net && (kind === 'usual' || kind === 'other' || kind === 'not_set')
          ? [{ key: `${kind} ${group}`, name: group, kind, value: net.share, low: net.low, high: net.high, n: accounts }]
          : [],
      )}
      write={(value) => format.share(value)}
      measure={words.net}
      reference={whole == null ? undefined : { value: whole, label: format.share(whole) }}
    />
  );
}
