import { en as featureWords } from '../../../launch/features/messages.ts';
import type { DefinitionPart } from '../../../launch/features/schema.ts';
import type { Cause, Goal, reasons, RegisteredGoal, standings, Step, TextPart } from '../schema.ts';

/** What a goal is called that nobody gave a name. */
export const usualName = 'Adoption';

export type Unit = 'account' | 'person';
type Prose = {
  name: string;
  unit: Unit;
  count: string;
  eligible: string;
  share: string;
  low: string;
  high: string;
  target: string;
  day: number;
  horizon: number;
};

type Kind = RegisteredGoal['amendments'][number]['kind'];
const amendedWords: Record<Kind, string> = {
  changed: 'Amended',
  withdrawn: 'Withdrawn',
  restored: 'Put back',
  registered_again: 'Registered again',
};
const partWords: Record<TextPart, string> = {
  purpose: 'purpose',
  name: 'words',
  parent: 'what it serves',
  metric: 'metric',
  target: 'target',
  smallestChange: 'smallest change',
  horizonDays: 'horizon',
  minimumSample: 'smallest sample',
  comparison: 'comparison',
  rule: 'decision',
  baseline: 'baseline',
  launch: 'who is eligible or the market date',
};

export type Tally = { met: number; missed: number; cannotTell: number };
const tallied = ({ met, missed, cannotTell }: Tally, alone = false): string => {
  const of = (count: number) => (alone ? '' : `**${count}** `);
  return [
    met > 0 && `${of(met)}${met === 1 ? 'was' : 'were'} met`,
    missed > 0 && `${of(missed)}${missed === 1 ? 'was' : 'were'} missed`,
    cannotTell > 0 && `${of(cannotTell)}cannot be told`,
  ]
    .filter(Boolean)
    .join(', ');
};

const unit = (of: Unit) => (of === 'account' ? 'accounts' : 'people');
const counted = (count: string, noun: string) => `${count} ${noun}${count === '1' ? '' : 's'}`;

