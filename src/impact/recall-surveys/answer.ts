import { detectableDifference } from '../../methods/lift/detectable-difference.ts';
import { goalVerdict } from '../../methods/lift/goal-verdict.ts';
import { type Counted, type DifferenceEstimate, shareDifference } from '../../methods/lift/share-difference.ts';
import { shareDifferenceInDifferences } from '../../methods/lift/share-difference-in-differences.ts';
import { shareInterval } from '../../methods/numeric/share-interval.ts';
import type { Program } from '../../launch/programs/schema.ts';
import { dayIn } from '../../platform/days.ts';
import {
  type AnsweredWave,
  type Caveat,
  type ComparedRecall,
  type CountedRecall,
  fewestAsked,
  type GroupRecall,
  type RecallFinding,
  type RecallMeasure,
  type RecallStep,
  type RecallWave,
  type RegisteredTarget,
  type SurveyFields,
} from './schema.ts';

type Sample = CountedRecall | null;
type Why = Extract<ComparedRecall, { kind: 'refused' }>['why'];

const asCounted = ({ asked, recalled }: CountedRecall): Counted => ({ successes: recalled, trials: asked });
const refused = (why: Why, asked: number | null = null): ComparedRecall => ({
  kind: 'refused',
  why,
  asked,
  needed: why === 'too_few' ? fewestAsked : null,
});

/** What a method says of samples that are all there and large enough; why not, otherwise. */
const compare = (samples: [Sample, Why][], method: (...all: Counted[]) => DifferenceEstimate | { refused: string }): ComparedRecall => {
  const missing = samples.find(([sample]) => sample === null);
  if (missing) return refused(missing[1]);
  const all = samples.map(([sample]) => sample!);
  const fewest = Math.min(...all.map(({ asked }) => asked));
  const found = fewest < fewestAsked ? null : method(...all.map(asCounted));
  if (!found || 'refused' in found) return refused('too_few', fewest);
  return { kind: 'estimate', value: found.difference, low: found.low, high: found.high };
};

const differenceIn = ({ exposed, notExposed }: RecallWave): ComparedRecall =>
  compare(
    [
      [exposed, 'no_exposed'],
      [notExposed, 'no_not_exposed'],
    ],
    (one, other) => shareDifference(one, other),
  );

const changeOf = (from: Sample, to: Sample, why: Why): ComparedRecall =>
  compare(
    [
      [to, why],
      [from, why],
    ],
    (after, before) => shareDifference(after, before),
  );

const furtherRise = (from: RecallWave, to: RecallWave): ComparedRecall =>
  compare(
    [
      [from.exposed, 'no_exposed'],
      [to.exposed, 'no_exposed'],
      [from.notExposed, 'no_not_exposed'],
      [to.notExposed, 'no_not_exposed'],
    ],
    (before, after, othersBefore, othersAfter) =>
      shareDifferenceInDifferences({ before, after }, { before: othersBefore, after: othersAfter }),
  );

const recallOf = (sample: Sample): GroupRecall | null => {
  if (!sample) return null;
  const estimate = sample.asked < fewestAsked ? null : shareInterval(sample.recalled, sample.asked);
  if (!estimate || 'refused' in estimate) return { ...sample, share: null, low: null, high: null };
  return { ...sample, ...estimate };
};

const detectableIn = ({ exposed, notExposed }: RecallWave): number | null => {
  if (!exposed || !notExposed || Math.min(exposed.asked, notExposed.asked) < fewestAsked) return null;
  const found = detectableDifference({ base: notExposed.recalled / notExposed.asked, trials: [exposed.asked, notExposed.asked] });
  return 'refused' in found ? null : found.difference;
};

export const answerWave = (wave: RecallWave): AnsweredWave => ({
  ...wave,
  exposed: recallOf(wave.exposed),
  notExposed: recallOf(wave.notExposed),
  difference: differenceIn(wave),
  detectable: detectableIn(wave),
});

const stepOf = (from: RecallWave, to: RecallWave): RecallStep => ({
  from: from.id,
  to: to.id,
  exposed: changeOf(from.exposed, to.exposed, 'no_exposed'),
  notExposed: changeOf(from.notExposed, to.notExposed, 'no_not_exposed'),
  differenceInDifferences: furtherRise(from, to),
});

/** The wave that everything is held against, and the one that is judged: chosen by their days, not by what they say. */
const poles = (waves: readonly RecallWave[]) => ({
  baseline: waves.findLast(({ moment }) => moment === 'before') ?? null,
  judged: waves.find(({ moment }) => moment === 'after') ?? null,
});

/** From each wave to the next, and from the last one before the program to each one after it. */
export const stepsOf = (waves: readonly RecallWave[]): RecallStep[] => {
  const { baseline } = poles(waves);
  return waves.flatMap((to, place) => {
    const previous = waves[place - 1];
    const from = [previous, ...(to.moment === 'after' && baseline !== previous ? [baseline] : [])];
    return from.flatMap((one) => (one ? [stepOf(one, to)] : []));
  });
};

type Poles = { baseline: RecallWave | null; judged: RecallWave };
type Measured = { compared: ComparedRecall; samples: Sample[] };

