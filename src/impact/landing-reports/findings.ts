import { shareInterval } from '../../methods/numeric/share-interval.ts';
import type { Format } from './view.tsx';
import { en as featureEn, zh as featureZh } from '../../launch/features/messages.ts';
import { type Words, zh } from './messages.ts';
import { type CountedShare, type LandingReport, type LeadingGoal, leadingGoal, type UnitAdoption } from './schema.ts';

type Told = { report: LandingReport; words: Words; format: Format };

/** Whole percents in prose, unless rounding would hide on which side of the target something lies. */
const digitsFor = (shares: (number | null)[], target: number): number =>
  shares.some((share) => share !== null && (share < 0.1 || Math.abs(share - target) < 0.01)) ? 1 : 0;

const proseOf = ({ report, format }: Told, result: CountedShare, goal: Pick<LeadingGoal, 'unit' | 'target' | 'day'>) => {
  const digits = digitsFor([result.share, result.low, result.high], goal.target);
  const write = (share: number | null) => (share === null ? '' : format.share(share, { digits }));
  return {
    name: report.launch.name,
    unit: goal.unit,
    count: format.number(result.count),
    eligible: format.number(result.of),
    share: write(result.share),
    low: write(result.low),
    high: write(result.high),
    target: format.share(goal.target, { digits: goal.target * 100 === Math.round(goal.target * 100) ? 0 : 1 }),
    day: goal.day,
    horizon: report.horizonDays,
  };
};

/** The words for rules in the language of the report. */
export const ruleOf = ({ words }: Pick<Told, 'words'>) => (words === zh ? featureZh : featureEn);

const cannotTell = (told: Told, goal: LeadingGoal): string => {
  const { report, words, format } = told;
  const { verdict } = words;
  const { name } = report.launch;
  const facts = proseOf(told, goal.result, goal);
  const now = report.adoption[goal.unit].now;
  switch (goal.reason) {
    case 'no_feature':
      return verdict.noFeature(name);
    case 'no_events':
      return verdict.noEvents(name);
    case 'no_uses':
      return verdict.noUses(name, report.feature ? ruleOf(told).usageWords(report.feature.rule) : '', report.dayReached);
    case 'no_accounts':
    case 'no_people':
      return verdict.noBase(name, goal.unit);
    case 'too_few':
      return verdict.tooFew(name, goal.unit, facts.eligible, format.number(goal.needed));
    case 'not_yet':
      return (
        verdict.notYet(name, report.dayReached, goal.day, facts.target) +
        (now.state === 'measured' ? verdict.soFar(proseOf(told, now, goal)) : '')
      );
    default:
      return verdict.within(facts, goal.needed === null ? null : format.number(goal.needed));
  }
};

const withoutGoal = (told: Told): string => {
  const { report, words } = told;
  const { now } = report.adoption.account;
  const soFar =
    now.state === 'measured' ? words.verdict.soFar(proseOf(told, now, { unit: 'account', target: -1, day: report.dayReached })) : '';
  return words.verdict.noGoal(report.launch.name) + soFar;
};

/** How many of the registered goals were met, missed, and cannot be told. */
const tally = ({ report }: Told) => {
  const at = report.goals.filter(({ kind }) => kind === 'horizon');
  const count = (verdict: (typeof at)[number]['verdict']) => at.filter((goal) => goal.verdict === verdict).length;
  return { all: at.length, met: count('met'), missed: count('missed'), cannotTell: count('cannot_tell') };
};

const leadingSentence = (told: Told, goal: LeadingGoal): string =>
  goal.verdict === 'cannot_tell' ? cannotTell(told, goal) : told.words.verdict[goal.verdict](proseOf(told, goal.result, goal));

const adoptionSentence = (told: Told): string => {
  const { report, words } = told;
  const goal = leadingGoal(report);
  const { all, ...counts } = tally(told);
  if (!goal) return all > 0 ? words.verdict.tallyOf(report.launch.name, all, counts) : withoutGoal(told);
  return leadingSentence(told, goal) + (all > 1 ? words.verdict.tally(all, counts) : '');
};

/** The answer, with its numbers and intervals: first whether it landed, then what became of the first contacts. */
export const verdictSentence = (told: Told): string => {
  const { report, words, format } = told;
  const [first, , won, revenue] = report.funnel.steps;
  if (!first || first.count === 0 || !won || !revenue) return adoptionSentence(told);
  const share = won.ofFirst;
  const write = (value: number | null) => format.share(value);
  const interval = share?.state === 'measured' ? words.verdict.wonShare(write(share.share), write(share.low), write(share.high)) : '';
  const counts = [format.number(first.count), format.number(won.count), interval] as const;
  return (
    adoptionSentence(told) +
    (report.funnel.hasRevenue
      ? words.verdict.funnel(...counts, format.number(revenue.count))
      : words.verdict.funnelWithoutRevenue(...counts))
  );
};

/** That the feature has another definition now than the one that is judged by; null when it has not. */
export const newerSentence = ({ report, words, format }: Told): string | null => {
  const { feature } = report;
  if (!feature?.newest) return null;
  const { version, changed, createdAt, createdBy } = feature.newest;
  return words.newer(feature.name, feature.version, version, changed, format.date(createdAt, { year: true }), createdBy);
};

