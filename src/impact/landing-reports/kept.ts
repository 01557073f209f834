import { eventsRevision } from '../../collect/events/queries.ts';
import { revision } from '../../collect/imports/queries.ts';
import { createHash } from 'node:crypto';
import type { Application, Context } from '../../platform/context.ts';
import { type Basis, readBasis } from './basis.ts';
import { makeLandingReport } from './report.ts';
import type { LandingReport } from './schema.ts';

const most = 200;
const hourMilliseconds = 3_600_000;
const kept = new WeakMap<Application, Map<string, Promise<LandingReport>>>();

const keptBy = (application: Application) => {
  const reports = kept.get(application) ?? new Map<string, Promise<LandingReport>>();
  kept.set(application, reports);
  return reports;
};

/** Everything that people wrote and that the report says something of, in few letters. */
export const fingerprint = ({ features, ...written }: Basis): string =>
  createHash('sha256')
    .update(JSON.stringify([written, [...features.entries()]]))
    .digest('base64');

/**
 * The report of a launch. A made one is kept while nothing that it rests on changes: the launch, its goals, gates, deliverables and comparisons, the data,
 * who is who, the hour. The key is made from the stores at each call, so several servers side by side agree.
 */
export const landingReportOf = async (context: Context, launchKey: string): Promise<LandingReport> => {
  const { id, timeZone, currency } = context.workspace;
  const { basis, data } = await context.read(async (transaction) => ({
    basis: await readBasis(transaction, launchKey, timeZone, context.now()),
    data: await revision(transaction),
  }));
  const [received] = await context.events.ask<{ revision: string }>(eventsRevision);
  const hour = Math.floor(context.now().getTime() / hourMilliseconds);
  const key = [id, timeZone, currency, basis.launch.id, fingerprint(basis), data, received?.revision, hour].join(' ');
  const reports = keptBy(context.application);
  const found = reports.get(key);
  if (found) return found;
  const made = makeLandingReport({ context, basis, now: context.now() });
  reports.set(key, made);
  made.catch(() => reports.delete(key));
  for (const oldest of [...reports.keys()].slice(0, Math.max(0, reports.size - most))) reports.delete(oldest);
  return made;
};
