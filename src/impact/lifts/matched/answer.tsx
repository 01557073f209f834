import { useFormat } from '../../../web/kit/format-context.tsx';
import { useMessages } from '../../../web/kit/locale.tsx';
import { Section } from '../../../web/kit/page.tsx';
import { Table } from '../../../web/kit/table.tsx';
import type { Lift } from '../schema.ts';
import { en, zh } from './messages.ts';
import type { MatchedPart } from './schema.ts';

type Line = MatchedPart['balance'][number];

/** How alike those who got it and those whom they are compared with were before. */
export function MatchedDetails({ answer: { matched: part } }: { answer: Lift }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (!part || part.balance.length === 0) return null;
  const number = (value: number) => format.number(value, { digits: 2 });
  const worst = Math.max(...part.balance.map(({ after }) => Math.abs(after)));
  const nameOf = ({ kind, name, value }: Line) =>
    kind === 'category' ? words.share(name, value || words.empty) : kind === 'earlier' ? words.earlierOf(name) : name;
  const level = (line: Line, value: number) => (line.kind === 'category' ? format.share(value) : number(value));
  const counts = [part.matched, part.treated, part.used, part.others].map((one) => format.number(one)) as [string, string, string, string];
  return (
    <Section title={words.balanceTitle(number(worst))} subtitle={part.matched > 0 ? words.balanceNote(...counts) : undefined} ruled>
      <Table
        label={words.what}
        rows={part.balance}
        rowKey={({ kind, name, value }) => `${kind} ${name} ${value}`}
        columns={[
          { key: 'name', head: words.what, cell: nameOf },
          { key: 'treated', head: words.treated, number: true, cell: (line) => level(line, line.treated) },
          { key: 'matched', head: words.matched, number: true, cell: (line) => level(line, line.matched) },
          { key: 'others', head: words.others, number: true, cell: (line) => level(line, line.others) },
          { key: 'before', head: words.apart, number: true, cell: ({ before }) => format.signedNumber(before, { digits: 2 }) },
          { key: 'after', head: words.apartAfter, number: true, cell: ({ after }) => format.signedNumber(after, { digits: 2 }) },
        ]}
      />
      {part.leftOut.length > 0 ? <p className="meta">{words.leftOut(format.list(part.leftOut))}</p> : null}
    </Section>
  );
}
