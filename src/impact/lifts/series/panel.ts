import type { Figure } from './queries.ts';

export type Unit = { name: string; values: number[]; predictors: number[] };
export type Panel = { days: string[]; before: number; own: Unit | null; others: Unit[]; incomplete: string[]; unit: string | null };
export type Predictor = { metric: string; from: string; to: string };
export type PanelAsked = { metric: string; subject: string; on: string; donors: readonly string[]; predictors: readonly Predictor[] };

/** Means of the predictors over their days, null where one has no figure. */
const predictorsOf = (own: readonly Figure[], { predictors }: PanelAsked): number[] | null => {
  const means: number[] = [];
  for (const { metric, from, to } of predictors) {
    const found = own.filter((figure) => figure.metric === metric && figure.day >= from && figure.day <= to);
    if (found.length === 0) return null;
    means.push(found.reduce((sum, { value }) => sum + value, 0) / found.length);
  }
  return means;
};

/** The subjects side by side over the days of the one that changed; whoever has not all of them is left out, and named. */
export const panelOf = (figures: readonly Figure[], asked: PanelAsked): Panel => {
  const bySubject = new Map<string, Figure[]>();
  for (const figure of figures) {
    const own = bySubject.get(figure.subject);
    if (own) own.push(figure);
    else bySubject.set(figure.subject, [figure]);
  }
  const ofMetric = (subject: string) => (bySubject.get(subject) ?? []).filter(({ metric }) => metric === asked.metric);
  const days = ofMetric(asked.subject).map(({ day }) => day);
  const unitOf = (name: string): Unit | null => {
    const values = new Map(ofMetric(name).map(({ day, value }) => [day, value]));
    const predictors = predictorsOf(bySubject.get(name) ?? [], asked);
    return predictors && days.every((day) => values.has(day)) ? { name, values: days.map((day) => values.get(day)!), predictors } : null;
  };
  const wanted = asked.donors.length > 0 ? asked.donors : [...bySubject.keys()].filter((name) => ofMetric(name).length > 0);
  const names = [...new Set(wanted)].filter((name) => name !== asked.subject).sort();
  const units = names.map((name) => ({ name, unit: unitOf(name) }));
  return {
    days,
    before: days.filter((day) => day < asked.on).length,
    own: unitOf(asked.subject),
    others: units.flatMap(({ unit }) => unit ?? []),
    incomplete: units.filter(({ unit }) => unit === null).map(({ name }) => name),
    unit: figures.find(({ metric }) => metric === asked.metric)?.unit ?? null,
  };
};
