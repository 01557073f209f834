/** What charts are given: plain figures, and words that the page has written. */

/** Writes a figure in the reader's language: `format.share`, `format.number`. */
export type Write = (value: number) => string;

export type Period = 'day' | 'week' | 'month';

export type LinePoint = {
  /** The first day of the period. */
  at: string;
  /** Null where nothing is known; the line breaks there. */
  value: number | null;
  low?: number | null;
  high?: number | null;
  n?: number;
  /** The period is not over: drawn dashed, and said so. */
  incomplete?: boolean;
};

export type LineSeries = {
  key: string;
  name: string;
  points: LinePoint[];
  /** The period before, place by place under the points; drawn as a thin ghost. */
  previous?: LinePoint[];
};

export type Annotation = { at: string; label: string; kind?: 'launch' | 'note' };

/** A share by day since a start. Between two points the share stays as it was. */
export type StepPoint = { day: number; share: number; low?: number | null; high?: number | null; atRisk?: number };

export type StepCurve = { key: string; name: string; n: number; points: StepPoint[] };

export type StepTarget = { day: number; share: number };

export type Share = { share: number; low?: number | null; high?: number | null };

export type FunnelStep = {
  key: string;
  name: string;
  count: number;
  /** Of those of the first step, and of those of the step before; null at the first. */
  ofFirst: Share;
  ofPrevious: Share | null;
  /** From the step before, of those who made it. */
  medianSeconds?: number | null;
};

export type FunnelGroup = { key: string; name: string; steps: FunnelStep[] };

export type RetentionCell = {
  count: number;
  share: number;
  low?: number | null;
  high?: number | null;
  /** Some of the cohort have not been here long enough yet. */
  incomplete?: boolean;
  /** Under the smallest number that a share is shown for. */
  tooFew?: boolean;
};

/** A cell is null where the time has not come. */
export type RetentionCohort = { key: string; name: string; n: number; cells: (RetentionCell | null)[] };

export type BarRow = {
  key: string;
  name: string;
  value: number;
  low?: number | null;
  high?: number | null;
  n?: number;
  kind?: 'usual' | 'other' | 'not_set';
};

export type FlowNode = {
  key: string;
  name: string;
  count: number;
  kind?: 'event' | 'end' | 'other';
  /** Given once they are known; a node without them that may have some is opened by `onExpand`. */
  children?: FlowNode[];
};

/** What of the chart was chosen, for the rows behind it. */
export type Chosen = { series: string; at: string };