/** Sentences mark what matters with **two stars**; the page shows it bold, plain text leaves the stars out. */
export const en = {
  title: 'Landing report',
  eyebrow: (name: string) => `Landing report: ${name}`,
  crumbs: { launches: 'Launches' },
  reading: 'Counting events and deals',
  dataTo: (day: string) => `Data to ${day}`,
  noData: 'No data yet',
  tier: (tier: number) => `Tier ${tier}`,
  stage: { concept: 'Concept', alpha: 'Alpha', beta: 'Beta', ga: 'GA', deprecated: 'Deprecated' } as Record<string, string>,
  dayOf: (day: number, horizon: number) => `day ${day} of ${horizon}`,
  document: 'Save as HTML',
  print: 'Print',
  share: 'Copy link',
  copied: 'Link copied',
  openRows: 'Show the rows behind this figure',

  verdict: {
    met: ({ name, unit: of, eligible, share, low, high, target, day }: Prose) =>
      `${name} landed: **${share}** of ${eligible} eligible ${unit(of)} adopted it by day ${day} (95% interval ${low} to ${high}), against a target of ${target}.`,
    missed: ({ name, unit: of, eligible, share, low, high, target, day }: Prose) =>
      `${name} has not landed: **${share}** of ${eligible} eligible ${unit(of)} adopted it by day ${day} (95% interval ${low} to ${high}), against a target of ${target}.`,
    within: ({ name, unit: of, eligible, share, low, high, target, day }: Prose, needed: string | null) =>
      `It cannot be told whether ${name} landed: **${share}** of ${eligible} eligible ${unit(of)} adopted it by day ${day}, and the target of ${target} lies within the 95% interval of ${low} to ${high}.${needed ? ` At this share, ${needed} eligible ${unit(of)} would be needed to tell.` : ''}`,
    tooFew: (name: string, of: Unit, eligible: string, needed: string) =>
      `It cannot be told whether ${name} landed: **${eligible}** eligible ${unit(of)}, ${needed} needed.`,
    notYet: (name: string, day: number, horizon: number, target: string) =>
      `It is too early to say whether ${name} landed: **day ${day} of ${horizon}**, with a target of ${target}.`,
    soFar: ({ unit: of, eligible, share, low, high }: Pick<Prose, 'unit' | 'eligible' | 'share' | 'low' | 'high'>) =>
      ` So far **${share}** of ${eligible} eligible ${unit(of)} adopted it (95% interval ${low} to ${high}).`,
    noGoal: (name: string) => `${name} has no registered goal, so it cannot be judged.`,
    tally: (all: number, count: Tally) => ` Of ${all} registered goals, ${tallied(count)}.`,
    tallyOf: (name: string, all: number, count: Tally) =>
      `${all === 1 ? `The registered goal of ${name}` : `Of the ${all} registered goals of ${name},`} ${tallied(count, all === 1)}.`,
    noFeature: (name: string) => `It cannot be told whether ${name} landed: the launch names no feature, so no use can be counted.`,
    noEvents: (name: string) => `It cannot be told whether ${name} landed: **no events** have arrived yet.`,
    noUses: (name: string, use: string, days: number) =>
      `It cannot be told whether ${name} landed: no use (${use}) arrived in ${days} days. Either nobody used it, or an event has another name.`,
    noBase: (name: string, of: Unit) => `It cannot be told whether ${name} landed: **no ${unit(of)}** are eligible.`,
    funnel: (contacts: string, won: string, share: string, revenue: string) =>
      ` Of ${contacts} first contacts, ${won} were won${share}, and ${revenue} brought revenue.`,
    funnelWithoutRevenue: (contacts: string, won: string, share: string) =>
      ` Of ${contacts} first contacts, ${won} were won${share}. No revenue was imported, so it is not known how many brought some.`,
    wonShare: (share: string, low: string, high: string) => ` (${share}; ${low} to ${high})`,
  },
  help: {
    no_feature: 'Open the launch and choose the feature whose use counts.',
    no_events:
      'Import a file with the product’s events (time, event name, person or account), or send them to the events address of this workspace.',
    no_uses: 'Compare the event names in the feature’s rule with the names in the imported file.',
    no_accounts: 'Import the accounts with their plan, segment and creation date, or widen the eligibility rule of the launch.',
    no_people: 'Import the people with the account that each belongs to.',
    too_few: '',
    not_yet: '',
    interval_holds_target: '',
    no_contacts: 'Import the touches and deals with their dates.',
    not_entered: 'Enter the result on the goals page of the launch.',
  } as Record<(typeof reasons)[number], string>,
  registered: (day: string, distance: string) => `Goal registered ${day}, ${distance}.`,
  before: (days: string) => `${days} before the market date`,
  late: (days: string) => `${days} after the market date: it may have been chosen to fit`,
  onTheDay: 'on the market date: it may have been chosen to fit',
  everyNumber: 'Every underlined number opens its rows.',

  goals: {
    title: 'Goals',
    locked: (day: string, distance: string) => `Goals, registered ${day}, ${distance}`,
    none: 'This launch has no goal. A goal set now would count as registered late.',
    drafts: (count: string) =>
      `${count === '1' ? 'One goal is a draft' : `${count} goals are drafts`}: nothing is judged by a goal that is not registered.`,
    goal: 'Goal',
    against: 'Against target',
    result: 'Result',
    target: 'Target',
    readingHead: 'Reading',
    name: ({ name, day, unit: of, leading }: Pick<Goal, 'day' | 'unit' | 'name' | 'leading'>) =>
      leading && name === usualName ? `Adoption at day ${day}${of === 'person' ? ', people' : ''}` : `${name}, day ${day}`,
    verdict: { met: 'Met', missed: 'Missed', cannot_tell: 'Cannot tell' },
    reason: {
      no_feature: 'no feature named',
      no_events: 'no events yet',
      no_uses: 'no use yet',
      no_accounts: 'no eligible accounts',
      no_people: 'no eligible people',
      too_few: 'too few',
      not_yet: 'not yet',
      interval_holds_target: 'target within interval',
      no_contacts: 'no first contacts in time',
      not_entered: 'no result entered yet',
    } as Record<(typeof reasons)[number], string>,
    needed: (count: string) => `${count} needed to tell`,
  },

  registeredGoals: {
    title: 'What was registered',
    subtitle: 'Each goal is judged by the text that was registered; what was changed afterwards stands beside it',
    purposes: {
      awareness: 'Awareness',
      consideration: 'Consideration',
      usage: 'Usage',
      conversion: 'Conversion',
      revenue: 'Revenue',
      retention: 'Retention',
    } as Record<RegisteredGoal['purpose'], string>,
    unmeasured: 'without a metric of its own',
    serves: (parent: string) => `serves “${parent}”`,
    registered: (day: string, by: string, hash: string) =>
      `Judged against the text registered on ${day}${by ? ` by ${by}` : ''} (hash ${hash}).`,
    late: 'Registered on or after the market date: it may have been chosen to fit.',
    lateOnes: (names: string) => `Registered on or after the market date, perhaps to fit: ${names}.`,
    baseline: (interval: string, of: string, from: string, to: string) => `Before: ${interval} of ${of}, ${from} to ${to}.`,
    smallest: (points: string) => `Smallest change worth having: ${points} points.`,
    rule: (rule: string) => `What is decided by it: ${rule}`,
    comparison: {
      holdout: 'Registered comparison: a holdout group. This verdict is of the target; what the launch changed stands under Lift.',
      staged: 'Registered comparison: a staged roll-out. This verdict is of the target; what the launch changed stands under Lift.',
      matched: 'Registered comparison: matched accounts. This verdict is of the target; what the launch changed stands under Lift.',
      synthetic: 'Registered comparison: a synthetic control. This verdict is of the target; what the launch changed stands under Lift.',
      before_after: 'Registered comparison: before and after, descriptive only.',
      none: '',
    } as Record<RegisteredGoal['comparison'], string>,
    amendment: (kind: Kind, parts: TextPart[], day: string, by: string, reason: string) =>
      `${amendedWords[kind]} on ${day} by ${by}${parts.length > 0 ? ` (${parts.map((part) => partWords[part]).join(', ')})` : ''}, because: ${reason}`,
    amended: (target: string, day: number, verdict: string) => `By the text as it is now (${target} by day ${day}): ${verdict}.`,
    withdrawn: 'Withdrawn after it was registered; it is judged all the same.',
    eligibility: 'The launch is for others now; the goal is judged on those for whom it was registered.',
    moved: (from: string, to: string) =>
      `The market date was ${from} when it was registered and is ${to} now; days are counted from the new one.`,
  },

  snapshots: {
    title: 'As it was',
    subtitle: 'The report of a day is kept as it was said then, and never changed. It can be counted again to see what differs',
    day: 'Day',
    kept: 'Kept',
    act: 'Compare or keep',
    madeBy: (day: string, by: string) => `${day} by ${by}`,
    late: (days: number) => (days === 1 ? '1 day late' : `${days} days late`),
    notKept: 'Not kept',
    notReached: (day: string) => `Not before the end of ${day}`,
    keep: 'Keep it',
    compare: 'Count again',
    made: (day: number) => `The report of day ${day} is kept.`,
    compareTitle: (day: number) => `Day ${day}, counted again`,
    since: (at: string) => `Against what was kept ${at}`,
    counting: 'Counting that day again',
    same: 'Counted again, it says the same.',
    differs: (count: number) => `${counted(String(count), 'figure')} ${count === 1 ? 'is' : 'are'} another now.`,
    absent: 'not there',
    goal: (name: string, day: number) => `${name}, day ${day}`,
    adoption: { adoption_account: 'Adopted, accounts', adoption_person: 'Adopted, people' },
    figure: 'Figure',
    before: 'Kept',
    now: 'Now',
    why: 'What has changed since',
    changedSince: 'What has changed since',
    nothing: 'Nothing that the report rests on.',
    unexplained: 'Nothing that Landfall keeps a record of explains the difference.',
    causes: {
      launch_changed: () => 'The launch was changed: its dates, its feature, or who is eligible.',
      feature_changed: () => 'The version of the feature is another.',
      goal_added: (name: string, at: string | null) => `Goal registered: ${name}${at ? `, ${at}` : ''}.`,
      goal_changed: (name: string, at: string | null) => `Goal changed: ${name}${at ? `, ${at}` : ''}.`,
      goal_gone: (name: string) => `Goal gone: ${name}.`,
      data_imported: (name: string, at: string | null) => `Data imported: ${name}${at ? `, ${at}` : ''}.`,
      data_undone: (name: string, at: string | null) => `Import taken back: ${name}${at ? `, ${at}` : ''}.`,
      data_erased: (_: string, at: string | null) => `Somebody’s data were erased${at ? `, ${at}` : ''}.`,
      events_arrived: () => 'Events arrived, or it is known better who is who.',
    } as Record<Cause, (name: string, at: string | null) => string>,
  },

  work: {
    title: (overrides: number, behind: number) => {
      const parts = [
        overrides > 0 && `${counted(String(overrides), 'criterion').replace('criterions', 'criteria')} let be at gates`,
        behind > 0 && `${counted(String(behind), 'deliverable')} late, dropped or never shipped`,
      ].filter(Boolean);
      return parts.length > 0 ? parts.join(', ') : 'Every deliverable shipped in time';
    },
    subtitle: (shipped: string, all: string) =>
      `${shipped} of ${all} deliverables shipped. Of what was used afterwards, only announcements are measured`,
    onlyGates: 'What stood at the gates with a reason instead of evidence',
    required: 'required',
    override: (criterion: string, stage: string, day: string, by: string, reason: string) =>
      `“${criterion}” was let be at the gate of ${stage} on ${day} by ${by}, because: ${reason}`,
    dropped: (name: string, reason: string) => `${name}: dropped${reason ? `, because: ${reason}` : ''}`,
    late: (name: string, days: string, shipped: string, due: string) => `${name}: ${days} late, shipped ${shipped}, due ${due}`,
    open: (name: string, status: string, due: string) => `${name}: never shipped (${status.toLowerCase()}), due ${due}`,
  },

  said: {
    title: (said: number, announced: number, unopened: number) => {
      const parts = [
        said > 0 ? `${counted(String(said), 'statement')} since the market date` : 'Nobody was heard since the market date',
        announced > 0 &&
          (unopened > 0
            ? `${unopened} of ${counted(String(announced), 'announcement')} never opened`
            : `${counted(String(announced), 'announcement')} opened`),
      ].filter(Boolean);
      return parts.join(', ');
    },
    subtitle: 'Openings of announcements are times, not people, without bots',
    shown: (shown: string, all: string) => `${shown} of ${all} statements are shown, the newest`,
    statement: (quote: string, who: string, day: string, verdict: string) => `“${quote}” (${who}, ${day}; ${verdict.toLowerCase()})`,
    opened: (title: string, day: string, views: string, clicks: string) =>
      `Announcement “${title}”, ${day}: opened ${views} times, its link followed ${clicks} times`,
    unopened: (title: string, day: string) => `Announcement “${title}”, ${day}: never opened`,
  },

  adoption: {
    landed: (day: number) => `Reached the target on day ${day} and stayed there`,
    below: (day: number) => `Below the target on day ${day}`,
    running: (share: string, day: number, horizon: number) => `${share} adopted by day ${day} of ${horizon}`,
    empty: 'Adoption cannot be shown yet',
    counted: (adopted: string, eligible: string) => `${adopted} of ${eligible} adopted: too few to show a share`,
    subtitle: (of: Unit, eligible: string, rule: string) =>
      `Share of ${eligible} eligible ${unit(of)} that did ${rule}; 95% interval shaded`,
    launch: 'Launch',
    targetBy: (target: string, of: Unit, day: number) => `Target: ${target} of eligible ${unit(of)} by day ${day}`,
    targetShort: (target: string) => `Target: ${target}`,
    markTarget: (day: number, target: string) => `Day ${day}: target ${target}`,
    landfall: (day: number) => `Landfall, day ${day}`,
    day: (day: number) => `Day ${day}`,
    summary: (share: string, low: string, high: string, day: number) =>
      `Adoption by day since the market date; on day ${day} it is ${share}, 95% interval ${low} to ${high}.`,
    unitsTitle: 'By account and by person',
    unitsSubtitle: 'An account adopts when its people together meet the rule; a person alone',
    eligible: 'Eligible',
    used: 'Used it',
    adopted: 'Adopted',
    asTable: 'The chart as a table',
    dayHead: 'Day',
    shareHead: 'Share',
    at: (day: number) => `Day ${day}`,
    unit: { account: 'Accounts', person: 'People' },
    baseTitle: (eligible: string, all: string) => `${eligible} of ${all} accounts are eligible`,
    baseSubtitle: (base: string[]) =>
      base.length > 0
        ? `The base of the feature is ${base.join('; ')}. The launch may narrow it; nobody is left out silently`
        : 'The base is fixed by the feature and the launch; nobody is left out silently',
    standing: {
      eligible: 'Eligible',
      created_later: 'Came too late',
      other_plan: 'On another plan',
      plan_unknown: 'Plan unknown',
      other_segment: 'In another segment',
      segment_unknown: 'Segment unknown',
      no_access: 'Without access',
      access_later: 'Got access after the market date',
    } as Record<(typeof standings)[number], string>,
    undated: (count: string) => `${count} of the eligible accounts ${count === '1' ? 'has' : 'have'} no creation date; they are counted.`,
    outside: (uses: string, accounts: string, nobody: string | null) =>
      `${counted(uses, 'use')} came from outside the base: from ${counted(accounts, 'other account')}${nobody ? `, and ${nobody} without an account` : ''}.`,
    accounts: 'Accounts',
  },

  funnel: {
    title: (from: string, to: string) => `Most stop between ${from} and ${to}`,
    empty: 'No first contacts yet. Import leads and deals, and the funnel appears.',
    few: 'The funnel so far',
    subtitle: (contacts: string, from: string, to: string) =>
      `${contacts} people first contacted ${from} to ${to}; 95% intervals; time since first contact`,
    step: { first_contact: 'First contact', opportunity: 'Opportunity', won: 'Won', revenue: 'First revenue' } as Record<Step, string>,
    stepIn: { first_contact: 'first contact', opportunity: 'opportunity', won: 'won', revenue: 'first revenue' } as Record<Step, string>,
    head: {
      step: 'Step',
      people: 'People',
      ofPrevious: 'Of the step before',
      ofFirst: 'Of first contacts',
      time: 'Median days since first contact',
    },
    timeOf: (count: string) => `of ${count} known times`,
    negative: (count: string) => `${count} dated before first contact: left out`,
    undated: (count: string) => `${count} undated`,
    noTime: 'no dates',
    noRevenue: 'none imported',
    skipped: (count: string) => `${count} more people have revenue without a won opportunity; they are not in the last step.`,
  },

  origins: {
    title: (origin: string, share: string, all: string) => `“${origin}” wins more: ${share}, against ${all} in all`,
    lower: (origin: string, share: string, all: string) => `“${origin}” wins less: ${share}, against ${all} in all`,
    level: 'No origin lies clearly apart from the whole',
    empty: 'No origins yet.',
    subtitle: 'Channel of the first contact; share won with 95% interval; revenue once per currency',
    blank: '(empty)',
    head: {
      origin: 'Origin',
      contacts: 'First contacts',
      won: 'Won',
      share: 'Share won',
      days: 'Median days to won',
      revenue: 'With revenue',
      money: 'Revenue',
    },
    perInterval: (amount: string, interval: string) => `${amount} a ${interval}`,
    without: 'No first contact on record',
    noCurrency: 'no currency',
    unpriced: (count: string) => `${count} without an amount`,
  },

  segments: {
    title: (segment: string, share: string, all: string) => `“${segment}” adopts more: ${share}, against ${all} in all`,
    lower: (segment: string, share: string, all: string) => `“${segment}” adopts less: ${share}, against ${all} in all`,
    level: 'No segment lies clearly apart from the whole',
    empty: 'No accounts yet. Import accounts, and segments appear.',
    subtitle: 'All accounts by segment; adopted is the share of the eligible ones, with 95% interval',
    blank: '(unknown)',
    more: (count: string) => `${count} more segments`,
    head: {
      segment: 'Segment',
      accounts: 'Accounts',
      adopted: 'Adopted',
      share: 'Share adopted',
      opportunities: 'With opportunity',
      won: 'Won',
      revenue: 'With revenue',
    },
  },

  compare: {
    title: (difference: string) => `Won in time: ${difference} after the market date`,
    open: 'Before and after cannot be told apart',
    notYet: 'Before and after cannot be compared yet',
    few: 'Too few to compare before and after',
    subtitle: (days: string) => `People first contacted in the ${days} before and after the market date, each followed for ${days}`,
    descriptive: 'Descriptive',
    why: 'There is no comparison group, so this says nothing about the cause: seasons, prices and campaigns changed too.',
    waiting: 'Deals must reach at least 14 days past the market date, so that everybody gets the same time.',
    head: { window: 'First contact', people: 'People', won: 'Won in time', share: 'Share' },
    before: 'Before',
    after: 'After',
    difference: 'Difference',
    undated: (count: string) => `${count} won without a date; counted as not won in time.`,
  },

  few: { too_few: (count: string) => `Too few (${count})`, not_yet: 'Not yet', of: (count: string, of: string) => `${count} of ${of}` },
  newer: (feature: string, used: number, newest: number, changed: DefinitionPart[], day: string, by: string) =>
    `${feature} has changed since${by ? ` (${by}, ${day})` : ` (${day})`}: version ${newest} has another definition of ${changed.map((part) => featureWords.parts[part]).join(' and ')}. This report keeps version ${used}, with which the goal was registered.`,
  foot: {
    title: 'How this was counted',
    definition: (launch: number, feature: number | null) =>
      `Definitions: launch version ${launch}${feature === null ? '' : `, feature version ${feature}`}.`,
    methods:
      'Shares: Wilson’s 95% interval. Medians: order statistics. Differences: Newcombe. Under 20 only counts are shown, under 5 nothing.',
    made: (at: string, zone: string) => `Made ${at} (${zone}).`,
    revenue: 'Revenue is the sum of orders, invoices, new and expanded subscriptions; currencies and billing intervals are never added up.',
  },
  rows: {
    title: {
      accounts: 'Accounts',
      adoption_account: 'Adoption by account',
      adoption_person: 'Adoption by person',
      funnel: 'People in the funnel',
      deals: 'Accounts and their deals',
      money: 'Movements of revenue',
    } as Record<string, string>,
    all: 'All',
    adoptedBy: (day: number) => `adopted by day ${day}`,
    origin: (origin: string) => `origin ${origin}`,
    segment: (segment: string) => `segment ${segment}`,
    reached: (step: string) => `reached: ${step}`,
    time: { timed: 'with a known time', undated: 'undated', negative: 'dated before first contact' },
    use: { some: 'used it', none: 'never used it' },
    window: { before: 'first contact in the days before the market date', after: 'first contact in the days after the market date' },
    inTime: 'won in time',
    contact: { known: 'with a first contact', none: 'without a first contact' },
    count: (count: string) => `${count} rows`,
    csv: 'Export CSV',
    truncated: (count: string) => `The file holds the first ${count} rows.`,
    none: 'No rows.',
    reading: 'Reading the rows',
    column: {
      id: 'Id',
      name: 'Name',
      source_id: 'Id in the source',
      email: 'Email',
      segment: 'Segment',
      plan: 'Plan',
      created_at: 'Created',
      standing: 'Standing',
      uses: 'Uses',
      use_days: 'Days of use',
      first_use: 'First use',
      adopted_day: 'Adopted',
      origin: 'Origin',
      contacted_at: 'First contact',
      opportunity_at: 'Opportunity',
      won_at: 'Won',
      revenue_at: 'First revenue',
      opportunity_days: 'Days to opportunity',
      won_days: 'Days to won',
      revenue_days: 'Days to revenue',
      account: 'Account',
      person: 'Person',
      at: 'Date',
      amount: 'Amount',
      currency: 'Currency',
      interval: 'Billed',
      deals: 'Opportunities',
      movements: 'Movements of revenue',
    } as Record<string, string>,
  },
};

export type Words = typeof en;
