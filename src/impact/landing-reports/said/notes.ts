import { en as positioningEn, zh as positioningZh } from '../../../launch/positionings/messages.ts';
import { type Words, zh } from '../messages.ts';
import type { LandingReport } from '../schema.ts';
import type { Format } from '../view.tsx';

type Told = { report: LandingReport; words: Words; format: Format };

export const statementText = ({ words, format }: Told, one: LandingReport['said']['statements'][number]): string => {
  const { verdicts } = words === zh ? positioningZh : positioningEn;
  const who = one.account ? `${one.who}, ${one.account}` : one.who;
  return words.said.statement(one.quote, who, format.date(one.day, { year: true }), verdicts[one.verdict]);
};

export const announcementText = ({ words, format }: Told, one: LandingReport['said']['announcements'][number]): string => {
  const day = format.date(one.publishedAt, { year: true });
  return one.views + one.clicks === 0
    ? words.said.unopened(one.title, day)
    : words.said.opened(one.title, day, format.number(one.views), format.number(one.clicks));
};

/** What was said since, line by line. */
export const saidNotes = (told: Told): string[] => [
  ...told.report.said.statements.map((one) => statementText(told, one)),
  ...told.report.said.announcements.map((one) => announcementText(told, one)),
];
