import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { en, zh } from './messages.ts';
import type { AnswerFacts } from './schema.ts';

/** What every answer says of itself, as the frame of a question's page takes it. */
export const factsOf = ({ from, to, dataTo, milliseconds, features }: AnswerFacts) => ({
  period: { from, to },
  dataUntil: dataTo,
  tookMilliseconds: milliseconds,
  features,
});

export const sqlOf = ({ facts }: { facts: AnswerFacts }): string => facts.sql.join(';\n\n');

/** Under a picture of an answer: whose data, and until when. */
export function useSource(answer: { facts: AnswerFacts } | undefined): string | undefined {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { workspace } = useSession();
  const dataTo = answer?.facts.dataTo;
  return workspace ? words.source(workspace.name, dataTo ? format.date(dataTo) : '–') : undefined;
}
