import { z } from 'zod';
import { catalogue } from '../catalogue.ts';
import type { Actor } from '../platform/context.ts';
import { type ListedOperation, listOperations } from '../platform/operations.ts';

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** launches.list -> launches_list */
export const toolNameOf = ({ noun, verb }: Pick<ListedOperation, 'noun' | 'verb'>): string => `${snake(noun)}_${snake(verb)}`;

/** What a language model may be given at all: work in a workspace, answered in one piece of text. */
export const isTool = ({ meta }: ListedOperation): boolean =>
  Array.isArray(meta.who) && !meta.stream && !meta.file && !meta.watch && !meta.browserOnly && meta.refuses === null;

/** Whether a call takes something away or turns it back. */
const isDestructive = ({ method, verb }: ListedOperation): boolean =>
  method === 'DELETE' || /^(delete|remove|undo|revoke|disable|cancel|merge)/.test(verb);

export type Tool = { name: string; operation: ListedOperation };

const tools: Tool[] = listOperations(catalogue)
  .filter(isTool)
  .map((operation) => ({ name: toolNameOf(operation), operation }));

/** Why this caller may not use a tool, as far as the tool itself tells; nothing when they may. */
const isOpenTo = ({ operation: { meta } }: Tool, { role, mayWrite }: Actor): boolean =>
  (meta.who as readonly string[]).includes(role) && (mayWrite || !meta.writes);

/** The tools of a caller: what their role may not do, and writes of a key that may only read, are not even listed. */
export const toolsOf = (actor: Actor): Tool[] => tools.filter((tool) => isOpenTo(tool, actor));

export const confirmationName = 'confirmation';

const inputOf = ({ operation }: Tool): Record<string, unknown> & { type: 'object' } => {
  const { $schema: _, ...schema } = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>;
  const properties = { ...(schema.properties as object | undefined) };
  const confirmation = {
    type: 'string',
    description:
      'Leave out at first: the answer says what would be done and gives the code. Show that to the person; after their yes, call again with the code.',
  };
  return {
    ...schema,
    type: 'object',
    properties: operation.meta.writes ? { ...properties, [confirmationName]: confirmation } : properties,
  };
};

/** A tool as the protocol describes it. */
export const describeTool = (tool: Tool) => ({
  name: tool.name,
  title: tool.operation.summary,
  description: `${tool.operation.summary}. ${tool.operation.method} /api${tool.operation.path}`,
  inputSchema: inputOf(tool),
  annotations: {
    readOnlyHint: !tool.operation.meta.writes,
    destructiveHint: tool.operation.meta.writes && isDestructive(tool.operation),
    idempotentHint: !tool.operation.meta.writes,
    openWorldHint: false,
  },
});
