import type { LaunchStory } from '../../../src/launch/stories/schema.ts';
import { guestLanesSaid } from './guest-lanes-said.ts';

const drive = (path: string) => ({ label: '', url: `https://drive.weftwork.example/guest-lanes/${path}` });

/** Tier 2, and let through without proof of what only it has. It misses its goal. */
export const guestLanes: LaunchStory = {
  key: 'guest-lanes',
  plannedOn: '2026-03-12',
  stage: 'alpha',
  about: {
    personas: ['Project manager', 'Agency partner'],
    job: 'When somebody outside the company works with us, I want them to see their part and nothing else, without buying a seat.',
    languages: ['English'],
    regions: ['North America', 'Europe'],
    productOwner: 'tom',
    marketingOwner: 'amelie',
  },
  tier: {
    scores: { market_impact: 2, revenue_at_stake: 1, customers_touched: 2, difference: 1, effort: 2, risk: 1 },
    approvals: [
      { on: '2026-03-17', by: 'amelie', function: 'product_marketing' },
      { on: '2026-03-18', by: 'tom', function: 'product' },
    ],
  },
  template: { key: 'tier-2', on: '2026-03-19', by: 'amelie' },
  goal: {
    purpose: 'consideration',
    name: 'Would bring a partner',
    question: 'Next time you work with a partner, where would you do it? (Weftwork, e-mail, a shared folder, another tool)',
    source: 'Question in the product, to project managers with a partner',
    target: 0.3,
    minimumSample: 100,
    rule: 'Missed: no further campaign before there is something that only we have.',
    registeredOn: '2026-04-20',
    before: { count: 21, of: 187, day: '2026-04-14' },
    after: { count: 34, of: 203, day: '2026-08-07' },
  },
  items: {
    'message-house': { link: drive('message-house'), signed: '2026-04-16', shipped: '2026-04-17' },
    'launch-page': { link: { label: '', url: 'https://weftwork.example/guest-lanes' }, signed: '2026-05-06', shipped: '2026-05-07' },
    'sales-deck': {
      link: drive('deck'),
      changesAsked: {
        on: '2026-05-05',
        function: 'sales_enablement',
        comment: 'Reps are asked why not Relaypad, and no slide answers that.',
      },
      signed: '2026-05-19',
      shipped: '2026-05-20',
    },
    'battle-card': {
      dropped: {
        on: '2026-05-05',
        reason: 'Nothing to put on it while we cannot say what Relaypad does not have. It comes back with the deck.',
      },
    },
    'sales-training': { shipped: '2026-05-21' },
    'support-briefing': { signed: '2026-05-07', shipped: '2026-05-07' },
    'help-pages': { link: { label: '', url: 'https://help.weftwork.example/guest-lanes' }, signed: '2026-05-06', shipped: '2026-05-06' },
    'blog-post': { signed: '2026-05-08', shipped: '2026-05-08' },
    'customer-email': { signed: '2026-05-08', shipped: '2026-05-08' },
    changelog: { signed: '2026-05-08', shipped: '2026-05-11' },
  },
  ...guestLanesSaid,
  criteria: [
    {
      on: '2026-05-06',
      by: 'tom',
      gate: 'beta',
      kind: 'proofread',
      state: 'ready',
      evidence: [{ what: 'Read by two people who did not write it', source: 'Documentation checklist', url: null, day: '2026-05-06' }],
    },
    {
      on: '2026-05-07',
      by: 'sofia',
      gate: 'beta',
      kind: 'support_briefed',
      state: 'ready',
      evidence: [{ what: 'Two shifts briefed, the third has the recording', source: 'Briefing of 7 May', url: null, day: '2026-05-07' }],
    },
  ],
  waivers: [
    {
      on: '2026-05-08',
      by: 'owner',
      gate: 'beta',
      kind: 'differentiator',
      reason:
        'Relaypad has had guests without a seat since 29 April, so nothing proves a difference any more. Partners were promised 12 May; we go without it, and judge it by adoption alone.',
    },
    {
      on: '2026-05-08',
      by: 'amelie',
      gate: 'beta',
      kind: 'deliverables',
      reason:
        'The sales deck is not signed: it has no answer to Relaypad. Reps work from the message house until it is, a week after the launch.',
    },
  ],
  decisions: [
    {
      on: '2026-04-10',
      by: 'amelie',
      gate: 'alpha',
      outcome: 'go',
      note: 'Nobody offers guests a lane without a seat, as of today. Six partners have tried it on the test server.',
    },
    {
      on: '2026-05-06',
      by: 'amelie',
      gate: 'beta',
      outcome: 'hold',
      note: 'Relaypad announced guests without a seat on 29 April. What only we have is not proven, and the deck has no answer.',
    },
    {
      on: '2026-05-08',
      by: 'amelie',
      gate: 'beta',
      outcome: 'go',
      note: 'Two criteria are waived, with reasons. The date was promised to partners.',
    },
  ],
  day: [
    { at: '08:00', text: 'Switch guests on for all plans', owner: 'tom' },
    { at: '08:30', text: 'Put the launch page live', owner: 'nico', url: 'https://weftwork.example/guest-lanes' },
    { at: '09:00', text: 'Publish the changelog entry and the blog post', owner: 'amelie' },
    {
      at: '10:00',
      text: 'Send the e-mail to customers',
      owner: 'nico',
      note: 'Sent at 10:40; the list had to be made again without accounts that left.',
    },
    { at: '12:00', text: 'Invite a guest from outside, and look at what they see', owner: 'sofia' },
    { at: '17:00', text: 'Look at first use, and say how the day went', owner: 'amelie', note: 'Quiet.' },
  ],
  announcement: {
    on: '2026-05-12',
    by: 'amelie',
    draftedBy: 'amelie',
    title: 'Guest Lanes: bring partners in without a seat',
    labels: ['Lanes', 'Partners'],
    audience: 'Everybody on the team, business and enterprise plans',
    body: `Work with people outside your company, in a lane of their own.

- Guests need no seat, and see their lane and nothing else.
- Choose *Open to guests* on a lane, and enter their addresses.
- Every guest is listed under *Settings, Guests*, and can be shut out at once.`,
  },
  retrospective: {
    on: '2026-08-14',
    by: 'amelie',
    wentWell: `- On the day everything worked; support had one ticket.
- Holding at the gate for two days made us write down why we go anyway.`,
    wentBadly: `- 25 of 283 eligible accounts by day 90, against a goal of 25%: missed, the whole interval lies below.
- We launched something that a competitor had two weeks before, and had no answer to it.
- The sales deck came eight days after the market date, the training nine.`,
    learned: `The differentiator was waived, and that is where the launch was lost. A date that was promised to partners is no reason to go: we could
have moved it by a month, and said why.`,
    templateChanges: [
      { item: 'sales-deck', what: 'Needs the battle card: no deck without an answer to the closest competitor.' },
      { item: 'battle-card', what: 'Required, for this tier as well.' },
      { item: null, what: 'Look at competitors again ten days before the beta gate, and date the evidence.' },
    ],
  },
};
