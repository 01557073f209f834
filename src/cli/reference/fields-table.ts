import { type JsonSchema, propertiesOf } from '../fields.ts';

type Line = { name: string; type: string; needed: boolean; meaning: string };

const deepest = 5;

const range = (
  schema: JsonSchema & { minimum?: number; maximum?: number; exclusiveMinimum?: number; exclusiveMaximum?: number },
): string => {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const isTold = (value: number | undefined) => value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  const low = isTold(minimum) ? `from ${minimum}` : isTold(exclusiveMinimum) ? `above ${exclusiveMinimum}` : '';
  const high = isTold(maximum) ? `to ${maximum}` : isTold(exclusiveMaximum) ? `below ${exclusiveMaximum}` : '';
  return [low, high].filter(Boolean).join(' ');
};

const plainType = (schema: JsonSchema): string => {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((each) => `\`${String(each)}\``).join(', ');
  if (schema.type === 'string')
    return schema.format === 'date'
      ? 'date'
      : schema.format === 'date-time'
        ? 'time'
        : schema.format === 'uuid'
          ? 'id'
          : (schema.format ?? 'text');
  if (schema.type === 'number' || schema.type === 'integer')
    return [schema.type === 'integer' ? 'whole number' : 'number', range(schema)].filter(Boolean).join(' ');
  if (schema.type === 'boolean') return 'true or false';
  if (schema.type === 'object' && typeof schema.additionalProperties === 'object')
    return `names to ${typeOf(schema.additionalProperties as JsonSchema)}`;
  return Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'anything');
};

const optionsOf = (schema: JsonSchema): JsonSchema[] => schema.anyOf ?? schema.oneOf ?? [];

/** The type of a field in words. */
const typeOf = (schema: JsonSchema): string => {
  if (Array.isArray(schema.type)) return schema.type.map((type) => (type === 'null' ? 'null' : typeOf({ ...schema, type }))).join(' or ');
  const options = optionsOf(schema);
  if (options.length > 0) return [...new Set(options.map((each) => (each.type === 'null' ? 'null' : typeOf(each))))].join(' or ');
  if (schema.type === 'array') return `list of ${schema.items ? typeOf(schema.items) : 'anything'}`;
  return plainType(schema);
};

const isOpen = (schema: JsonSchema): boolean => Boolean(schema.properties ?? schema.allOf);

/** The object inside a list, or inside "this or null", that opens into lines of its own. */
const inside = (schema: JsonSchema): { shape: JsonSchema; mark: string } | undefined => {
  if (isOpen(schema)) return { shape: schema, mark: '' };
  if (schema.type === 'array' && schema.items) {
    const found = inside(schema.items);
    return found && { shape: found.shape, mark: `[]${found.mark}` };
  }
  const options = optionsOf(schema).filter(({ type }) => type !== 'null');
  return options.length === 1 ? inside(options[0]!) : undefined;
};

const linesOf = (schema: JsonSchema, prefix: string, depth: number): Line[] => {
  const { properties, required } = propertiesOf(schema);
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = prefix + name;
    const settled =
      field.default !== undefined && JSON.stringify(field.default).length < 60 ? `default \`${JSON.stringify(field.default)}\`` : '';
    const meaning = [field.description, settled].filter(Boolean).join('; ');
    const open = depth < deepest ? inside(field) : undefined;
    const line = { name: path, type: typeOf(field), needed: required.has(name), meaning };
    return [line, ...(open ? linesOf(open.shape, `${path}${open.mark}.`, depth + 1) : [])];
  });
};

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;');

/** The fields of an input or output as a Markdown table. */
export const fieldsTable = (schema: JsonSchema, io: 'input' | 'output'): string => {
  const lines = linesOf(schema, '', 0);
  if (lines.length === 0) return io === 'input' ? 'Takes nothing.\n' : 'Answers nothing.\n';
  const head = io === 'input' ? '| input | type | needed | meaning |\n|---|---|---|---|' : '| output | type | meaning |\n|---|---|---|';
  const rows = lines.map(({ name, type, needed, meaning }) =>
    io === 'input'
      ? `| \`${name}\` | ${cell(type)} | ${needed ? 'yes' : ''} | ${cell(meaning)} |`
      : `| \`${name}\` | ${cell(type)} | ${cell(meaning)} |`,
  );
  return `${[head, ...rows].join('\n')}\n`;
};
