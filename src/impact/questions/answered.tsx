import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { useSession } from '../../web/kit/session.tsx';
import type { Behaviour } from '../../web/kit/questions/values.ts';
import { en, zh } from './messages.ts';
import type { AnswerFacts } from './schema.ts';

/** What every answer says of itself, as the frame of a question's page takes it. */
export const factsOf = ({ from, to, dataTo, milliseconds, features }: AnswerFacts) => ({
  period: { from, to },
  dataUntil: dataTo,
  tookMilliseconds: milliseconds,
  features,
});

/** What is kept stays with the version of the feature that it was answered by. */
export const withVersion = <One extends Behaviour>(one: One, answer: { facts: AnswerFacts } | undefined): One => {
  if (one.kind !== 'feature' || one.version) return one;
  const used = (answer?.facts.features ?? []).filter(({ id }) => id === one.feature).map(({ version }) => version);
  return used.length > 0 ? { ...one, version: Math.max(...used) } : one;
};

export const sqlOf = ({ facts }: { facts: AnswerFacts }): string => facts.sql.join(';\n\n');

/** Under a picture of an answer: whose data, and until when. */
export function useSource(answer: { facts: AnswerFacts } | undefined): string | undefined {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { workspace } = useSession();
  const dataTo = answer?.facts.dataTo;
  return workspace ? words.source(workspace.name, dataTo ? format.date(dataTo) : '–') : undefined;
}
