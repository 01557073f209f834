import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';
import { en, zh } from './messages.ts';
import type { Warning } from './schema.ts';

/** What speaks against a template, in words. */
export function Warnings({ of }: { of: Warning[] }) {
  const { apply: words } = useMessages({ en, zh });
  const charter = useMessages({ en: charterEn, zh: charterZh });
  const format = useFormat();
  if (of.length === 0) return null;
  const listed = (names: string[]) => (names.length > 0 ? format.list(names) : '');
  const write = (warning: Warning): string => {
    if (warning.code === 'never_used') return words.neverUsed;
    if (warning.code === 'other_audience') return words.otherAudience(warning.what, listed(warning.added), listed(warning.missing));
    if (warning.code === 'other_tier') return words.otherTier(warning.template, warning.launch);
    return warning.code === 'late' ? words.late(warning.items) : '';
  };
  // A charter that is still empty would otherwise say the same seven times.
  const unowned = of.filter((warning) => warning.code === 'nobody');
  const nobody = words.nobody(
    format.list(unowned.map(({ function: wanted, items }) => words.nobodyIn(charter.functions[wanted], format.number(items)))),
    unowned.reduce((sum, { items }) => sum + items, 0),
  );
  return (
    <Notice tone="warn">
      <div>
        <p className="strong">{words.warnings}</p>
        <ul className="warnings">
          {of
            .filter(({ code }) => code !== 'nobody')
            .map((warning) => (
              <li key={JSON.stringify(warning)}>{write(warning)}</li>
            ))}
          {unowned.length > 0 ? <li>{nobody}</li> : null}
        </ul>
      </div>
    </Notice>
  );
}
