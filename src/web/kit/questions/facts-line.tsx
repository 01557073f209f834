import type { ReactNode } from 'react';
import { useFormat } from '../format-context.tsx';
import { useQuestionWords } from './words.ts';

/** How the answer was counted. What is not given is not said. */
export type AnswerFacts = {
  n?: number | null;
  /** In words: "people". */
  unit?: string;
  period?: { from: string; to: string };
  /** "95%, Wilson". */
  interval?: string;
  /** The version of the definition that was used. */
  version?: number | string;
  dataUntil?: string | null;
  tookMilliseconds?: number;
  /** The features that the question names, in the version that was used. */
  features?: { id: string; name: string; version: number; newestVersion: number }[];
  /** Whatever else belongs here, already in words. */
  more?: [label: string, value: ReactNode][];
};

/** n, unit, period, interval, version, data until, time taken, in one line of small print. */
export function FactsLine({ facts: given }: { facts: AnswerFacts }) {
  const { n, unit, period, interval, version, dataUntil, tookMilliseconds, features = [], more = [] } = given;
  const words = useQuestionWords();
  const format = useFormat();
  const { facts } = words;
  const took =
    tookMilliseconds === undefined ? null : format.number(tookMilliseconds / 1000, { digits: tookMilliseconds < 10_000 ? 1 : 0 });
  const said = ({ name, version: used, newestVersion: newest }: (typeof features)[number]) =>
    newest === used ? words.usedVersion(name, format.number(used)) : words.olderVersion(name, format.number(used), format.number(newest));
  const items: [string, ReactNode][] = [
    [facts.n, n == null ? null : format.number(n)],
    [facts.unit, unit],
    [facts.period, period ? format.range(format.date(period.from), format.date(period.to)) : null],
    [facts.interval, interval],
    [facts.version, version === undefined ? null : words.version(String(version))],
    [words.usedFeature, features.length === 0 ? null : format.list(features.map(said))],
    ...more,
    [facts.dataUntil, dataUntil ? (/^\d{4}-\d{2}-\d{2}$/.test(dataUntil) ? format.date(dataUntil) : format.dateTime(dataUntil)) : null],
    [facts.took, took === null ? null : words.took(took)],
  ];
  return (
    <dl className="facts-line">
      {items.map(([label, value]) =>
        value == null || value === '' ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="num">{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
