import type { Role } from '../../platform/roles.ts';
import type { BusinessFunction } from '../charters/schema.ts';
import type { CriterionKind, CriterionState, GateStage, Outcome } from '../gates/schema.ts';
import type { GoalFields } from '../goals/schema.ts';
import type { Launch } from '../launches/schema.ts';
import type { Evidence, PositioningContent, PositioningStage, StatementVerdict } from '../positionings/schema.ts';
import type { RetrospectiveFields } from '../retrospectives/schema.ts';
import type { Scores } from '../tiers/schema.ts';

/** Who of the cast did it: a short name, the same through the whole story. `owner` is who owns the workspace. */
export type Who = string;
export type Player = { id: string; name: string; role: Role };
type Done = { on: string; by: Who };
type OfGate = Done & { gate: GateStage; kind: CriterionKind };

/** What became of one item of the template. One that is not named stays planned. */
export type ItemStory = {
  /** All that must sign it sign on this day. */
  signed?: string;
  shipped?: string;
  /** Asked for on an earlier day, by one of those who must sign. */
  changesAsked?: { on: string; function: BusinessFunction; comment: string };
  dropped?: { on: string; reason: string };
  link?: { label: string; url: string };
};

/** Something that everybody knew was on its way, measured by asking. */
type AskedGoal = Pick<GoalFields, 'purpose' | 'name' | 'target' | 'minimumSample' | 'rule'> & {
  question: string;
  source: string;
  registeredOn: string;
  before: { count: number; of: number; day: string };
  after: { count: number; of: number; day: string } | null;
};

type Decided = Done & {
  gate: GateStage;
  outcome: Outcome;
  note: string;
  followUps?: { text: string; owner: Who; dueOn: string; doneOn: string }[];
};

/** A launch from the day it was planned, as the people of the company lived it. Days are days of the workspace. */
export type LaunchStory = {
  key: string;
  plannedOn: string;
  stage: Launch['stage'];
  about: { personas: string[]; job: string; languages: string[]; regions: string[]; productOwner: Who; marketingOwner: Who };
  tier: { scores: Scores; approvals: (Done & { function: BusinessFunction })[] };
  template: Done & { key: string };
  goal: AskedGoal;
  items: Record<string, ItemStory>;
  positionings: (Done & { stage: PositioningStage; note: string; content: PositioningContent })[];
  said: (Done & { version: number; stage: PositioningStage; quote: string; who: string; account: string; verdict: StatementVerdict })[];
  reviewed: (Done & { stage: PositioningStage })[];
  criteria: (OfGate & { state?: CriterionState; counted?: number; countedOf?: number; evidence: Evidence[] })[];
  waivers: (OfGate & { reason: string })[];
  decisions: Decided[];
  day: { offset?: number; at: string; text: string; owner: Who; url?: string; note?: string }[];
  announcement: Done & { draftedBy: Who; title: string; labels: string[]; audience: string; body: string };
  retrospective: (Done & RetrospectiveFields) | null;
};

/** Who belongs to which function of the company, and signs for it. */
export type Place = { who: Who; function: BusinessFunction; approves: boolean };
