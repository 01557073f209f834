import {
  type BusinessFunction,
  businessFunction,
  type Charter,
  type charterFields,
  type CharterParts,
  deliverableTypes,
  functions,
  type Part,
} from './schema.ts';
import type { z } from 'zod';

export const matrixRows = [...deliverableTypes, 'gate'] as const;
export type MatrixRow = (typeof matrixRows)[number];

type Cell = `part ${MatrixRow} ${BusinessFunction}`;
type Place = `${'members' | 'approvers'} ${BusinessFunction}`;

/** The charter as its form holds it: every field by itself, so that what two people change can be put together. */
export type Draft = Record<Place, string[]> & Partial<Record<Cell, Part>>;

export const cellOf = (row: MatrixRow, wanted: BusinessFunction): Cell => `part ${row} ${wanted}`;

/** Those who are gone are left out: nobody can be given something to do who cannot come in. */
export const draftOf = ({ functions: all, parts }: Charter): Draft => {
  const places = all.flatMap(({ function: wanted, members }) => {
    const here = members.filter(({ gone }) => !gone);
    return [
      [`members ${wanted}`, here.map(({ id }) => id)] as const,
      [`approvers ${wanted}`, here.filter(({ approves }) => approves).map(({ id }) => id)] as const,
    ];
  });
  const cells = matrixRows.flatMap((row) =>
    functions.flatMap((wanted) => {
      const part = parts[row]?.[wanted];
      return part ? [[cellOf(row, wanted), part] as const] : [];
    }),
  );
  return Object.fromEntries([...places, ...cells]) as Draft;
};

/** Whoever signs for a function belongs to it. */
const placesOf = (draft: Draft, wanted: BusinessFunction) => {
  const approvers = draft[`approvers ${wanted}`];
  return [...new Set([...draft[`members ${wanted}`], ...approvers])].map((memberId) => ({
    function: wanted,
    memberId,
    approves: approvers.includes(memberId),
  }));
};

export const fieldsOf = (draft: Draft): z.output<typeof charterFields> => ({
  members: functions.flatMap((wanted) => placesOf(draft, wanted)),
  parts: Object.fromEntries(
    matrixRows.flatMap((row) => {
      const given = functions.flatMap((wanted) => (draft[cellOf(row, wanted)] ? [[wanted, draft[cellOf(row, wanted)]!] as const] : []));
      return given.length > 0 ? [[row, Object.fromEntries(given)]] : [];
    }),
  ) as CharterParts,
});

/** What a field of the draft is about. */
export const readKey = (
  key: string,
): { kind: 'members' | 'approvers'; of: BusinessFunction } | { kind: 'part'; row: MatrixRow; of: BusinessFunction } => {
  const [kind = '', ...rest] = key.split(' ');
  const of = businessFunction.parse(rest.at(-1));
  return kind === 'part' ? { kind, row: rest[0] as MatrixRow, of } : { kind: kind as 'members' | 'approvers', of };
};
