import { readLaunches } from '../../../launch/launches/queries.ts';
import type { Launch } from '../../../launch/launches/schema.ts';
import { incidenceAt } from '../../../methods/retention/incidence-at.ts';
import { kaplanMeier } from '../../../methods/retention/kaplan-meier.ts';
import type { Context } from '../../../platform/context.ts';
import { dayIn } from '../../../platform/days.ts';
import { Failure } from '../../../platform/failure.ts';
import type { Query } from '../../../platform/events/store.ts';
import { asking } from '../../questions/asking.ts';
import { meantBy } from '../answer.ts';
import { assembleTime, assembleUnit } from '../assemble.ts';
import type { AdoptionFacts } from '../facts.ts';
import { curveSums, type DaySums, type Span, spans } from '../queries.ts';
import { adoptionAsked } from '../schema.ts';
import type { LaunchesAsked, LaunchesCompared } from './schema.ts';

type Ask = <Row>(query: Query) => Promise<Row[]>;
type Compared = LaunchesCompared['launches'][number];
type Curve = Pick<Compared, 'curve' | 'marks' | 'until'>;

const usualLaunches = 8;
const marks = [30, 60, 90, 180, 365];

/** Those whose market date is past and whose feature is known; the newest if none are named. */
const chosen = (all: readonly Launch[], asked: LaunchesAsked, today: string): { able: Launch[]; without: string[] } => {
  const able = all.filter(({ feature, marketDate }) => feature !== null && marketDate <= today);
  if (!asked.launches) return { able: able.slice(0, usualLaunches), without: [] };
  for (const key of asked.launches)
    if (!all.some((launch) => launch.key === key))
      throw new Failure('not_found', {
        en: `There is no launch "${key}" in this workspace. List the launches to see their keys.`,
        zh: `此工作区中没有发布“${key}”。请列出发布以查看其标识。`,
      });
  return {
    able: able.filter(({ key }) => asked.launches!.includes(key)),
    without: asked.launches.filter((key) => !able.some((launch) => launch.key === key)),
  };
};

/** Time from access: those who have not had the time count as far as they were followed. */
const byKaplanMeier = (counts: readonly Span[], horizonDays: number): Curve => {
  const rows = counts
    .map(({ time, adopted, censored }) => ({ time, events: adopted, censored }))
    .filter((row) => row.events + row.censored > 0);
  const found = kaplanMeier(rows);
  const days = marks.filter((day) => day <= horizonDays);
  const counted = (day: number) => {
    const count = rows.filter(({ time }) => time <= day).reduce((sum, { events }) => sum + events, 0);
    const longer = rows
      .filter(({ time }) => time >= day)
      .reduce((sum, { time, events, censored }) => sum + censored + (time > day ? events : 0), 0);
    return { day, count, of: count + longer };
  };
  const silent = { share: null, low: null, high: null };
  if ('refused' in found) return { until: 0, curve: [], marks: days.map((day) => ({ ...counted(day), ...silent, state: 'too_few' })) };
  const { until, steps } = found;
  const read = steps.filter(({ time }) => time <= until);
  return {
    until,
    curve: [
      { day: 0, share: 0, low: null, high: null, of: found.observations },
      ...read.map(({ time, incidence, atRisk }) => ({ day: time, ...incidence, of: atRisk })),
      // The curve is known, and flat, up to the last day that can be read.
      ...(read.length > 0 && read.at(-1)!.time < until ? [{ day: until, ...read.at(-1)!.incidence, of: read.at(-1)!.atRisk }] : []),
    ],
    marks: days.map((day) => {
      const at = incidenceAt(found, day);
      return 'refused' in at ? { ...counted(day), ...silent, state: 'not_yet' } : { ...counted(day), ...at, state: 'measured' };
    }),
  };
};

const compare = async (ask: Ask, launch: Launch, facts: AdoptionFacts, { unit, from, horizonDays }: LaunchesAsked): Promise<Compared> => {
  const [days, counts] = await Promise.all([ask<DaySums>(curveSums(unit, facts)), ask<Span>(spans(unit, facts))]);
  const plain = assembleUnit(days, unit, horizonDays);
  const curve = from === 'access' ? byKaplanMeier(counts, horizonDays) : { ...plain, until: plain.curve.at(-1)?.day ?? 0 };
  return {
    key: launch.key,
    name: launch.name,
    marketDate: launch.marketDate,
    feature: launch.feature!.name,
    version: launch.feature!.version,
    eligible: plain.eligible,
    waiting: plain.eligible - counts.reduce((sum, { time, adopted, censored }) => sum + adopted + (time >= horizonDays ? censored : 0), 0),
    until: curve.until,
    curve: curve.curve.map(({ day, share, low, high, of }) => ({ day, share, low, high, of })),
    marks: curve.marks,
    // Of people the limits would have to know of accounts; they are counted by account.
    half: unit === 'accounts' ? assembleTime(counts, 'adopted').median : null,
  };
};

/** The adoption of each launch by its own eligible base, each from its own day 1. */
export const answerLaunches = async (context: Context, asked: LaunchesAsked): Promise<LaunchesCompared> => {
  const { from, unit, horizonDays } = asked;
  if (from === 'access' && unit === 'people')
    throw new Failure('invalid', {
      en: 'From access only accounts can be counted. Count accounts, or from the market date.',
      zh: '从获得权限之日起只能统计客户。请统计客户，或从上市日起算。',
    });
  const today = dayIn(context.now(), context.workspace.timeZone);
  const { able, without } = chosen(await context.read(readLaunches), asked, today);
  const meant = await Promise.all(
    able.map(async (launch) => {
      const since = from === 'access' ? { kind: 'access' as const } : { kind: 'launch' as const };
      return (await meantBy(context, adoptionAsked.parse({ launch: launch.key, since, horizonDays, unit }))).facts;
    }),
  );
  const first = able.map(({ marketDate }) => marketDate).toSorted()[0] ?? today;
  const lastDay = meant[0]?.lastDay ?? null;
  return asking(context, { from: first, to: lastDay ?? today }, async (ask) => ({
    from,
    unit,
    horizonDays,
    lastDay,
    launches: await Promise.all(able.map((launch, place) => compare(ask, launch, meant[place]!, asked))),
    without,
  }));
};
