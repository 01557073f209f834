import { addDays } from '../../platform/days.ts';
import type { People } from '../charters/people.ts';
import { check } from './checks/check.ts';
import type { Facts } from './checks/facts.ts';
import { lettingThrough } from './decided.ts';
import {
  type CheckResult,
  type Criterion,
  type Decision,
  type FollowUp,
  type Gate,
  type Gates,
  type GateStage,
  nextStage,
  selfChecking,
  standings,
  type Waiver,
} from './schema.ts';
import type { CriterionRow, gates } from './tables.ts';

/** What was written about a gate, as it is kept. */
export type Kept = {
  gate: typeof gates.$inferSelect;
  criteria: CriterionRow[];
  waivers: Map<string, Waiver>;
  decisions: Decision[];
  followUps: FollowUp[];
};

/** Waits: at risk, or nobody has said anything yet and it is not due yet. */
const standingOf = ({ state, code }: CheckResult, waiver: Waiver | null, isLate: boolean): Criterion['standing'] => {
  if (state === 'ready') return 'ready';
  if (waiver) return 'waived';
  const isUntouched = code === 'not_set' || code === 'not_counted';
  return state === 'at_risk' || (isUntouched && !isLate) ? 'waits' : 'fails';
};

const judgeCriterion = (row: CriterionRow, stage: GateStage, waiver: Waiver | null, facts: Facts, people: People): Criterion => {
  const dueOn = row.dueOn ?? addDays(facts.launch.marketDate, -row.leadDays);
  const result = check(row, stage, facts);
  const owner = row.ownerId ? people.find(row.ownerId) : null;
  return {
    id: row.id,
    kind: row.kind,
    function: row.function,
    text: row.text,
    required: row.required,
    leadDays: row.leadDays,
    fixedDay: row.dueOn,
    dueOn,
    owner,
    needsOwner: owner === null || owner.gone,
    threshold: row.threshold,
    counted: row.counted,
    countedOf: row.countedOf,
    evidence: row.evidence,
    result,
    standing: standingOf(result, waiver, dueOn < facts.today),
    checksItself: selfChecking.includes(row.kind),
    waiver,
    setBy: row.setBy,
    setAt: row.setAt?.toISOString() ?? null,
    version: row.version,
  };
};

const gateStanding = ([newest]: Decision[], counts: Gate['counts']): Gate['standing'] => {
  if (newest && lettingThrough.includes(newest.outcome)) return 'passed';
  if (counts.fails > 0) return 'fails';
  return counts.waits > 0 ? 'waits' : 'clear';
};

const countStandings = (criteria: Criterion[]): Gate['counts'] => {
  const required = criteria.filter((each) => each.required);
  return Object.fromEntries(
    standings.map((standing) => [standing, required.filter((each) => each.standing === standing).length]),
  ) as Gate['counts'];
};

/** A gate that is passed, as it was when the launch was let through: what became of its criteria since did not decide anything. */
export const asDecided = (gate: Gate): Gate => {
  const [newest] = gate.decisions;
  if (gate.standing !== 'passed' || !newest) return gate;
  const criteria = gate.criteria.map((each) => ({ ...each, ...newest.criteria.find(({ id }) => id === each.id) }));
  return { ...gate, criteria, counts: countStandings(criteria) };
};

/** A gate as it stands now. */
export const judgeGate = ({ gate, criteria: rows, waivers, decisions, followUps }: Kept, facts: Facts, people: People): Gate => {
  const criteria = rows.map((row) => judgeCriterion(row, gate.stage, waivers.get(row.id) ?? null, facts, people));
  const counts = countStandings(criteria);
  return {
    id: gate.id,
    stage: gate.stage,
    leadsTo: nextStage[gate.stage],
    leadDays: gate.leadDays,
    fixedDay: gate.dueOn,
    dueOn: gate.dueOn ?? addDays(facts.launch.marketDate, -gate.leadDays),
    standing: gateStanding(decisions, counts),
    counts,
    criteria,
    decisions,
    followUps,
    version: gate.version,
  };
};

/** All gates of a launch in one sentence: how many of those ahead fail, and how many wait. */
export const judgeLaunch = ({ launch: { id, key, name, stage, marketDate } }: Facts, all: Gate[]): Gates => {
  const of = (standing: Gate['standing']) => all.filter((gate) => gate.standing === standing).length;
  const [fails, waits, passed] = [of('fails'), of('waits'), of('passed')];
  return {
    launch: { id, key, name, stage, marketDate },
    gates: all,
    verdict: { isClear: all.length > 0 && fails + waits === 0, fails, waits, passed, ahead: all.length - passed },
  };
};
