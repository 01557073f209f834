import type { Who } from '../../../src/launch/stories/schema.ts';
import { recall } from '../planted.ts';

export type PlannedProgram = {
  key: string;
  name: string;
  kind: 'campaign' | 'webinar' | 'dinner' | 'billboard';
  parent: string | null;
  launch: string | null;
  owner: Who;
  startsOn: string;
  endsOn: string;
  budget: number | null;
  actualCost: number | null;
  goal: string;
  personas: string[];
  campaigns: string[];
};

const wholePeriod = { startsOn: '2025-05-01', endsOn: '2026-10-31' };

/** What Weftwork did to be heard, and what it paid; their lists are in the touches of the company. */
export const plannedPrograms: readonly PlannedProgram[] = [
  {
    key: 'customer-program',
    name: 'Customer program',
    kind: 'campaign',
    parent: null,
    launch: null,
    owner: 'amelie',
    ...wholePeriod,
    budget: null,
    actualCost: 0,
    goal: 'More teams of the same customers',
    personas: ['Operations lead'],
    campaigns: [],
  },
  {
    key: 'handoff-live',
    name: 'Handoff Live',
    kind: 'webinar',
    parent: 'customer-program',
    launch: 'smart-handoff',
    owner: 'nico',
    ...wholePeriod,
    budget: 48_000,
    actualCost: 46_200,
    goal: 'Customers see a handoff done live, and bring their other teams',
    personas: ['Operations lead', 'Team lead'],
    campaigns: ['Handoff Live'],
  },
  {
    key: 'supper-series',
    name: 'Supper Series',
    kind: 'dinner',
    parent: 'customer-program',
    launch: null,
    owner: 'jonas',
    ...wholePeriod,
    budget: 60_000,
    actualCost: 71_400,
    goal: 'Sponsors of large customers meet each other',
    personas: ['Sponsor'],
    campaigns: ['Supper Series'],
  },
  {
    key: recall.program,
    name: 'Ring Road Boards',
    kind: 'billboard',
    parent: null,
    launch: null,
    owner: 'nico',
    startsOn: '2026-02-16',
    endsOn: '2026-04-12',
    budget: 70_000,
    actualCost: 64_000,
    goal: 'Operations leads in Boston name Weftwork when they are asked who carries work between teams',
    personas: ['Operations lead'],
    campaigns: ['Ring Road Boards'],
  },
];

/** The survey about the boards; how many named Weftwork is drawn in recall.ts. */
export const plannedRecall = {
  question: 'Which companies do you know whose software carries work from one team to the next?',
  prompt: 'unaided',
  askedOf: 'Operations leads who work within 30 miles of Boston; an online panel, other people in each wave',
  exposure: 'They drive on the ring road, where the boards stand, once a week or more; asked after the question',
  lot: 'none',
  samePeople: false,
} as const;
