import { Failure } from '../../../platform/failure.ts';
import type { Said } from '../../../platform/language.ts';

export type ReadingLimits = {
  columns: number;
  /** Characters of one cell; a longer cell rejects its row. */
  cellLength: number;
  /** Bytes after unpacking. */
  unpackedBytes: number;
  /** Unpacked to packed; judged only above `ratioFromBytes`, since small files of equal rows pack very well. */
  ratio: number;
  ratioFromBytes: number;
};

export const defaultLimits: ReadingLimits = {
  columns: 1000,
  cellLength: 1024 * 1024,
  unpackedBytes: 20 * 1024 ** 3,
  ratio: 100,
  ratioFromBytes: 64 * 1024 ** 2,
};

/** Why a file was refused as a whole. The word is stable; what is said is for people. */
export type FileProblem =
  | 'empty_file'
  | 'spreadsheet'
  | 'archive'
  | 'document'
  | 'web_page'
  | 'image'
  | 'database'
  | 'other_packing'
  | 'json_document'
  | 'binary'
  | 'truncated'
  | 'damaged'
  | 'zip_bomb'
  | 'too_many_columns'
  | 'too_large'
  | 'unclosed_quote'
  | 'unknown_encoding';

export function refuse(problem: FileProblem, said: Said, details: Record<string, unknown> = {}): Failure {
  const code = problem === 'zip_bomb' || problem === 'too_large' ? 'too_large' : 'invalid';
  return new Failure(code, said, { reason: problem, ...details });
}
