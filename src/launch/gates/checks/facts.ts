import type { BusinessFunction } from '../../charters/schema.ts';
import type { Launch } from '../../launches/schema.ts';
import type { PositioningVersion, Statement } from '../../positionings/schema.ts';
import type { CheckResult, CriterionState } from '../schema.ts';

/** What the criteria of a launch are checked against, as it is now. */
export type Facts = {
  launch: Launch;
  today: string;
  positioning: PositioningVersion | null;
  statements: Statement[];
  /** How many accounts each segment of the launch has. */
  accountsBySegment: Map<string, number>;
  goals: { registered: number; withBaseline: number };
  /** How many functions have to approve the tier, and which of them have not. */
  tier: { needed: number; missing: BusinessFunction[] };
  /** The required ones. */
  deliverables: { name: string; isSigned: boolean; isDropped: boolean }[];
};

export const found = (
  state: CriterionState,
  code: CheckResult['code'],
  { have = null, need = null, names = [] }: Partial<Pick<CheckResult, 'have' | 'need' | 'names'>> = {},
): CheckResult => ({ state, code, have, need, names });
