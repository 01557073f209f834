import { type AnyProcedure, isProcedure } from '@orpc/server';
import type { z } from 'zod';
import type { OperationMeta } from './operation.ts';

/** One line of the catalogue, as the doors read it. */
export type ListedOperation = {
  noun: string;
  verb: string;
  name: string;
  summary: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  meta: OperationMeta;
  input: z.ZodType;
  /** Of what is watched: each message. */
  output: z.ZodType;
  procedure: AnyProcedure;
};

/** Every operation of a catalogue, in its order. */
export const listOperations = (catalogue: object): ListedOperation[] =>
  Object.entries(catalogue).flatMap(([noun, verbs]: [string, object]) =>
    Object.entries(verbs).flatMap(([verb, procedure]: [string, unknown]) => {
      if (!isProcedure(procedure)) return [];
      const { meta, route, inputSchema, outputSchema } = procedure['~orpc'];
      return {
        noun,
        verb,
        name: `${noun}.${verb}`,
        summary: route.summary ?? '',
        method: (route.method ?? 'POST') as ListedOperation['method'],
        path: route.path ?? '',
        meta: meta as OperationMeta,
        input: inputSchema as z.ZodType,
        output: ((meta as OperationMeta).watch ?? outputSchema) as z.ZodType,
        procedure,
      };
    }),
  );
