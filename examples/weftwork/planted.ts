/**
 * What is true of Weftwork, by decree. The generator draws from these figures and nothing else; a report that is honest
 * about its uncertainty must find them again, inside its intervals.
 */
export const seed = 20260303;

export type LaunchKey = 'smart-handoff' | 'guest-lanes' | 'audit-export';
export const keenShare = 0.4;

/** Chance that an account has adopted by the end of day 30, 60, 90 and 240 while it stays a customer; straight lines between. */
type Chances = readonly [number, number, number, number];

export type PlantedLaunch = {
  key: LaunchKey;
  name: string;
  tier: 1 | 2 | 3;
  readyDate: string;
  marketDate: string;
  /** Adopted: used at least `times` times, on at least `days` different days, after the market date. */
  rule: { eventName: string; properties: { name: string; value: string }[]; times: number; days: number };
  eligibility: { plans: string[]; segments: string[] };
  goal: {
    target: number;
    horizonDays: 90;
    minimumSample: number;
    marks: { day30?: number; day60?: number };
    comparison: 'before_after' | 'none';
  };
  registeredOn: string;
  adoption: { regulated: Chances; others: Chances };
  /** Chances of keen and of other accounts, as multiples of the above; 0.4 * 1.3 + 0.6 * 0.8 = 1. */
  keenness: { keen: number; others: number };
  /** Chance that a person of an adopting account adopts too, and the mean of the days that takes (geometric). */
  person: { share: number; meanDays: number };
  /** Use per week by a person who has adopted. */
  weeklyUse: number;
  /** What adoption does to an account: the hand-offs it sends are multiplied, its chance of leaving at renewal is multiplied. */
  lift: { handoffsSent: number; leavingAtRenewal: number };
};

const allPlans = ['team', 'business', 'enterprise'];
const allSegments = ['small', 'mid-market', 'enterprise', 'regulated'];
const keenness = { keen: 1.3, others: 0.8 };

export const launches: readonly PlantedLaunch[] = [
  {
    key: 'smart-handoff',
    name: 'Smart Handoff',
    tier: 1,
    readyDate: '2026-02-17',
    marketDate: '2026-03-03',
    rule: { eventName: 'handoff_accepted', properties: [{ name: 'mode', value: 'smart' }], times: 3, days: 2 },
    eligibility: { plans: allPlans, segments: allSegments },
    goal: { target: 0.3, horizonDays: 90, minimumSample: 20, marks: { day30: 0.12, day60: 0.22 }, comparison: 'none' },
    registeredOn: '2026-02-12',
    adoption: { regulated: [0.03, 0.1, 0.18, 0.3], others: [0.11, 0.34, 0.58, 0.74] },
    keenness,
    person: { share: 0.5, meanDays: 14 },
    weeklyUse: 0.9,
    lift: { handoffsSent: 1.18, leavingAtRenewal: 0.55 },
  },
  {
    key: 'guest-lanes',
    name: 'Guest Lanes',
    tier: 2,
    readyDate: '2026-04-28',
    marketDate: '2026-05-12',
    rule: { eventName: 'lane_opened', properties: [{ name: 'audience', value: 'guest' }], times: 2, days: 2 },
    eligibility: { plans: allPlans, segments: allSegments },
    goal: { target: 0.25, horizonDays: 90, minimumSample: 20, marks: { day30: 0.1, day60: 0.18 }, comparison: 'before_after' },
    registeredOn: '2026-04-20',
    adoption: { regulated: [0.01, 0.02, 0.03, 0.05], others: [0.06, 0.09, 0.12, 0.17] },
    keenness,
    person: { share: 0.15, meanDays: 25 },
    weeklyUse: 0.4,
    lift: { handoffsSent: 1, leavingAtRenewal: 1 },
  },
  {
    key: 'audit-export',
    name: 'Audit Export',
    tier: 3,
    readyDate: '2026-08-25',
    marketDate: '2026-09-08',
    rule: { eventName: 'audit_exported', properties: [], times: 1, days: 1 },
    eligibility: { plans: ['enterprise'], segments: ['regulated'] },
    goal: { target: 0.4, horizonDays: 90, minimumSample: 20, marks: { day30: 0.2 }, comparison: 'none' },
    registeredOn: '2026-08-31',
    adoption: { regulated: [0.3, 0.42, 0.5, 0.6], others: [0, 0, 0, 0] },
    keenness,
    person: { share: 0.04, meanDays: 20 },
    weeklyUse: 0.3,
    lift: { handoffsSent: 1, leavingAtRenewal: 1 },
  },
];

