import { Failure } from '../../platform/failure.ts';
import type { Said } from '../../platform/language.ts';
import { zh } from '../objects/messages.ts';
import { kinds, type KeyType } from '../objects/schema.ts';
import type { ImportColumn, ImportMapping, ImportTarget } from './schema.ts';

/** Refuses a mapping that cannot work, naming the target and the field, before anything is read by it. */
export function checkMapping(mapping: ImportMapping, columns: ImportColumn[]): void {
  mapping.targets.forEach((target, index) => {
    const problem = targetProblem(target, columns.length);
    if (problem)
      throw new Failure(
        'invalid',
        {
          en: `Target ${index + 1} (${target.kind}): ${problem.en}`,
          zh: `填充对象 ${index + 1}（${zh.kinds[target.kind]}）：${problem.zh}`,
        },
        { reason: 'mapping', target: index },
      );
  });
}

const inChinese = (name: string) => `“${zh.fields[name] ?? name}”`;
const listed = (names: readonly string[], between: string) => names.map(inChinese).join(between);
const keyInChinese = (key: KeyType) => `“${zh.keys[key]}”`;

function targetProblem(target: ImportTarget, width: number): Said | null {
  const definition = kinds[target.kind];
  for (const [name, source] of Object.entries(target.fields)) {
    const field = definition.fields[name];
    if (!field && name !== 'id' && !(name === 'properties' && definition.properties)) {
      return {
        en: `there is no field "${name}". Its fields are id, ${Object.keys(definition.fields).join(', ')}.`,
        zh: `没有字段“${name}”。现有字段：${listed(['id', ...Object.keys(definition.fields)], '、')}。`,
      };
    }
    const beyond = [source.column, ...(source.columns ?? [])].find((column) => column !== undefined && column >= width);
    if (beyond !== undefined)
      return {
        en: `field "${name}" takes column ${beyond + 1}, but the file has ${width} columns.`,
        zh: `字段${inChinese(name)}取第 ${beyond + 1} 列，但文件只有 ${width} 列。`,
      };
    if (field?.to && source.by && !kinds[field.to].keys.includes(source.by))
      return { en: `"${name}" cannot be looked up by ${source.by}.`, zh: `${inChinese(name)}不能按${keyInChinese(source.by)}查找。` };
  }
  if (target.onlyWhen !== undefined && target.onlyWhen >= width)
    return {
      en: `the condition names column ${target.onlyWhen + 1}, but the file has ${width} columns.`,
      zh: `条件指向第 ${target.onlyWhen + 1} 列，但文件只有 ${width} 列。`,
    };
  const lacking = definition.required.find((name) => !target.fields[name]);
  if (lacking)
    return {
      en: `field "${lacking}" is needed. Map a column to it or give it a text.`,
      zh: `缺少字段${inChinese(lacking)}。请映射一列，或填写固定文字。`,
    };
  if (definition.ofWhom && !definition.ofWhom.some((name) => target.fields[name]))
    return {
      en: `say whose it is: map a column to ${definition.ofWhom.join(' or ')}.`,
      zh: `请说明属于谁：将一列映射到${listed(definition.ofWhom, '或')}。`,
    };
  if (target.matchKey && !definition.keys.includes(target.matchKey))
    return {
      en: `rows cannot be matched by ${target.matchKey}; choose ${definition.keys.join(' or ')}.`,
      zh: `各行不能按${keyInChinese(target.matchKey)}匹配；请选择${definition.keys.map(keyInChinese).join('或')}。`,
    };
  if (target.matchKey && !target.fields[target.matchKey])
    return {
      en: `rows are matched by ${target.matchKey}, but no column is mapped to it.`,
      zh: `各行按${keyInChinese(target.matchKey)}匹配，但没有映射到它的列。`,
    };
  if (!definition.log && !target.matchKey)
    return {
      en: `choose by which key rows are matched: ${definition.keys.join(' or ')}.`,
      zh: `请选择各行的匹配依据：${definition.keys.map(keyInChinese).join('或')}。`,
    };
  return Object.keys(target.fields).length === 0 ? { en: 'map at least one field.', zh: '请至少映射一个字段。' } : null;
}

/** Objects first, then what refers to them. */
export function inOrder(mapping: ImportMapping, order: readonly string[]): number[] {
  return mapping.targets
    .map((_, index) => index)
    .sort((a, b) => order.indexOf(mapping.targets[a]!.kind) - order.indexOf(mapping.targets[b]!.kind) || a - b);
}