export const adoptionTitle = ({ report, words, format }: Told, adoption: UnitAdoption): string => {
  const { now } = adoption;
  if (now.state === 'not_yet' || now.state === 'too_few') return words.adoption.empty;
  if (now.state === 'counts_only') return words.adoption.counted(format.number(now.count), format.number(now.of));
  if (adoption.landfallDay !== null) return words.adoption.landed(adoption.landfallDay);
  const over = report.dayReached >= report.horizonDays;
  return over && leadingGoal(report)
    ? words.adoption.below(report.dayReached)
    : words.adoption.running(format.share(now.share), report.dayReached, report.horizonDays);
};

/** The step after which the largest share is lost; nothing is said about too few. */
export const funnelTitle = ({ report, words }: Told): string => {
  const measured = report.funnel.steps
    .map((step, index) => ({ step, before: report.funnel.steps[index - 1] }))
    .filter(({ step }) => step.ofPrevious?.state === 'measured' && (step.step !== 'revenue' || report.funnel.hasRevenue));
  const worst = measured.toSorted((a, b) => (a.step.ofPrevious!.share ?? 1) - (b.step.ofPrevious!.share ?? 1))[0];
  if (!worst?.before || (worst.step.ofPrevious!.share ?? 1) > 0.5) return words.funnel.few;
  return words.funnel.title(words.funnel.stepIn[worst.before.step], words.funnel.stepIn[worst.step.step]);
};

type Part = { name: string; share: CountedShare };

type Standout = { name: string; share: CountedShare; side: 'above' | 'below' };

/** The part that lies clearly apart from the whole, with the confidence raised for the number of parts looked at. */
const standout = (parts: Part[], whole: CountedShare): Standout | undefined => {
  const measured = parts.filter(({ share }) => share.state === 'measured');
  const apart = measured.flatMap((part): Standout[] => {
    const corrected = shareInterval(part.share.count, part.share.of, 1 - 0.05 / measured.length);
    if (whole.share === null || 'refused' in corrected) return [];
    if (corrected.low > whole.share) return [{ ...part, side: 'above' }];
    return corrected.high < whole.share ? [{ ...part, side: 'below' }] : [];
  });
  const distance = ({ share }: Standout) => Math.abs(share.share! - (whole.share ?? 0));
  // A known name before a missing one, above before below, then the farthest.
  const order = (a: Standout, b: Standout) =>
    Number(a.name === '') - Number(b.name === '') || a.side.localeCompare(b.side) || distance(b) - distance(a);
  return apart.toSorted(order)[0];
};

const partTitle = (
  parts: Part[],
  whole: CountedShare | null | undefined,
  words: Words['origins'] | Words['segments'],
  format: Format,
): string => {
  const found = whole && standout(parts, whole);
  if (!found) return words.level;
  const say = found.side === 'above' ? words.title : words.lower;
  return say(found.name === '' ? words.blank : found.name, format.share(found.share.share), format.share(whole.share));
};

export const originTitle = ({ report, words, format }: Told): string =>
  partTitle(
    report.byOrigin.map(({ origin, won }) => ({ name: origin, share: won })),
    report.funnel.steps[2]?.ofFirst,
    words.origins,
    format,
  );

export const segmentTitle = ({ report, words, format }: Told): string =>
  partTitle(
    report.bySegment.map(({ segment, adopted }) => ({ name: segment, share: adopted })),
    report.adoption.account.now,
    words.segments,
    format,
  );

export const compareTitle = ({ report, words, format }: Told): string => {
  const { state, difference } = report.beforeAfter;
  if (state === 'not_yet') return words.compare.notYet;
  if (!difference) return words.compare.few;
  return difference.low <= 0 && difference.high >= 0 ? words.compare.open : words.compare.title(format.points(difference.value));
};

/** A counted share in words: the estimate with its interval, or only what may be said. */
export const shareInWords = ({ words, format }: Pick<Told, 'words' | 'format'>, share: CountedShare): string => {
  if (share.state === 'not_yet') return words.few.not_yet;
  if (share.state === 'too_few') return words.few.too_few(format.number(share.count));
  if (share.state === 'counts_only') return words.few.of(format.number(share.count), format.number(share.of));
  return format.interval(format.share(share.share), format.share(share.low), format.share(share.high));
};

/** When the goal was registered, measured from the market date. */
export const registration = ({ report, words, format }: Told): { day: string; distance: string } | null => {
  if (!report.goalRegisteredAt) return null;
  const local = new Intl.DateTimeFormat('en-CA', { timeZone: report.timeZone }).format(new Date(report.goalRegisteredAt));
  const days = Math.round((Date.parse(report.launch.marketDate) - Date.parse(local)) / 86_400_000);
  const distance = days > 0 ? words.before(format.days(days)) : days === 0 ? words.onTheDay : words.late(format.days(-days));
  return { day: format.date(report.goalRegisteredAt), distance };
};
