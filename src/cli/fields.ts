import { z } from 'zod';

export type JsonSchema = {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  additionalProperties?: unknown;
  format?: string;
  default?: unknown;
  description?: string;
};

/** One flag of a command: where in the input its value goes, and what it may be. */
export type Field = {
  path: string[];
  flag: string;
  kind: 'text' | 'number' | 'boolean' | 'texts' | 'json';
  choices?: string[];
  required: boolean;
  shownDefault?: string;
  description: string;
  format?: string;
};

const reserved = new Set(['output', 'workspace', 'json', 'input', 'help', 'version-number']);

/** launchStage -> launch-stage */
export const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as JsonSchema;

/** The one shape behind "this or null", or nothing when there are several. */
const settle = (schema: JsonSchema): JsonSchema => {
  if (Array.isArray(schema.type)) {
    const types = schema.type.filter((type) => type !== 'null');
    return { ...schema, type: types.length === 1 ? types[0] : undefined };
  }
  const choices = (schema.anyOf ?? schema.oneOf ?? []).filter(({ type }) => type !== 'null');
  if (choices.length !== 1) return schema;
  return {
    ...settle(choices[0]!),
    ...(schema.description && { description: schema.description }),
    ...('default' in schema && { default: schema.default }),
  };
};

/** Properties of an object, also of one that is put together from several. */
export const propertiesOf = (schema: JsonSchema): { properties: Record<string, JsonSchema>; required: Set<string> } => {
  const parts = [schema, ...(schema.allOf ?? [])];
  return {
    properties: Object.assign({}, ...parts.map((part) => part.properties ?? {})) as Record<string, JsonSchema>,
    required: new Set(parts.flatMap((part) => part.required ?? [])),
  };
};

const kindOf = (schema: JsonSchema): Field['kind'] => {
  if (schema.type === 'boolean') return 'boolean';
  if (schema.type === 'number' || schema.type === 'integer') return 'number';
  if (schema.type === 'string') return 'text';
  if (schema.enum?.every((each) => typeof each === 'string')) return 'text';
  if (schema.enum?.every((each) => typeof each === 'number')) return 'number';
  if (schema.type === 'array' && schema.items?.type === 'string') return 'texts';
  return 'json';
};

const choicesOf = (schema: JsonSchema): string[] | undefined => {
  const listed = schema.enum ?? schema.items?.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  return listed?.map(String);
};

const isPlain = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value) && value !== '';

/** Every field of an input as a flag; an object inside opens into dotted flags. */
export const fieldsOf = (schema: JsonSchema, leaveOut: readonly string[] = [], path: string[] = [], isNeeded = true): Field[] => {
  const { properties, required } = propertiesOf(schema);
  return Object.entries(properties).flatMap(([name, given]): Field[] => {
    if (path.length === 0 && leaveOut.includes(name)) return [];
    const here = [...path, name];
    const shape = settle(given);
    const needed = isNeeded && required.has(name);
    if (shape.properties || shape.allOf) return fieldsOf(shape, [], here, needed);
    const dotted = here.map(kebab).join('.');
    return [
      {
        path: here,
        flag: reserved.has(dotted) ? `with-${dotted}` : dotted,
        kind: kindOf(shape),
        choices: choicesOf(shape),
        required: needed,
        shownDefault: isPlain(shape.default) ? String(shape.default) : undefined,
        description: shape.description ?? '',
        format: shape.format,
      },
    ];
  });
};

/** `/launches/{launch}/rows` -> ['launch'] */
export const pathParameters = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
