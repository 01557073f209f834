import '../../web/kit/styles/positioning.css';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Scroll } from '../../web/kit/scroll.tsx';
import { en, zh } from './messages.ts';
import { saidFields } from './said.tsx';
import type { PositioningContent } from './schema.ts';
import { type Part, wordDifferences } from './word-differences.ts';

type Side = { label: string; content: PositioningContent };

const evidenceLines = ({ evidence }: PositioningContent, date: (day: string) => string): string =>
  evidence.map(({ what, source, day }) => `${what} (${source}, ${date(day)})`).join('\n');

/** Two versions side by side: on the left what was taken out of the one, on the right what was put into the other. */
export function Compare({ before, after }: { before: Side; after: Side }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { locale } = format;
  const date = (day: string) => (day ? format.date(day, { year: true }) : '');
  const rows = [
    ...saidFields.map((field) => ({ name: words.fields[field], before: before.content[field], after: after.content[field] })),
    { name: words.evidence, before: evidenceLines(before.content, date), after: evidenceLines(after.content, date) },
  ].map(({ name, ...texts }) => ({ name, parts: wordDifferences(texts.before, texts.after, locale) }));
  if (rows.every(({ parts }) => parts.every(({ kind }) => kind === 'same'))) return <p className="meta">{words.compareNone}</p>;
  return (
    <Scroll label={words.compare}>
      <table className="t versions">
        <thead>
          <tr>
            <th scope="col">
              <span className="vh">{words.compare}</span>
            </th>
            <th scope="col">{before.label}</th>
            <th scope="col">{after.label}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, parts }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <Parts parts={parts} shown="removed" />
              </td>
              <td>
                <Parts parts={parts} shown="added" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Parts({ parts, shown }: { parts: Part[]; shown: 'removed' | 'added' }) {
  const words = useMessages({ en, zh });
  const own = parts.filter(({ kind }) => kind === 'same' || kind === shown);
  if (own.every(({ text }) => text === '')) return <span className="ink3">{words.empty}</span>;
  return own.map(({ kind, text }, place) => {
    if (kind === 'same') return <span key={place}>{text}</span>;
    const Mark = kind === 'removed' ? 'del' : 'ins';
    return (
      <Mark key={place}>
        <span className="vh">{kind === 'removed' ? words.removedWord : words.addedWord} </span>
        {text}
      </Mark>
    );
  });
}
