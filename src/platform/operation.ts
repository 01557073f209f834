import { AsyncIteratorClass, eventIterator, type InferSchemaInput, ORPCError, os, type Schema, ValidationError } from '@orpc/server';
import { z } from 'zod';
import type { Context, DoorContext, Member } from './context.ts';
import { Failure, type FailureCode, failureCodes } from './failure.ts';
import type { Language } from './language.ts';
import type { Role } from './roles.ts';
import { saidOfIssue } from './wrong-input.ts';

type AnySchema = Schema<unknown, unknown>;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What every door derives from: who may call, and how. */
export type OperationMeta = {
  who: 'anyone' | 'member' | readonly Role[];
  writes: boolean;
  /** The request body is a stream (a file), given to `run` as `context.body`. */
  stream: boolean;
  /** The answer is a file. */
  file: boolean;
  /** The answer goes on until either side ends it: the shape of each of its messages. */
  watch: z.ZodType | null;
  /** Not offered as a tool to language models or on the command line: sign-in and the like belong to browsers. */
  browserOnly: boolean;
  /** Whom it refuses, whatever their role: what binds others is never done by a language model, what is signed or made public by no machine at all. */
  refuses: 'machines' | 'assistants' | null;
};

/** What a call that lasts knows of its other side. */
export type Lasting = {
  /** The id of the last message that a reader has, who comes again. */
  lastEventId: string | undefined;
  /** Aborted when the other side has gone: long work ends with it. */
  signal: AbortSignal | undefined;
  /** Asks anew who calls, as now they are; throws when they may no longer. */
  stillMay: () => Promise<Context>;
};

type Definition<Input extends z.ZodType, Output extends AnySchema, Kind> = {
  summary: string;
  method: Method;
  /** Path under /api, e.g. `/launches/{launch}`. */
  path: `/${string}`;
  input: Input;
  output: Output;
  /** A POST that only reads. */
  reads?: true;
  stream?: true;
  file?: true;
  browserOnly?: true;
  refuses?: 'machines' | 'assistants';
  run: (context: Kind, input: z.output<Input>, lasting: Lasting) => Promise<InferSchemaInput<Output>>;
};

/** oRPC carries Failures as errors with a code and a status, in the language of the caller. */
const toWire = (error: unknown, language: Language): unknown => {
  if (error instanceof Failure)
    return new ORPCError(error.code, {
      status: failureCodes[error.code].status,
      message: error.said[language],
      data: error.details,
      cause: error,
    });
  const cause = error instanceof ORPCError ? error.cause : undefined;
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST' && cause instanceof ValidationError) {
    const wrong = (cause.issues as z.core.$ZodIssue[]).map((issue) => ({
      at: issue.path.map(String).join('.'),
      message: saidOfIssue(issue)[language],
    }));
    const listed = wrong.map(({ at, message }) => (at ? `${at}: ${message}` : message));
    const what = { en: `The input is wrong: ${listed.join('; ')}.`, zh: `输入有误：${listed.join('；')}。` };
    return toWire(new Failure('invalid', what, { issues: wrong }), language);
  }
  return error;
};

/** A Failure again, on the caller's side of a door. */
export const asFailure = (error: unknown): Failure | undefined => {
  if (error instanceof Failure) return error;
  if (error instanceof ORPCError && error.code in failureCodes) return new Failure(error.code as FailureCode, error.message, error.data);
  return undefined;
};

const base = os
  .$context<DoorContext>()
  .$meta<OperationMeta>({ who: 'anyone', writes: false, stream: false, file: false, watch: null, browserOnly: false, refuses: null });

/** Refuses keys, jobs and assistants: signing, deciding and making public is for persons. */
export const requirePerson = ({ actor, door }: Pick<Context, 'actor' | 'door'>): void => {
  if (actor.kind === 'key' || actor.kind === 'job' || door === 'mcp')
    throw new Failure('forbidden', {
      en: 'Only a person can sign, decide or make public. Open Landfall in the browser and do it there.',
      zh: '只有人能签核、决定或公开。请在浏览器中打开 Landfall 操作。',
    });
};

const refuse = (meta: OperationMeta, context: DoorContext & Partial<Context>) => {
  if (meta.who === 'anyone') return;
  if (meta.who === 'member') {
    if (!context.member)
      throw new Failure('unauthenticated', { en: 'You are not signed in. Sign in and try again.', zh: '尚未登录。请登录后重试。' });
    return;
  }
  if (!context.actor)
    throw new Failure('unauthenticated', {
      en: 'You are not signed in to a workspace. Sign in, or send an API key as "Authorization: Bearer <key>".',
      zh: '尚未登录任何工作区。请登录，或以 "Authorization: Bearer <key>" 发送 API 密钥。',
    });
  if (!meta.who.includes(context.actor.role))
    throw new Failure('forbidden', {
      en: `Your role (${context.actor.role}) may not do this. Ask an owner of ${context.workspace?.name}.`,
      zh: `你的角色（${context.actor.role}）无权这样做。请联系 ${context.workspace?.name} 的所有者。`,
    });
  if (meta.writes && !context.actor.mayWrite)
    throw new Failure('forbidden', {
      en: 'This key may only read. Make a key that may write, under Settings, Keys.',
      zh: '此密钥只能读取。请在“设置 → 密钥”中创建可写入的密钥。',
    });
  if (meta.refuses === 'machines') requirePerson({ actor: context.actor, door: context.door });
  if (meta.refuses === 'assistants' && context.door === 'mcp')
    throw new Failure('forbidden', {
      en: 'An assistant may read and propose, not do this. Somebody of the team does it in the browser.',
      zh: '助手可以读取和提议，不能执行此操作。请由团队成员在浏览器中完成。',
    });
};

