import { readUsed } from '../../launch/features/queries.ts';
import type { UsedFeature } from '../../launch/features/schema.ts';
import { shareDifference } from '../../methods/lift/share-difference.ts';
import { bootstrapMean } from '../../methods/numeric/bootstrap-mean.ts';
import { type EstimatedDifference, estimateDifference } from '../../methods/numeric/estimate-difference.ts';
import type { Context } from '../../platform/context.ts';
import { addDays } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import { newestDayOf } from '../questions/asking.ts';
import { shifted } from '../trends/periods.ts';
import { type Ask, keptOf } from './figures.ts';
import * as groups from './groups.ts';
import type { Frame } from './queries.ts';
import { groupKinds, type LockedSet, type Split, type Subscriptions, type SubscriptionsAsked } from './schema.ts';
import { survivalOf } from './survival.ts';

/** So many values are drawn at most, so that a server with very many accounts is not held up. */
const mostDrawn = 20_000_000;

const perAccount = (paid: readonly number[]): LockedSet['perAccount'] => {
  if (paid.length === 0) return null;
  const mean = paid.reduce((sum, value) => sum + value, 0) / paid.length;
  const found = bootstrapMean(paid, { draws: Math.min(4000, Math.max(200, Math.floor(mostDrawn / paid.length))) });
  const silent = { mean, low: null, high: null, accounts: paid.length, needed: null };
  if (!('refused' in found)) return { ...silent, low: found.low, high: found.high };
  return found.refused === 'no_variation' ? silent : { ...silent, needed: found.needed };
};

const setOf = (row: groups.LockedRow): LockedSet => ({ ...keptOf(row), perAccount: perAccount(row.paid) });

const points = ({ difference, low, high }: EstimatedDifference) => ({ points: difference, low, high });

type Figure = NonNullable<LockedSet['net']>;
const apart = (one: Figure | null, two: Figure | null) =>
  one?.low == null || one.high == null || two?.low == null || two.high == null
    ? null
    : points(estimateDifference({ value: one.share, low: one.low, high: one.high }, { value: two.share, low: two.low, high: two.high }));

const logoApart = (one: LockedSet, two: LockedSet) => {
  if (one.logo?.low == null || two.logo?.low == null) return null;
  const found = shareDifference({ successes: one.paying, trials: one.accounts }, { successes: two.paying, trials: two.accounts });
  return 'refused' in found ? null : points(found);
};

/** The feature that is asked about, in the version that is used. Refused beside a breakdown: an account would stand in two groups. */
export const readFeatureAsked = async (
  context: Context,
  { feature, version, breakdown, survival }: SubscriptionsAsked,
): Promise<UsedFeature | null> => {
  if (!feature) return null;
  if (breakdown)
    throw new Failure('invalid', {
      en: 'Accounts are told apart by a field or by a feature, not by both. Leave out the breakdown or the feature.',
      zh: '客户只能按字段或按功能区分，不能同时按两者。请去掉细分维度或功能。',
    });
  if (survival === 'first')
    throw new Failure('invalid', {
      en: 'Who adopted is known at the lock; from the first revenue on it would be told by what came later. Follow from the lock.',
      zh: '是否采用以锁定时为准；若从首次有收入起跟踪，就会用后来的事区分客户。请从锁定时开始跟踪。',
    });
  return context.read((transaction) => readUsed(transaction, feature, version ?? null));
};

const byOf = async (context: Context, asked: SubscriptionsAsked, used: UsedFeature | null, day: string): Promise<groups.By | null> => {
  if (!used) return asked.breakdown ? { kind: 'field', name: asked.breakdown.name, asOf: asked.asOf, named: [] } : null;
  if ((await newestDayOf(context.events, day)) === null)
    throw new Failure('conflict', {
      en: `No event is known up to ${day}, when the set is locked: who had adopted "${used.name}" by then cannot be told. Compare over fewer months.`,
      zh: `锁定日 ${day} 及之前没有任何事件，无法判断当时谁已采用“${used.name}”。请减少比较的月数。`,
    });
  return { kind: 'feature', rule: used.rule, base: used.base, day, now: context.now() };
};

