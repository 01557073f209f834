import { dayIn } from '../../../platform/days.ts';
import type { Basis } from '../basis.ts';
import type { LandingReport } from '../schema.ts';

const mostShown = 20;

type At = { now: Date; timeZone: string; until?: string };

/** What was said of the launch from its market date on, and how often what it said itself was opened, up to a day. */
export const saidSince = ({ launch, statements, announcements }: Basis, { now, timeZone, until }: At): LandingReport['said'] => {
  const last = until ?? dayIn(now, timeZone);
  const since = statements.filter(({ day }) => day >= launch.marketDate && day <= last);
  const published = announcements.flatMap(({ id, slug, title, publishAt, opened }) => {
    if (publishAt === null || dayIn(new Date(publishAt), timeZone) > last) return [];
    const counted = opened.filter(({ day }) => day <= last);
    const sum = (of: 'views' | 'clicks') => counted.reduce((all, each) => all + each[of], 0);
    return [{ id, slug, title, publishedAt: publishAt, views: sum('views'), clicks: sum('clicks') }];
  });
  return {
    statements: since
      .slice(0, mostShown)
      .map(({ id, quote, who, account, stage, day, verdict }) => ({ id, quote, who, account, stage, day, verdict })),
    inAll: since.length,
    announcements: published,
  };
};
