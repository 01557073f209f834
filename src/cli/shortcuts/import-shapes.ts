/** The parts of an import's answer that the command line shows; `docs/reference/imports.md` has the whole. */
export type FieldSource = { column?: number; columns?: number[]; constant?: string; by?: string; missing?: string };
export type Mapping = {
  source: string;
  targets: { kind: string; fields: Record<string, FieldSource>; matchKey?: string; rest?: boolean }[];
};
export type Question = {
  id: string;
  kind: string;
  column: number | null;
  options: string[];
  suggestion: string | null;
  examples: string[];
  answer: string | null;
};
export type Report = {
  targets: { kind: string; counts: Record<string, number>; reasons: { reason: string; rows: number }[] }[];
  missing: {
    kind: string;
    by: string;
    rows: number;
    distinct: number;
    created: boolean;
    values: { value: string; suggestion: string | null }[];
  }[];
};
export type Import = {
  id: string;
  state: string;
  fileName: string;
  file: { kind: string; encoding: string; rows: number; firstLine: number; replaced: number } | null;
  columns: { name: string }[];
  mapping: Mapping | null;
  remembered: boolean;
  questions: Question[];
  progress: { phase?: string; rows?: number; of?: number };
  report: Report | null;
  problem: { code: string; message: string } | null;
};
export type RejectedRow = { line: number; reason: string; detail: string; cells: string[] };