/** The same context, whose writes name the operation in the audit trail. */
const inOperation = <Any extends DoorContext & Partial<Context>>(context: Any, operation: string): Any =>
  context.writeAs
    ? { ...context, write: (subject: string, write: Parameters<Context['write']>[1]) => context.writeAs?.(operation, subject, write) }
    : context;

const declare = <Input extends z.ZodType, Output extends AnySchema, Kind>(
  who: OperationMeta['who'],
  definition: Definition<Input, Output, Kind>,
  watch: z.ZodType | null = null,
) => {
  const { summary, method, path, input, output, run } = definition;
  const meta: OperationMeta = {
    who,
    writes: method !== 'GET' && !definition.reads,
    stream: definition.stream ?? false,
    file: definition.file ?? false,
    watch,
    browserOnly: definition.browserOnly ?? false,
    refuses: definition.refuses ?? null,
  };
  return base
    .meta(meta)
    .route({ method, path, summary, inputStructure: 'compact' })
    .use(async ({ context, next }) => {
      try {
        refuse(meta, context);
        return await next();
      } catch (error) {
        throw toWire(error, context.language);
      }
    })
    .input(input)
    .output(output)
    .handler(({ context, input: given, path, lastEventId, signal }) => {
      const stillMay = async () => {
        const caller = context.connection ? await context.connection.callAgain() : context;
        refuse(meta, caller);
        // A caller who names no workspace is let into another one when they have left the first.
        if ((caller as Partial<Context>).workspace?.id !== (context as Partial<Context>).workspace?.id)
          throw new Failure('forbidden', {
            en: 'You are no longer in this workspace. Ask one of its owners to let you in again.',
            zh: '你已不在此工作区中。请让其所有者重新邀请你。',
          });
        return caller as Context;
      };
      return run(inOperation(context, path.join('.')) as Kind, given as z.output<Input>, { lastEventId, signal, stillMay });
    });
};

/** Declares what one can do in a workspace; REST, OpenAPI, client, command line, MCP, reference and sweep derive from it. */
export const operation = <Input extends z.ZodType, Output extends z.ZodType>(
  definition: Definition<Input, Output, Context> & { who: readonly Role[] },
) => declare(definition.who, definition);

/** What goes on: some rows that came together, how many came since the message before, and how many of them are not shown. */
const messageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({
    rows: z.array(row),
    received: z.int().describe('How many came since the message before, shown or not, whatever is asked for'),
    leftOut: z.int().describe('How many came and are not shown, because too many came at once'),
  });
type Message<Row extends z.ZodType> = z.input<ReturnType<typeof messageOf<Row>>>;

/** The refusals of what goes on are those of every operation, and its faults keep their insides. */
const guarded = <Item>(context: DoorContext, source: AsyncIterator<Item, undefined, undefined>) =>
  new AsyncIteratorClass<Item, undefined>(
    async () => {
      try {
        return await source.next();
      } catch (error) {
        if (!asFailure(error)) context.application.log.error({ err: error }, 'a stream failed');
        throw toWire(error, context.language);
      }
    },
    async () => void (await source.return?.()),
  );

/** Declares what one can watch in a workspace: over HTTP a stream of server-sent events, on the command line a line for each row. */
export const watchOperation = <Input extends z.ZodType, Row extends z.ZodType>({
  row,
  run,
  ...definition
}: Omit<Definition<Input, AnySchema, Context>, 'method' | 'output' | 'run' | 'reads' | 'stream'> & {
  who: readonly Role[];
  row: Row;
  run: (context: Context, input: z.output<Input>, lasting: Lasting) => Promise<AsyncIterator<Message<Row>, undefined, undefined>>;
}) => {
  const message = messageOf(row);
  const output = eventIterator(message);
  const guardedRun = async (context: Context, ...rest: [z.output<Input>, Lasting]) =>
    guarded(context, await run(context, ...rest)) as never;
  return declare<Input, typeof output, Context>(definition.who, { ...definition, method: 'GET', output, run: guardedRun }, message);
};

/** What a signed-in member can do outside any workspace. */
export const memberOperation = <Input extends z.ZodType, Output extends z.ZodType>(
  definition: Definition<Input, Output, DoorContext & { member: Member }>,
) => declare('member', definition);

/** What anybody can do: sign in, first visit, accept an invitation. */
export const publicOperation = <Input extends z.ZodType, Output extends z.ZodType>(definition: Definition<Input, Output, DoorContext>) =>
  declare('anyone', definition);
