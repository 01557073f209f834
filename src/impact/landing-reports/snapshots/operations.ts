import { z } from 'zod';
import { readLaunch } from '../../../launch/launches/queries.ts';
import { operation } from '../../../platform/operation.ts';
import { editors, everyone } from '../../../platform/roles.ts';
import { landingReport } from '../schema.ts';
import { snapshot, snapshotComparison, snapshotDay, snapshotDays } from './schema.ts';
import { restsOn } from '../rests/schema.ts';
import { causesSince, definitionsBetween } from './causes.ts';
import { differingFigures, isSameFigure } from './compare.ts';
import { keepReportOf } from './keeping.ts';
import { asSnapshot, dataSince, makeAgain, readSnapshot, readSnapshots } from './queries.ts';

const ofLaunch = z.object({ launch: z.string().min(1).max(120).describe('Key or id of the launch') });
const ofDay = ofLaunch.extend({ day: snapshotDay.describe('Days after the market date: 30, 60 or 90') });

export const listSnapshots = operation({
  summary: 'List the snapshots of a landing report, with what each said of the goals',
  method: 'GET',
  path: '/launches/{launch}/landing-report/snapshots',
  who: everyone,
  input: ofLaunch,
  output: z.object({ snapshots: z.array(snapshot) }),
  run: (context, input) =>
    context.read(async (transaction) => {
      const { id } = await readLaunch(transaction, input.launch);
      return { snapshots: (await readSnapshots(transaction, id)).map(asSnapshot) };
    }),
});

export const getSnapshot = operation({
  summary: 'Read a landing report as it was kept on day 30, 60 or 90',
  method: 'GET',
  path: '/launches/{launch}/landing-report/snapshots/{day}',
  who: everyone,
  input: ofDay,
  output: z.object({ snapshot, report: landingReport }),
  run: (context, input) =>
    context.read(async (transaction) => {
      const row = await readSnapshot(transaction, (await readLaunch(transaction, input.launch)).id, input.day);
      return { snapshot: asSnapshot(row), report: row.report };
    }),
});

export const freezeLandingReport = operation({
  summary: 'Keep the landing report as of day 30, 60 or 90, once the data reach that day; it is never changed afterwards',
  method: 'POST',
  path: '/launches/{launch}/landing-report/snapshots',
  who: editors,
  input: ofLaunch.extend({ day: z.literal(snapshotDays) }),
  output: snapshot,
  run: (context, { launch, day }) => keepReportOf(context, launch, day),
});

export const compareSnapshot = operation({
  summary:
    'Count the day of a snapshot again, by the definitions of then and by those of now, and say what differs and what has changed since',
  method: 'GET',
  path: '/launches/{launch}/landing-report/snapshots/{day}/comparison',
  who: everyone,
  input: ofDay,
  output: snapshotComparison,
  run: async (context, { launch, day }) => {
    const row = await context.read(async (transaction) => readSnapshot(transaction, (await readLaunch(transaction, launch)).id, day));
    const kept = restsOn.parse(row.basis);
    const again = await makeAgain(context, { launch, day, now: row.madeAt }, kept.features);
    const since = await context.read((transaction) => dataSince(transaction, row.madeAt));
    const figures = differingFigures(row.report, again.same, again.newest ?? again.same);
    const definitions = definitionsBetween(again.changed);
    return {
      day,
      madeAt: row.madeAt.toISOString(),
      comparedAt: context.now().toISOString(),
      differs: figures.some(({ before, now }) => !isSameFigure(before, now)),
      differsByDefinition: figures.some(({ now, newest }) => !isSameFigure(now, newest)),
      definitions,
      figures,
      causes: causesSince({ kept, now: again.same.restsOn!, basis: again.basis, definitions, ...since }),
    };
  },
});
