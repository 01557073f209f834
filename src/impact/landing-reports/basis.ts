import { readAnnouncements } from '../../launch/announcements/queries.ts';
import type { Announcement } from '../../launch/announcements/schema.ts';
import { type Opened, readOpenedByDay } from '../../launch/changelogs/queries.ts';
import { readDeliverables } from '../../launch/deliverables/queries.ts';
import type { Deliverable } from '../../launch/deliverables/schema.ts';
import { readUsed } from '../../launch/features/queries.ts';
import type { UsedFeature } from '../../launch/features/schema.ts';
import { readWaivers } from '../../launch/gates/queries.ts';
import { readGoals } from '../../launch/goals/queries.ts';
import type { Goal, Metric } from '../../launch/goals/schema.ts';
import { readLaunch } from '../../launch/launches/queries.ts';
import { readClaims, readPrograms } from '../../launch/programs/queries.ts';
import { readStatements } from '../../launch/positionings/queries.ts';
import type { Statement } from '../../launch/positionings/schema.ts';
import type { Launch } from '../../launch/launches/schema.ts';
import { type Counted, readUses } from '../../launch/uses/queries.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { readQuestions } from '../questions/queries.ts';
import type { Question } from '../questions/schema.ts';
import type { LaunchPipeline } from './pipeline/schema.ts';

/** What people wrote that a report rests on. */
export type Basis = {
  launch: Launch;
  goals: Goal[];
  /** What was let be at its gates. */
  waivers: Awaited<ReturnType<typeof readWaivers>>;
  deliverables: Deliverable[];
  /** How those were used, day by day. */
  uses: Counted[];
  /** What was said of it, by whomever. */
  statements: Statement[];
  /** What it said itself, and how often that was opened on each day. */
  announcements: (Pick<Announcement, 'id' | 'slug' | 'title' | 'publishAt'> & { opened: Opened[] })[];
  /** How deals come to be of the launch: by touches of its programs, and by its features. */
  claims: Pick<LaunchPipeline, 'programs' | 'campaigns' | 'features'>;
  /** The comparisons that are kept with its goals. */
  comparisons: Question[];
  /** The features that goals name, by id and version. */
  features: ReadonlyMap<string, UsedFeature>;
};

const keyOf = (id: string, version: number | null): string => `${id} ${version ?? 'newest'}`;

/** The feature that a goal is about; that of the launch where it names none. */
export const featureOf = (metric: Metric | null, { features }: Basis): UsedFeature | null => {
  if (metric?.kind !== 'adoption' || !metric.featureId) return null;
  const { featureId, featureVersion } = metric;
  return features.get(keyOf(featureId, featureVersion)) ?? null;
};

const readOpened = async (transaction: Transaction, launchId: string, now: Date): Promise<Basis['announcements']> => {
  const published = await readAnnouncements(transaction, { now, publicOnly: true }, launchId);
  const opened = await readOpenedByDay(
    transaction,
    published.map(({ id }) => id),
  );
  return published.map(({ id, slug, title, publishAt }) => ({
    id,
    slug,
    title,
    publishAt,
    opened: opened.filter(({ announcement }) => announcement === id),
  }));
};

/** Whether a kept question is a comparison for this goal, whatever else is wrong with it. */
export const isComparisonOf =
  (goal: string) =>
  ({ kind, asked }: Question): boolean =>
    kind === 'lifts' && asked.goal === goal;

const readComparisons = async (transaction: Transaction, goals: readonly Goal[]): Promise<Question[]> => {
  const kept = await readQuestions(transaction);
  return kept.filter((question) => goals.some(({ id, registered }) => registered !== null && isComparisonOf(id)(question)));
};

const readOwnClaims = async (transaction: Transaction, launch: Launch, used: Basis['features']): Promise<Basis['claims']> => {
  const own = (await readPrograms(transaction)).filter((program) => program.launch?.id === launch.id);
  const { names, programs } = await readClaims(transaction);
  const features = [launch.feature, ...launch.moreFeatures, ...used.values()].flatMap((feature) => (feature ? [feature.name] : []));
  return {
    programs: own.map(({ id, key, name }) => ({ id, key, name })),
    campaigns: [...new Set(names.filter((_, place) => own.some(({ id }) => id === programs[place])))].toSorted(),
    features: [...new Set(features)],
  };
};

export const readBasis = async (transaction: Transaction, keyOrId: string, timeZone: string, now: Date): Promise<Basis> => {
  const launch = await readLaunch(transaction, keyOrId);
  const goals = await readGoals(transaction, launch, timeZone);
  const features = new Map<string, UsedFeature>();
  for (const metric of goals.flatMap((goal) => [goal.metric, goal.registered?.text.metric ?? null]))
    if (metric?.kind === 'adoption' && metric.featureId)
      features.set(keyOf(metric.featureId, metric.featureVersion), await readUsed(transaction, metric.featureId, metric.featureVersion));
  const waivers = await readWaivers(transaction, launch.id);
  const deliverables = await readDeliverables(transaction, launch);
  return {
    launch,
    goals,
    features,
    waivers,
    deliverables,
    uses: await readUses(transaction, deliverables),
    comparisons: await readComparisons(transaction, goals),
    claims: await readOwnClaims(transaction, launch, features),
    statements: await readStatements(transaction, launch.id),
    announcements: await readOpened(transaction, launch.id, now),
  };
};

/** The same with its features in other versions; null for the newest. */
export const inVersions = async (
  transaction: Transaction,
  basis: Basis,
  versionOf: (used: UsedFeature) => number | null,
): Promise<Basis> => {
  const again = (used: UsedFeature) => readUsed(transaction, used.id, versionOf(used));
  const features = new Map<string, UsedFeature>();
  for (const [key, used] of basis.features) features.set(key, await again(used));
  const { feature } = basis.launch;
  return { ...basis, features, launch: { ...basis.launch, feature: feature && (await again(feature)) } };
};

/** The registered goal on the adoption of the launch's feature that the report is about. */
export const leadingOf = ({ launch, goals }: Basis): Goal | undefined =>
  goals.find(
    ({ registered, withdrawn }) =>
      registered?.text.metric?.kind === 'adoption' &&
      !withdrawn &&
      (registered.text.metric.featureId ?? null) === (launch.feature?.id ?? null),
  );

/** The launch as it is judged: with those eligible for whom its goal was registered. */
export const judgedLaunch = (basis: Basis): Launch => {
  const leading = leadingOf(basis);
  return leading ? { ...basis.launch, eligibility: leading.registered!.text.launch.eligibility } : basis.launch;
};
