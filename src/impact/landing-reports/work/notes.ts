import { en as deliverableEn, zh as deliverableZh } from '../../../launch/deliverables/messages.ts';
import { en as gateEn, zh as gateZh } from '../../../launch/gates/messages.ts';
import { type Words, zh } from '../messages.ts';
import type { LandingReport } from '../schema.ts';
import type { Format } from '../view.tsx';

type Told = { report: LandingReport; words: Words; format: Format };
type Override = LandingReport['overrides'][number];
type Behind = LandingReport['work']['behind'][number];

export const overrideText = ({ words, format }: Told, { stage, kind, text, reason, by, at }: Override): string => {
  const gate = words === zh ? gateZh : gateEn;
  return words.work.override(text || gate.kinds[kind], words.stage[stage] ?? stage, format.date(at, { year: true }), by, reason);
};

export const behindText = ({ words, format }: Told, one: Behind): string => {
  const deliverable = words === zh ? deliverableZh : deliverableEn;
  const { name, status, dueOn, shippedOn, daysLate, droppedReason } = one;
  if (status === 'dropped') return words.work.dropped(name, droppedReason);
  const due = format.date(dueOn, { year: true });
  if (shippedOn) return words.work.late(name, format.days(daysLate), format.date(shippedOn, { year: true }), due);
  return words.work.open(name, deliverable.statuses[status], due);
};

export const usedText = (
  { words, format }: Told,
  { name, downloads, clicks, lastOn, since }: LandingReport['work']['uses'][number],
): string =>
  lastOn === null
    ? words.work.unused(name, format.date(since, { year: true }))
    : words.work.used(name, format.number(downloads), format.number(clicks), format.date(lastOn, { year: true }));

/** What went another way than was planned, line by line. */
export const workNotes = (told: Told): string[] => [
  ...told.report.overrides.map((one) => overrideText(told, one)),
  ...told.report.work.behind.map((one) => behindText(told, one)),
  ...told.report.work.uses.map((one) => usedText(told, one)),
];