/** Chance of leaving at the yearly renewal, for an account that has not adopted Smart Handoff. Keen accounts leave less. */
export const leavingAtRenewal = { keen: 0.08, others: 0.16 };
export const otherMovesAtRenewal = { contraction: 0.1, share: 0.2 };

/** Hand-offs and other use of keen accounts against others: adopters look better than they are made by adopting. */
export const useOfKeenAccounts = { keen: 1.35, others: 0.77 };

export type PlantedOrigin = {
  origin: string | null;
  weight: number;
  opportunity: number;
  won: number;
  medianDays: { opportunity: number; won: number; firstRevenue: number };
};

function origin(name: string | null, weight: number, opportunity: number, won: number, days: [number, number]): PlantedOrigin {
  return { origin: name, weight, opportunity, won, medianDays: { opportunity: days[0], won: days[1], firstRevenue: 12 } };
}

/** Of the first contacts, the eventual chance of an opportunity; of the opportunities, the eventual chance of a win. */
export const origins: readonly PlantedOrigin[] = [
  origin('paid search', 0.24, 0.06, 0.18, [16, 45]),
  origin('organic search', 0.22, 0.09, 0.28, [12, 38]),
  origin('referral', 0.1, 0.22, 0.42, [7, 29]),
  origin('event', 0.14, 0.1, 0.3, [20, 41]),
  origin('partner', 0.08, 0.16, 0.35, [15, 36]),
  origin('outbound', 0.14, 0.05, 0.15, [24, 52]),
  origin('unknown', 0.05, 0.08, 0.22, [15, 40]),
  origin(null, 0.03, 0.08, 0.22, [15, 40]),
];
/** Spread of the logarithm of the days (lognormal), the same for every origin. */
export const spreadOfDays = { opportunity: 0.8, won: 0.6, firstRevenue: 0.5 };
export const firstContacts = 1800;

export type PlantedProgram = {
  key: 'handoff_live' | 'supper_series';
  campaign: string;
  channel: string;
  invited: number;
  attends: { keen: number; others: number };
  effect: number;
};

/** Expansion opportunities are drawn by lot: invited or held out. Keen accounts come more and win more anyway. */
export const programs: readonly PlantedProgram[] = [
  { key: 'handoff_live', campaign: 'Handoff Live', channel: 'webinar', invited: 0.5, attends: { keen: 0.75, others: 0.5 }, effect: 0.2 },
  { key: 'supper_series', campaign: 'Supper Series', channel: 'dinner', invited: 0.5, attends: { keen: 0.7, others: 0.3 }, effect: 0 },
];
export const expansion = { perYear: 1.6, won: { keen: 0.48, others: 0.3 }, medianDays: 40, spread: 0.5 };

/**
 * Chance that an operations lead in Boston names Weftwork unaided. Those who drive on the ring road knew it better before the boards stood there,
 * and a little of the rise is for everybody: the boards truly add 8 points, where the plain difference after them shows 12.
 */
export const recall = {
  program: 'ring-road-boards',
  target: { measure: 'difference_in_differences', atLeast: 0.03 },
  registeredOn: '2026-02-09',
  effect: 0.08,
  waves: [
    {
      moment: 'before',
      startsOn: '2026-02-02',
      endsOn: '2026-02-08',
      asked: { exposed: 2400, notExposed: 1500 },
      chances: { exposed: 0.11, notExposed: 0.07 },
    },
    {
      moment: 'during',
      startsOn: '2026-03-16',
      endsOn: '2026-03-22',
      asked: { exposed: 1200, notExposed: 800 },
      chances: { exposed: 0.17, notExposed: 0.08 },
    },
    {
      moment: 'after',
      startsOn: '2026-04-20',
      endsOn: '2026-04-26',
      asked: { exposed: 2300, notExposed: 1600 },
      chances: { exposed: 0.21, notExposed: 0.09 },
    },
  ],
} as const;
