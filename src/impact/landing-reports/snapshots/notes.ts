import { en as liftEn, zh as liftZh } from '../../lifts/messages.ts';
import { writer } from '../../lifts/words.ts';
import { type Words, zh } from '../messages.ts';
import type { Format } from '../view.tsx';
import type { Cause, SnapshotComparison } from './schema.ts';

type Line = SnapshotComparison['figures'][number];

/** What a line of a comparison is of. */
export const lineName = ({ figure, name, day }: Line, words: Words): string => {
  const said = words.snapshots;
  if (figure === 'goal') return said.goal(name, day ?? 0);
  if (figure === 'lift') return said.lift(name);
  if (figure === 'sourced' || figure === 'influenced') return said.pipeline[figure];
  if (figure === 'adoption_account' || figure === 'adoption_person') return said.adoption[figure];
  return words.funnel.step[figure];
};

const effectInWords = (effect: NonNullable<NonNullable<Line['before']>['effect']>, words: Words, format: Format): string => {
  const write = writer(words === zh ? liftZh : liftEn, format, effect);
  return `${write.effect(effect.effect)} (${write.interval(effect)})`;
};

export const figureInWords = ({ verdict, count, of, effect }: NonNullable<Line['before']>, words: Words, format: Format): string =>
  [
    verdict && words.goals.verdict[verdict],
    effect && effectInWords(effect, words, format),
    words.few.of(format.number(count), format.number(of)),
  ]
    .filter(Boolean)
    .join(', ');

/** What a cause is of: a method by its name, an import with its number. */
export const causeName = (cause: Cause, name: string, batch: number | null, words: Words): string => {
  if (batch !== null) return words.snapshots.batch(batch, name);
  return cause === 'method_changed' ? (words.rests.methods[name as keyof Words['rests']['methods']] ?? name) : name;
};
