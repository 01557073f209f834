import { Tag } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { StateMark } from '../../web/kit/marks.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';
import type { BusinessFunction } from '../charters/schema.ts';
import { en as launchEn, zh as launchZh } from '../launches/messages.ts';
import { en, zh } from './messages.ts';
import { type Criterion, type DecidedCriterion, type GateStage, gateStages } from './schema.ts';

/** What stands in the column "why" of a criterion, in words: the waiver, what was found, or the first evidence. */
export function useGateWords() {
  const words = useMessages({ en, zh });
  const { functions } = useMessages({ en: charterEn, zh: charterZh });
  const { stages } = useMessages({ en: launchEn, zh: launchZh });
  const format = useFormat();
  const stageOf = (stage: string): string => stages[stage as keyof typeof stages] ?? stage;
  const isStage = (name: string): name is GateStage => gateStages.some((stage) => stage === name);
  const nameOf = ({ text, kind }: Pick<Criterion, 'text' | 'kind'>): string => text || words.kinds[kind];
  const foundOf = ({ result, evidence, countedOf }: DecidedCriterion): string => {
    const { code, state, have, need, names } = result;
    const [first] = evidence;
    if (code === 'set' && first) return `${words.states[state]}: ${first.what} (${first.source}, ${format.date(first.day)})`;
    const listed = names.map((name) => {
      if (code === 'tier_unapproved') return functions[name as BusinessFunction];
      return code === 'no_feedback' && isStage(name) ? stageOf(name) : name;
    });
    return words.whyOf({
      code,
      state,
      have: format.number(have),
      need: format.number(need),
      of: format.number(countedOf),
      names: listed.length > 0 ? format.list(listed) : '',
    });
  };
  const whyOf = (criterion: DecidedCriterion): string =>
    criterion.standing === 'waived' && criterion.waiver ? words.waived(criterion.waiver.by, criterion.waiver.reason) : foundOf(criterion);
  return { words, format, stageOf, gateName: (stage: string) => words.gateOf(stageOf(stage)), nameOf, foundOf, whyOf };
}

const marks = { ready: 'met', waits: 'waiting', fails: 'missed', waived: 'stale' } as const;

/** A shape; its word is for those who do not see it, since the reason stands beside it. */
export function Standing({ of: standing, shown = false }: { of: Criterion['standing']; shown?: boolean }) {
  const words = useMessages({ en, zh });
  return (
    <StateMark state={marks[standing]}>
      {shown ? words.standings[standing] : <span className="vh">{words.standings[standing]}</span>}
    </StateMark>
  );
}

export function OptionalTag({ required }: { required: boolean }) {
  const words = useMessages({ en, zh });
  return required ? null : <Tag>{words.optional}</Tag>;
}

/** Who may change criteria, waive and decide. */
export const useMayDecide = (): boolean => ['owner', 'pmm'].includes(useSession().role);