const measure = (of: RecallMeasure, { baseline, judged }: Poles): Measured => {
  const { exposed, notExposed } = judged;
  if (of === 'difference') return { compared: differenceIn(judged), samples: [exposed, notExposed] };
  if (of === 'recall') {
    const share = recallOf(exposed);
    if (!share) return { compared: refused('no_exposed'), samples: [] };
    if (share.share === null) return { compared: refused('too_few', share.asked), samples: [exposed] };
    return { compared: { kind: 'estimate', value: share.share, low: share.low!, high: share.high! }, samples: [exposed] };
  }
  if (!baseline) return { compared: refused('no_before_wave'), samples: [] };
  if (of === 'change') return { compared: changeOf(baseline.exposed, exposed, 'no_exposed'), samples: [baseline.exposed, exposed] };
  return { compared: furtherRise(baseline, judged), samples: [baseline.exposed, exposed, baseline.notExposed, notExposed] };
};

/** The most that the groups asked allow to be said, whatever the counts say. */
const mostSaid = ({ baseline, judged }: Poles): RecallMeasure => {
  const both = (wave: RecallWave | null) => wave?.exposed && wave.notExposed;
  if (both(judged)) return both(baseline) ? 'difference_in_differences' : 'difference';
  return baseline?.exposed && judged.exposed ? 'change' : 'recall';
};

const readingOf = (of: RecallMeasure, { lot }: SurveyFields): RecallFinding['reading'] => {
  if (of === 'recall' || of === 'change') return 'description';
  return lot === 'people' ? 'effect' : 'association';
};

type Judged = Pick<RecallFinding, 'verdict' | 'why'>;

const judge = (of: RecallMeasure, { compared, samples }: Measured, target: RegisteredTarget | null): Judged => {
  if (compared.kind === 'refused') return { verdict: 'cannot_tell', why: compared.why };
  if (target) {
    const sample = samples[0];
    const reached =
      of === 'recall' && sample
        ? goalVerdict({ ...asCounted(sample), target: target.atLeast, minimum: fewestAsked }).verdict
        : compared.low >= target.atLeast
          ? 'met'
          : compared.high < target.atLeast
            ? 'missed'
            : 'cannot_tell';
    return { verdict: reached, why: reached === 'cannot_tell' ? 'holds_target' : null };
  }
  if (of !== 'recall' && compared.low <= 0 && compared.high >= 0) return { verdict: 'cannot_tell', why: 'holds_none' };
  return { verdict: 'described', why: 'no_target' };
};

type Asked = { fields: SurveyFields; target: RegisteredTarget | null; waves: readonly RecallWave[]; timeZone: string };

/** A target counts when it was registered on a day before the first wave after the program began. */
const isLate = (target: RegisteredTarget, judged: RecallWave, timeZone: string): boolean =>
  dayIn(new Date(target.at), timeZone) >= judged.startsOn;

const nothingYet: RecallFinding = {
  verdict: 'not_yet',
  why: 'no_after_wave',
  measure: null,
  value: null,
  low: null,
  high: null,
  asked: null,
  needed: null,
  wave: null,
  baseline: null,
  reading: null,
};

export const findingOf = ({ fields, target, waves, timeZone }: Asked): RecallFinding => {
  const { baseline, judged } = poles(waves);
  if (!judged) return nothingYet;
  const late = target !== null && isLate(target, judged, timeZone);
  const inTime = late ? null : target;
  const of = inTime?.measure ?? mostSaid({ baseline, judged });
  const measured = measure(of, { baseline, judged });
  const { compared, samples } = measured;
  const { verdict, why } = judge(of, measured, inTime);
  const figures = compared.kind === 'estimate' ? { value: compared.value, low: compared.low, high: compared.high } : null;
  return {
    verdict,
    why: why === 'no_target' && late ? 'late' : why,
    measure: of,
    ...(figures ?? { value: null, low: null, high: null }),
    asked: figures ? samples.reduce((sum, sample) => sum + (sample?.asked ?? 0), 0) : compared.kind === 'refused' ? compared.asked : null,
    needed: compared.kind === 'refused' ? compared.needed : null,
    wave: judged.id,
    baseline: of === 'change' || of === 'difference_in_differences' ? (baseline?.id ?? null) : null,
    reading: readingOf(of, fields),
  };
};

/** What a reader must know before believing the figures. */
export const caveatsOf = ({ fields, target, waves, timeZone }: Asked, program: Pick<Program, 'startsOn' | 'endsOn'>): Caveat[] => {
  const { judged } = poles(waves);
  const isCompared = waves.some(({ exposed, notExposed }) => exposed && notExposed);
  const found: [Caveat, boolean][] = [
    ['not_by_lot', isCompared && fields.lot === 'none'],
    ['lot_of_places', isCompared && fields.lot === 'places'],
    ['same_people', fields.samePeople && waves.length > 1],
    ['aided', fields.prompt === 'aided'],
    [
      'before_in_program',
      waves.some(({ moment, endsOn }) => moment === 'before' && program.startsOn !== null && endsOn >= program.startsOn),
    ],
    ['after_in_program', waves.some(({ moment, startsOn }) => moment === 'after' && program.endsOn !== null && startsOn <= program.endsOn)],
    ['late_target', target !== null && judged !== null && isLate(target, judged, timeZone)],
  ];
  return found.filter(([, holds]) => holds).map(([caveat]) => caveat);
};
