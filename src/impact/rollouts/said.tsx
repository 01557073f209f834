import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Table } from '../../web/kit/table.tsx';
import { en, zh } from './messages.ts';
import type { Basis, RolloutPlan } from './schema.ts';

/** Whether a roll-out can answer, in a sentence, and what that rests on. */
export function useRolloutWords() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const points = (value: number) => format.points(value).replace('+', '');
  const verdict = ({ detectable, why }: Basis, { worthHaving }: RolloutPlan): string => {
    const [shown, worth] = [detectable === null ? words.none : points(detectable), points(worthHaving)];
    if (why === null) return words.yes(shown, worth);
    return why === 'change_too_small' ? words.no.change_too_small(shown, worth) : words.no[why];
  };
  const rests = ({ base, likeness, leftOut, needed, why }: Basis, { lot }: RolloutPlan): string => {
    const said: string[] = [];
    if (base) {
      const { share, low, high, of, from, to } = base;
      const interval = format.interval('', format.share(low), format.share(high));
      said.push(words.base(format.share(share), interval, format.number(of), format.date(from), format.date(to)), words.powered);
    }
    if (likeness !== null) said.push(words.likeness(format.number(likeness, { digits: 2 })));
    if (leftOut > 0) said.push(words.leftOut(leftOut));
    if (why === 'change_too_small')
      said.push(lot === 'stepped_wedge' ? words.wedgeHelp : needed === null ? '' : words.needed(format.number(needed)));
    return said.filter(Boolean).join(' ');
  };
  const side = (wave: number, { lot }: Pick<RolloutPlan, 'lot'>): string =>
    lot === 'stepped_wedge' ? words.wave(format.number(wave)) : wave === 0 ? words.held : words.gets;
  return { verdict, rests, side, points };
}

export function Arms({ basis, plan }: { basis: Basis; plan: RolloutPlan }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const said = useRolloutWords();
  if (basis.arms.length === 0) return null;
  return (
    <>
      <Section title={words.arms} ruled>
        <Table
          label={words.arms}
          rows={basis.arms}
          rowKey={({ wave }) => String(wave)}
          columns={[
            { key: 'arm', head: words.arm, cell: ({ wave }) => said.side(wave, plan) },
            { key: 'accounts', head: words.accounts, number: true, cell: ({ accounts }) => format.number(accounts) },
            { key: 'did', head: words.did, number: true, cell: ({ did }) => format.number(did) },
          ]}
        />
      </Section>
      {basis.strata.length > 1 ? (
        <Section title={words.strata} ruled>
          <Table
            label={words.strata}
            rows={basis.strata}
            rowKey={({ name }) => name}
            columns={[
              { key: 'stratum', head: words.stratum, cell: ({ name }) => name || words.none },
              { key: 'gets', head: words.gets, number: true, cell: ({ treated }) => format.number(treated) },
              { key: 'held', head: words.held, number: true, cell: ({ held }) => format.number(held) },
            ]}
          />
        </Section>
      ) : null}
    </>
  );
}
