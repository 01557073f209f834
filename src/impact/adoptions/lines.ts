import type { CountedShare } from '../landing-reports/schema.ts';
import type { Adoption } from './schema.ts';

type Line = (string | number | null)[];

const head: Line = ['what', 'unit', 'group', 'day', 'count', 'of', 'share', 'low', 'high'];
const figures = ({ count, of, share, low, high }: Pick<CountedShare, 'count' | 'of' | 'share' | 'low' | 'high'>): Line => [
  count,
  of,
  share,
  low,
  high,
];

/** All tables of an adoption under one head. `day` counts from the start; of returns it is the week, from 0. */
export const linesOf = (answer: Adoption): Line[] => {
  const { unit, groups, returns, base, earlier, timeToAdopt, timeToFirstUse } = answer;
  const units = ['accounts', 'people'] as const;
  const times = [
    ['time_to_adopt', timeToAdopt],
    ['time_to_first_use', timeToFirstUse],
  ] as const;
  return [
    head,
    ...units.flatMap((one) => answer[one].curve.map((point): Line => ['curve', one, '', point.day, ...figures(point)])),
    ...units.flatMap((one) => answer[one].marks.map((mark): Line => ['mark', one, '', mark.day, ...figures(mark)])),
    ...times.flatMap(([what, { curve }]) =>
      curve.map(({ day, atRisk, share, low, high }): Line => [what, 'accounts', '', day, null, atRisk, share, low, high]),
    ),
    ...groups.flatMap(({ by, day, rows }) => rows.map((row): Line => [by, unit, row.value, day, ...figures(row)])),
    ...returns.map((one): Line => ['returns', unit, '', one.week, ...figures(one)]),
    ...earlier.flatMap(({ key, curve }) => curve.map((point): Line => ['earlier', unit, key, point.day, ...figures(point)])),
    ...base.map(({ standing, accounts }): Line => ['base', 'accounts', standing, null, accounts, null, null, null, null]),
  ];
};
