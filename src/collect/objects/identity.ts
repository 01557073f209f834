import { createHash } from 'node:crypto';
import type { KeyType, ObjectKind } from './schema.ts';

/** Tools that record the product: they all call a person by the id that the product itself gives. */
const productSources = new Set(['segment', 'rudderstack', 'posthog', 'mixpanel', 'amplitude']);
export const productKey = 'id:product';

/** How a key is written in the identity table: ids belong to a source, the others are the same in every source. */
export function keyTypeOf(type: KeyType, source: string): string {
  return type !== 'id' ? type : productSources.has(source) ? productKey : `id:${source}`;
}

export function keyValueOf(type: KeyType, value: string): string {
  return type === 'id' ? value.trim() : value.trim().toLowerCase();
}

/** The id that an object gets at first sight, the same whichever row or file comes first. `canonicalIdSql` is its twin. */
export function canonicalId(kind: ObjectKind, keyType: string, keyValue: string): string {
  const hex = createHash('md5').update([kind, keyType, keyValue].join('\u001f')).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The arguments are SQL text of String expressions. */
export function canonicalIdSql(kind: ObjectKind, keyType: string, keyValue: string): string {
  return `UUIDNumToString(MD5(concat('${kind}', '\\x1f', ${keyType}, '\\x1f', ${keyValue})))`;
}