type Span = { from: number; to: number };
type Locked = Pick<Subscriptions, 'locked' | 'groups' | 'split' | 'adoption' | 'survival'>;
export const nothingLocked: Locked = { locked: null, groups: [], split: null, adoption: null, survival: null };

/** Groups by a value that most accounts got later would be told apart by hindsight. */
const splitOf = (asOf: Split['asOf'], known: groups.KnownRow | undefined): Split | null =>
  known ? { asOf, ...known, refused: asOf === 'lock' && known.later > known.known } : null;

const adoptionOf = (parts: Subscriptions['groups'], day: string): Subscriptions['adoption'] => {
  const [did, didNot] = (['adopted', 'not_adopted'] as const).map((kind) => parts.find((one) => one.kind === kind));
  if (!did || !didNot) return { by: day, net: null, gross: null, logo: null };
  return { by: day, net: apart(did.net, didNot.net), gross: apart(did.gross, didNot.gross), logo: logoApart(did, didNot) };
};

/** What a locked set of accounts pays now of what it paid then: all, by group, and how long they go on paying. */
export const lockedOf = async (
  context: Context,
  asked: SubscriptionsAsked,
  used: UsedFeature | null,
  { frame, span: { from, to }, ask }: { frame: Frame; span: Span; ask: Ask },
): Promise<Locked> => {
  const start = to - asked.over;
  if (start < 0 && (asked.survival === 'lock' || used)) return nothingLocked;
  const day = addDays(shifted(frame.origin, 'month', start + 1), -1);
  const meant = await byOf(context, asked, used, day);
  const [lock, end] = [Math.max(0, start), to];
  const followed =
    asked.survival === 'lock'
      ? { from: asked.survival, first: lock, last: lock, until: to }
      : { from: asked.survival, first: from, last: to, until: frame.last };
  const field = meant?.kind === 'field' ? meant : null;
  const [[known], [knownFirst], named] = await Promise.all([
    field && start >= 0 ? ask<groups.KnownRow>(groups.lockedKnown(field.name, frame, start, to)) : [],
    field && asked.survival === 'first' ? ask<groups.KnownRow>(groups.followedKnown(field.name, frame, followed)) : [],
    field ? ask<{ name: string }>(groups.lockedValues(field, frame, lock, end)) : [],
  ]);
  const names = named.map(({ name }) => name);
  const by = field ? { ...field, named: names } : meant;
  const split = splitOf(asked.asOf, known ?? knownFirst);
  const splitSurvival = splitOf(asked.asOf, knownFirst ?? known);
  const [rows, survived] = await Promise.all([
    start < 0 ? [] : ask<groups.LockedRow>(groups.lockedRows(split?.refused ? null : by, frame, start, to)),
    ask<groups.SurvivalRow>(groups.survivalRows(splitSurvival?.refused ? null : by, frame, followed)),
  ]);
  const place = ({ kind, name }: { kind: 'all' | (typeof groupKinds)[number]; name: string }) =>
    kind === 'all' ? -1 : groupKinds.indexOf(kind) * 100 + Math.max(0, names.indexOf(name));
  const all = rows.find(({ kind }) => kind === 'all');
  const parts = rows
    .toSorted((a, b) => place(a) - place(b))
    .flatMap((row) => (row.kind === 'all' ? [] : [{ kind: row.kind, name: row.name, ...setOf(row) }]));
  return {
    locked: all ? { ...setOf(all), from: shifted(frame.origin, 'month', start), to: shifted(frame.origin, 'month', to) } : null,
    groups: parts,
    split,
    adoption: used && adoptionOf(parts, day),
    survival: survived.length > 0 ? survivalOf(survived, asked.survival, place, splitSurvival?.refused ?? false) : null,
  };
};
