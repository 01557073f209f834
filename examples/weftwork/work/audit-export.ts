import type { LaunchStory } from '../../../src/launch/stories/schema.ts';

/** Tier 3: small, for eleven accounts, and done in three weeks. Whether it meets its goal cannot be told. */
export const auditExport: LaunchStory = {
  key: 'audit-export',
  plannedOn: '2026-08-11',
  stage: 'beta',
  about: {
    personas: ['Head of compliance'],
    job: 'When the auditor asks who handed over what to whom, I want to answer with a file that they accept.',
    languages: ['English'],
    regions: ['North America', 'Europe'],
    productOwner: 'tom',
    marketingOwner: 'amelie',
  },
  tier: {
    scores: { market_impact: 1, revenue_at_stake: 1, customers_touched: 0, difference: 2, effort: 1, risk: 1 },
    approvals: [],
  },
  template: { key: 'tier-3', on: '2026-08-13', by: 'amelie' },
  goal: {
    purpose: 'retention',
    name: 'Answers auditors alone',
    question: 'Could you give your auditor the handoffs of the last quarter without asking us?',
    source: 'Call with every regulated customer on the enterprise plan',
    target: 0.7,
    minimumSample: 20,
    rule: 'Eleven can be asked, so it will not be told either way; it is asked all the same.',
    registeredOn: '2026-08-31',
    before: { count: 1, of: 11, day: '2026-08-27' },
    after: null,
  },
  items: {
    'help-pages': { link: { label: '', url: 'https://help.weftwork.example/audit-export' }, signed: '2026-09-02', shipped: '2026-09-03' },
    'support-briefing': { shipped: '2026-09-03' },
    changelog: { signed: '2026-09-03', shipped: '2026-09-04' },
    'customer-email': { shipped: '2026-09-08' },
  },
  positionings: [
    {
      on: '2026-08-19',
      by: 'amelie',
      stage: 'beta',
      note: 'First words, from two calls with auditors',
      content: {
        forWhom: 'Heads of compliance at regulated customers on the enterprise plan',
        insteadOf: 'Screenshots, and a list that support makes by hand',
        differentiator: 'Who handed over what to whom, as a signed file',
        soWhat: 'The auditor has an answer on the same day',
        category: 'Compliance',
        evidence: [],
      },
    },
    {
      on: '2026-09-01',
      by: 'amelie',
      stage: 'ga',
      note: 'An auditor has accepted the file: that is the proof',
      content: {
        forWhom: 'Heads of compliance at regulated customers on the enterprise plan',
        insteadOf: 'Screenshots, and a list that support makes by hand',
        differentiator: 'Who handed over what to whom, as a signed file that auditors accept',
        soWhat: 'The auditor has an answer on the same day',
        category: 'Compliance',
        evidence: [
          {
            what: 'The auditor of Oakfield Insurance accepted the file as a record',
            source: 'Letter of the auditor',
            url: 'https://drive.weftwork.example/audit-export/letter',
            day: '2026-08-28',
          },
        ],
      },
    },
  ],
  said: [
    {
      on: '2026-08-25',
      by: 'priya',
      version: 1,
      stage: 'beta',
      quote: 'Signed by whom? My auditor asks for that first.',
      who: 'Head of compliance',
      account: 'Oakfield Insurance',
      verdict: 'unclear',
    },
    {
      on: '2026-09-02',
      by: 'priya',
      version: 2,
      stage: 'beta',
      quote: 'If yours took it, ours will. They are the same firm.',
      who: 'Compliance officer',
      account: 'Corran Bank',
      verdict: 'understood',
    },
  ],
  reviewed: [{ on: '2026-09-03', by: 'tom', stage: 'beta' }],
  criteria: [
    {
      on: '2026-09-03',
      by: 'tom',
      gate: 'beta',
      kind: 'proofread',
      state: 'ready',
      evidence: [{ what: 'Read by support, who did not write it', source: 'Documentation checklist', url: null, day: '2026-09-03' }],
    },
    {
      on: '2026-09-03',
      by: 'sofia',
      gate: 'beta',
      kind: 'support_briefed',
      state: 'ready',
      evidence: [
        {
          what: 'Those who answer regulated customers made a file themselves',
          source: 'Briefing of 3 September',
          url: null,
          day: '2026-09-03',
        },
      ],
    },
  ],
  waivers: [],
  decisions: [
    {
      on: '2026-09-04',
      by: 'amelie',
      gate: 'beta',
      outcome: 'go',
      note: 'Small and ready. Eleven accounts are eligible; each gets a call.',
    },
  ],
  day: [
    { at: '08:30', text: 'Switch Audit Export on for regulated customers on the enterprise plan', owner: 'tom' },
    { at: '09:00', text: 'Publish the changelog entry', owner: 'amelie' },
    { at: '10:00', text: 'Send the e-mail to the eleven accounts', owner: 'nico' },
    { offset: 2, at: '15:00', text: 'Call those who have not opened it', owner: 'priya', note: 'Reached nine of eleven.' },
  ],
  announcement: {
    on: '2026-09-08',
    by: 'amelie',
    draftedBy: 'amelie',
    title: 'Audit Export: who handed over what to whom, as a signed file',
    labels: ['Compliance'],
    audience: 'Regulated customers on the enterprise plan',
    body: `Give your auditor the handoffs of any period, as one signed file.

- Choose *Settings, Audit, Export* and the period.
- The file names every handoff, who sent it, who accepted it, and when.
- Anybody can check the signature, without Weftwork.`,
  },
  retrospective: null,
};
