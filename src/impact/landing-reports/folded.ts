import type { PatchedKind } from '../../collect/objects/schema.ts';
import { rows } from '../../platform/events/sources.ts';

/**
 * The objects of one kind as they are now, with only the fields that a question needs: as `current`, field by field the
 * newest value (argMax skips NULL). The report nests many of these, and the engine plans every field that is named.
 * `only` is SQL text that narrows the rows before they are folded, by id.
 */
export const folded = (kind: PatchedKind, fields: readonly string[], only = '1'): string =>
  `(SELECT id, ${fields.map((field) => `argMax(${field}, version) AS ${field}`).join(', ')} FROM ${rows(kind)} WHERE ${only} GROUP BY id SETTINGS prefer_column_name_to_alias = 1)`;
