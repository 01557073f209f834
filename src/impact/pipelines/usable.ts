import { readAllDeliverables } from '../../launch/deliverables/queries.ts';
import { readFeatures } from '../../launch/features/queries.ts';
import { readLaunches } from '../../launch/launches/queries.ts';
import { readLinksTo } from '../../launch/uses/queries.ts';
import type { Transaction } from '../../platform/records/store.ts';
import type { Dimension, Pipeline } from './schema.ts';
import { type Usable, wordsOf } from './uses.ts';

export type Measurable = { usable?: Usable; notMeasured: NonNullable<Pipeline['uses']>['notMeasured'] };

/** Features in the version by which their launches are judged, where these agree; else in the newest. */
const readFeaturesUsed = async (transaction: Transaction): Promise<Usable['features']> => {
  const launches = await readLaunches(transaction);
  return (await readFeatures(transaction)).map((newest) => {
    const judged = launches.flatMap(({ feature }) => (feature?.id === newest.id ? [feature] : []));
    const used = new Set(judged.map(({ version }) => version)).size === 1 ? judged[0]! : newest;
    return { id: newest.id, name: newest.name, version: used.version, newestVersion: newest.version, rule: used.rule };
  });
};

/** Deliverables of all launches by the short links that lead to them. Two links with the same UTM words cannot be told apart by what comes of them. */
const readDeliverablesUsed = async (transaction: Transaction): Promise<Measurable> => {
  const launches = await readLaunches(transaction);
  const all = await readAllDeliverables(
    transaction,
    launches.map(({ id }) => id),
  );
  const { links, leading } = await readLinksTo(
    transaction,
    all.map(({ deliverable }) => deliverable),
  );
  const measured = all.map(({ deliverable, launch }) => {
    const own = leading.get(deliverable.id) ?? [];
    const isOwn = new Set(own.map(({ id }) => id));
    const others = new Set(links.filter(({ id }) => !isOwn.has(id)).map(wordsOf));
    const words = [...new Set(own.map(wordsOf))].filter((one) => !others.has(one));
    return {
      name: `${deliverable.name} (${launch.name})`,
      words,
      why: own.length === 0 ? ('no_link' as const) : ('shared_words' as const),
    };
  });
  return {
    usable: { features: [], links: measured.flatMap(({ name, words }) => words.map((one) => ({ name, words: one }))) },
    notMeasured: measured.filter(({ words }) => words.length === 0).map(({ name, why }) => ({ name, why })),
  };
};

/** What a breakdown by use is by. */
export const readUsable = async (transaction: Transaction, by: Dimension | undefined): Promise<Measurable> => {
  if (by === 'deliverable') return readDeliverablesUsed(transaction);
  return by === 'feature' ? { usable: { features: await readFeaturesUsed(transaction), links: [] }, notMeasured: [] } : { notMeasured: [] };
};
