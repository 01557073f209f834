import { Failure } from '../../platform/failure.ts';
import { kinds } from '../objects/schema.ts';
import type { ImportColumn, ImportMapping, ImportTarget } from './schema.ts';

/** Refuses a mapping that cannot work, naming the target and the field, before anything is read by it. */
export function checkMapping(mapping: ImportMapping, columns: ImportColumn[]): void {
  mapping.targets.forEach((target, index) => {
    const problem = targetProblem(target, columns.length);
    if (problem) throw new Failure('invalid', `Target ${index + 1} (${target.kind}): ${problem}`, { reason: 'mapping', target: index });
  });
}

function targetProblem(target: ImportTarget, width: number): string | null {
  const definition = kinds[target.kind];
  for (const [name, source] of Object.entries(target.fields)) {
    const field = definition.fields[name];
    if (!field && name !== 'id' && !(name === 'properties' && definition.properties)) {
      return `there is no field "${name}". Its fields are id, ${Object.keys(definition.fields).join(', ')}.`;
    }
    const beyond = [source.column, ...(source.columns ?? [])].find((column) => column !== undefined && column >= width);
    if (beyond !== undefined) return `field "${name}" takes column ${beyond + 1}, but the file has ${width} columns.`;
    if (field?.to && source.by && !kinds[field.to].keys.includes(source.by)) return `"${name}" cannot be looked up by ${source.by}.`;
  }
  if (target.onlyWhen !== undefined && target.onlyWhen >= width)
    return `the condition names column ${target.onlyWhen + 1}, but the file has ${width} columns.`;
  const lacking = definition.required.find((name) => !target.fields[name]);
  if (lacking) return `field "${lacking}" is needed. Map a column to it or give it a text.`;
  if (definition.ofWhom && !definition.ofWhom.some((name) => target.fields[name]))
    return `say whose it is: map a column to ${definition.ofWhom.join(' or ')}.`;
  if (target.matchKey && !definition.keys.includes(target.matchKey))
    return `rows cannot be matched by ${target.matchKey}; choose ${definition.keys.join(' or ')}.`;
  if (target.matchKey && !target.fields[target.matchKey]) return `rows are matched by ${target.matchKey}, but no column is mapped to it.`;
  if (!definition.log && !target.matchKey) return `choose by which key rows are matched: ${definition.keys.join(' or ')}.`;
  return Object.keys(target.fields).length === 0 ? 'map at least one field.' : null;
}

/** Objects first, then what refers to them. */
export function inOrder(mapping: ImportMapping, order: readonly string[]): number[] {
  return mapping.targets
    .map((_, index) => index)
    .sort((a, b) => order.indexOf(mapping.targets[a]!.kind) - order.indexOf(mapping.targets[b]!.kind) || a - b);
}
