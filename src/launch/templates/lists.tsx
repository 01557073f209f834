import { Tag } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Table } from '../../web/kit/table.tsx';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';
import { en as gateEn, zh as gateZh } from '../gates/messages.ts';
import type { CriterionPlan, GatePlan } from '../gates/schema.ts';
import { en, zh } from './messages.ts';
import type { TemplateItem } from './schema.ts';

/** The items of one stretch of time. */
export function ItemTable({ label, items, all }: { label: string; items: TemplateItem[]; all: TemplateItem[] }) {
  const words = useMessages({ en, zh });
  const charter = useMessages({ en: charterEn, zh: charterZh });
  const format = useFormat();
  const nameOf = (id: string) => all.find((one) => one.id === id)?.name ?? id;
  return (
    <Table
      label={label}
      rows={items}
      rowKey={({ id }) => id}
      foot=""
      columns={[
        {
          key: 'name',
          head: words.item,
          width: '29%',
          cell: ({ name, doneWhen, required }) => (
            <>
              {name} {required ? <Tag tone="land">{words.required}</Tag> : null}
              {doneWhen ? <span className="meta">{doneWhen}</span> : null}
            </>
          ),
        },
        { key: 'due', head: words.due, width: '11%', cell: ({ leadDays }) => words.dueDay(leadDays) },
        { key: 'type', head: words.type, width: '11%', cell: ({ type }) => charter.types[type] },
        { key: 'function', head: words.function, width: '12%', cell: ({ function: owner }) => charter.functions[owner] },
        { key: 'work', head: words.workDays, width: '8%', number: true, cell: ({ workDays }) => format.number(workDays) },
        {
          key: 'signers',
          head: words.signers,
          width: '15%',
          cell: ({ signers }) =>
            signers.length > 0 ? (
              <span>{signers.map((fn) => charter.functions[fn]).join(words.comma)}</span>
            ) : (
              <span className="ink3">{words.nobodySigns}</span>
            ),
        },
        {
          key: 'needs',
          head: words.needs,
          width: '14%',
          cell: ({ needs }) => (needs.length > 0 ? <span>{needs.map(nameOf).join(words.comma)}</span> : null),
        },
      ]}
    />
  );
}

/** What a criterion says: its own words, or those of its kind. */
export function useCriterionText() {
  const words = useMessages({ en, zh });
  const gates = useMessages({ en: gateEn, zh: gateZh });
  const format = useFormat();
  return ({ kind, text, threshold }: CriterionPlan): string => {
    const said = text || gates.kinds[kind];
    return threshold === null ? said : `${said}${words.comma}${words.atLeast(format.share(threshold, { digits: 0 }))}`;
  };
}

/** Each gate with what must be so. */
export function GateTables({ gates }: { gates: GatePlan[] }) {
  const words = useMessages({ en, zh });
  const charter = useMessages({ en: charterEn, zh: charterZh });
  const textOf = useCriterionText();
  if (gates.length === 0) return <Section title={words.gates} subtitle={words.noGates} ruled />;
  return gates.map(({ stage, leadDays, criteria }) => (
    <Section key={stage} title={words.gateOf(words.stages[stage])} count={words.dueDay(leadDays)} ruled>
      <Table
        label={words.gateOf(words.stages[stage])}
        rows={criteria.map((one, index) => ({ ...one, index }))}
        rowKey={({ index }) => String(index)}
        foot=""
        columns={[
          {
            key: 'criterion',
            head: words.criterion,
            width: '46%',
            cell: (one) => (
              <>
                {textOf(one)} {one.required ? null : <Tag tone="line">{words.optional}</Tag>}
              </>
            ),
          },
          { key: 'due', head: words.due, width: '20%', cell: ({ leadDays: days }) => words.dueDay(days) },
          { key: 'function', head: words.function, cell: ({ function: answers }) => charter.functions[answers] },
        ]}
      />
    </Section>
  ));
}
