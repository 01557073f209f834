/** What charts are given: plain figures, and words that the page has written. */

/** Writes a figure in the reader's language: `format.share`, `format.number`. */
export type Write = (value: number) => string;

/** Points by hour are at instants, the others at days; `since` lays lines over each other, each from its own beginning: see `sinceAt`. */
export type Period = 'hour' | 'day' | 'week' | 'month' | 'since';

/** The place of a point that many periods after the beginning of its line, written so that texts sort as numbers do. */
export const sinceAt = (periods: number): string => String(periods).padStart(6, '0');

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
  /** Not measured but foretold: drawn dashed, and said so. */
  foretold?: boolean;
};

/** A group of a breakdown: one that has a name, all the rest, or those without the property. The last two need no name. */
export type GroupKind = 'usual' | 'other' | 'not_set';

export type LineSeries = {
  key: string;
  name: string;
  kind?: GroupKind;
  points: LinePoint[];
  /** The period before, place by place under the points; drawn as a thin ghost. */
  previous?: LinePoint[];
  /** What would have happened: dashed, and with its band although it stands back. */
  isExpected?: boolean;
};

export type Annotation = { at: string; label: string; kind?: 'launch' | 'note' };

/** A share by day since a start. Between two points the share stays as it was. */
export type StepPoint = { day: number; share: number; low?: number | null; high?: number | null; atRisk?: number };

export type StepCurve = { key: string; name: string; n: number; points: StepPoint[] };

export type StepTarget = { day: number; share: number };

/** Null without anybody to make a share of. */
export type Share = { share: number | null; low?: number | null; high?: number | null };

export type FunnelStep = {
  key: string;
  name: string;
  count: number;
  /** Of those of the first step, and of those of the step before; null at the first. */
  ofFirst: Share;
  ofPrevious: Share | null;
  /** How many came to this step and no further; counted from the next step if not given. */
  stopped?: number;
  /** How many came no further but still have time to. */
  underWay?: number;
  /** Seconds from the step before, of those who made it: the middle one, and where nine in ten lie. */
  seconds?: { median: number; p10?: number; p90?: number } | null;
};

export type FunnelGroup = { key: string; name: string; kind?: GroupKind; steps: FunnelStep[] };

export type RetentionCell = {
  count: number;
  /** Of how many, where that is not the whole cohort. */
  of?: number;
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
  kind?: GroupKind;
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
