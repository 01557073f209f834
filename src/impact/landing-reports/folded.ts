import type { PatchedKind } from '../../collect/objects/schema.ts';
import { rows } from '../../platform/events/sources.ts';

/**
 * The objects of one kind as they are now, with only the fields that a question needs: as `current`, field by field the
 * newest value (argMax skips NULL). The report nests many of these, and the engine plans every field that is named.
 */
export const folded = (kind: PatchedKind, fields: readonly string[]): string =>
  `(SELECT id, ${fields.map((field) => `argMax(${field}, version) AS ${field}`).join(', ')} FROM ${rows(kind)} GROUP BY id SETTINGS prefer_column_name_to_alias = 1)`;
