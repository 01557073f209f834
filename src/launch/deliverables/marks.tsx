import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { daysBetween } from '../../web/kit/questions/ranges.ts';
import { StateMark } from '../../web/kit/marks.tsx';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';
import { en, zh } from './messages.ts';
import { type Deliverable, isOpen, type SignOff } from './schema.ts';

const signMarks = { signed: 'done', changes_asked: 'failed', waiting: 'waiting' } as const;

/** How one function stands to it: signed, waiting, or asked for changes. */
export function SignMark({ sign }: { sign: SignOff }) {
  const words = useMessages({ en, zh });
  const charter = useMessages({ en: charterEn, zh: charterZh });
  const state = sign.isStale ? words.signStale : words.signStates[sign.state];
  return <StateMark state={signMarks[sign.state]}>{words.signWords(charter.functions[sign.function], state)}</StateMark>;
}

/** All signatures of one deliverable in a cell: a mark for each, the words for who cannot see it and on hovering. */
export function SignMarks({ signs }: { signs: SignOff[] }) {
  const words = useMessages({ en, zh });
  if (signs.length === 0) return <span className="ink3">{words.noSigns}</span>;
  return (
    <span className="row signs">
      {signs.map((sign) => (
        <span key={sign.function} className="sign">
          <SignMark sign={sign} />
        </span>
      ))}
    </span>
  );
}

export const isLate = (one: Pick<Deliverable, 'status' | 'dueOn'>, today: string): boolean => isOpen(one) && one.dueOn < today;

/** The due day, and that it has passed. */
export function Due({ of: one }: { of: Deliverable }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const today = useToday();
  const day = format.date(one.dueOn);
  if (!isLate(one, today))
    return (
      <>
        {day}
        {one.isFixed ? <span className="ink3"> {words.fixedDay}</span> : null}
      </>
    );
  const days = daysBetween(one.dueOn, today);
  return (
    <span className="overdue" title={words.lateBy(days)}>
      {day}
      <span className="vh">, {words.lateBy(days)}</span>
    </span>
  );
}
