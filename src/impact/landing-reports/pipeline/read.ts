import type { Context } from '../../../platform/context.ts';
import { addDays, dayIn } from '../../../platform/days.ts';
import { differencesOf, winRateOf } from '../../pipelines/figures.ts';
import { definitionVersion, touchRule } from '../../pipelines/schema.ts';
import type { SpellRow } from '../../pipelines/queries.ts';
import { accelerationOf } from '../../pipelines/stages.ts';
import type { Basis } from '../basis.ts';
import { launchSpells, onRecord, own, type RecordRow, type Scope, type SideRow, sides, type WinRow, wins } from './queries.ts';
import { type LaunchPart, type LaunchPipeline, type LaunchSide, launchParts } from './schema.ts';

type Asking = { context: Context; basis: Basis; now: Date; until?: string };

/** The last moment of a day by the clock of a time zone. */
export const endOf = (day: string, timeZone: string): Date => {
  const half = 43_200_000;
  let [low, high] = [Date.parse(`${day}T00:00:00Z`) - 2 * half, Date.parse(`${addDays(day, 1)}T00:00:00Z`) + 2 * half];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (dayIn(new Date(middle), timeZone) <= day) low = middle;
    else high = middle;
  }
  return new Date(low);
};

const sideOf = (rows: readonly SideRow[], part: LaunchPart): LaunchSide => {
  const own = rows.filter((row) => row.part === part);
  const sum = (of: 'deals' | 'open' | 'won' | 'lost' | 'unpriced') => own.reduce((total, row) => total + row[of], 0);
  return {
    deals: sum('deals'),
    open: sum('open'),
    won: sum('won'),
    lost: sum('lost'),
    unpriced: sum('unpriced'),
    amounts: own
      .filter(({ createdAmount, openAmount, wonAmount }) => createdAmount !== 0 || openAmount !== 0 || wonAmount !== 0)
      .map(({ currency, createdAmount, openAmount, wonAmount }) => ({
        currency,
        created: createdAmount,
        open: openAmount,
        won: wonAmount,
      })),
  };
};

const scopeOf = ({ context, basis, now, until }: Asking): Scope => {
  const { timeZone } = context.workspace;
  const end = until === undefined ? now : endOf(until, timeZone);
  const { campaigns, features } = basis.claims;
  return {
    rule: touchRule.parse({}),
    frame: {
      now: end < now ? end : now,
      zone: timeZone,
      days: null,
      claimed: { names: campaigns, called: campaigns.map(() => [own]) },
    },
    features: features.map((name) => name.trim().toLowerCase()),
    until: until ?? null,
  };
};

const winsOf = (rows: readonly WinRow[]): Pick<LaunchPipeline, 'winRate' | 'difference'> => {
  const of = (whose: WinRow['whose']) => winRateOf(rows.find((one) => one.whose === whose));
  const [all, touched] = [of('all'), of('touched')];
  const [found] = differencesOf(all, [{ kind: 'usual', name: own, weighed: touched }]);
  const { alike: _, ...winRate } = touched;
  return { winRate, difference: found ? { points: found.points, low: found.low, high: found.high } : null };
};

/** Deals that the launch has to do with: by touches of its programs, and by its features. */
export const readPipeline = async (asking: Asking): Promise<LaunchPipeline> => {
  const { events } = asking.context;
  const scope = scopeOf(asking);
  const [found, [known], won, stays] = await Promise.all([
    events.ask<SideRow>(sides(scope)),
    events.ask<RecordRow>(onRecord(scope)),
    events.ask<WinRow>(wins(scope)),
    events.ask<SpellRow>(launchSpells(scope)),
  ]);
  const side = Object.fromEntries(launchParts.map((part) => [part, sideOf(found, part)])) as Record<LaunchPart, LaunchSide>;
  const days = found
    .flatMap(({ first, last }) => [first, last])
    .filter((one) => one !== null)
    .toSorted();
  return {
    ...asking.basis.claims,
    rule: { ...scope.rule, version: definitionVersion },
    ...side,
    from: days[0] ?? null,
    to: days.at(-1) ?? null,
    ...winsOf(won),
    acceleration: accelerationOf(
      stays.filter(({ whole }) => whole === 0),
      stays.at(-1)!.deals,
    ),
    onRecord: known!,
  };
};
