import { ORPCError, os, ValidationError } from '@orpc/server';
import type { z } from 'zod';
import type { Context, DoorContext, Member } from './context.ts';
import { Failure, type FailureCode, failureCodes } from './failure.ts';
import type { Role } from './roles.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What every door derives from: who may call, and how. */
export type OperationMeta = {
  who: 'anyone' | 'member' | readonly Role[];
  writes: boolean;
  /** The request body is a stream (a file), given to `run` as `context.body`. */
  stream: boolean;
  /** Not offered as a tool to language models or on the command line: sign-in and the like belong to browsers. */
  browserOnly: boolean;
};

type Definition<Input extends z.ZodType, Output extends z.ZodType, Kind> = {
  summary: string;
  method: Method;
  /** Path under /api, e.g. `/launches/{launch}`. */
  path: `/${string}`;
  input: Input;
  output: Output;
  /** A POST that only reads. */
  reads?: true;
  stream?: true;
  browserOnly?: true;
  run: (context: Kind, input: z.output<Input>) => Promise<z.input<Output>>;
};

/** oRPC carries Failures as errors with a code and a status. */
const toWire = (error: unknown): unknown => {
  if (error instanceof Failure)
    return new ORPCError(error.code, {
      status: failureCodes[error.code].status,
      message: error.message,
      data: error.details,
      cause: error,
    });
  const cause = error instanceof ORPCError ? error.cause : undefined;
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST' && cause instanceof ValidationError) {
    const wrong = cause.issues.map((issue) => ({ at: (issue.path ?? []).map(String).join('.'), message: issue.message }));
    const text = wrong.map(({ at, message }) => (at ? `${at}: ${message}` : message)).join('; ');
    return toWire(new Failure('invalid', `The input is wrong: ${text}.`, { issues: wrong }));
  }
  return error;
};

/** A Failure again, on the caller's side of a door. */
export const asFailure = (error: unknown): Failure | undefined => {
  if (error instanceof Failure) return error;
  if (error instanceof ORPCError && error.code in failureCodes) return new Failure(error.code as FailureCode, error.message, error.data);
  return undefined;
};

const base = os.$context<DoorContext>().$meta<OperationMeta>({ who: 'anyone', writes: false, stream: false, browserOnly: false });

const refuse = (meta: OperationMeta, context: DoorContext & Partial<Context>) => {
  if (meta.who === 'anyone') return;
  if (meta.who === 'member') {
    if (!context.member) throw new Failure('unauthenticated', 'You are not signed in. Sign in and try again.');
    return;
  }
  if (!context.actor)
    throw new Failure(
      'unauthenticated',
      'You are not signed in to a workspace. Sign in, or send an API key as "Authorization: Bearer <key>".',
    );
  if (!meta.who.includes(context.actor.role))
    throw new Failure('forbidden', `Your role (${context.actor.role}) may not do this. Ask an owner of ${context.workspace?.name}.`);
  if (meta.writes && !context.actor.mayWrite)
    throw new Failure('forbidden', 'This key may only read. Make a key that may write, under Settings, Keys.');
};

/** The same context, whose writes name the operation in the audit trail. */
const inOperation = <Any extends DoorContext & Partial<Context>>(context: Any, operation: string): Any =>
  context.writeAs
    ? { ...context, write: (subject: string, write: Parameters<Context['write']>[1]) => context.writeAs?.(operation, subject, write) }
    : context;

const declare = <Input extends z.ZodType, Output extends z.ZodType, Kind>(
  who: OperationMeta['who'],
  definition: Definition<Input, Output, Kind>,
) => {
  const { summary, method, path, input, output, run } = definition;
  const meta: OperationMeta = {
    who,
    writes: method !== 'GET' && !definition.reads,
    stream: definition.stream ?? false,
    browserOnly: definition.browserOnly ?? false,
  };
  return base
    .meta(meta)
    .route({ method, path, summary, inputStructure: 'compact' })
    .use(async ({ context, next }) => {
      try {
        refuse(meta, context);
        return await next();
      } catch (error) {
        throw toWire(error);
      }
    })
    .input(input)
    .output(output)
    .handler(({ context, input: given, path }) => run(inOperation(context, path.join('.')) as Kind, given as z.output<Input>) as never);
};

/** Declares what one can do in a workspace; REST, OpenAPI, client, command line, MCP, reference and sweep derive from it. */
export const operation = <Input extends z.ZodType, Output extends z.ZodType>(
  definition: Definition<Input, Output, Context> & { who: readonly Role[] },
) => declare(definition.who, definition);

/** What a signed-in member can do outside any workspace. */
export const memberOperation = <Input extends z.ZodType, Output extends z.ZodType>(
  definition: Definition<Input, Output, DoorContext & { member: Member }>,
) => declare('member', definition);

/** What anybody can do: sign in, first visit, accept an invitation. */
export const publicOperation = <Input extends z.ZodType, Output extends z.ZodType>(definition: Definition<Input, Output, DoorContext>) =>
  declare('anyone', definition);
