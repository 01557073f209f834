import type { LaunchStory } from '../../../src/launch/stories/schema.ts';

type Said = Pick<LaunchStory, 'positionings' | 'said' | 'reviewed'>;

const interviews = {
  what: 'Work waits 3.1 days at each handoff because the next team lacks the context',
  source: '34 interviews and 412 comments in support tickets',
  url: null,
  day: '2025-11-21',
};
const compared = {
  what: 'None of the five tools that buyers name carries decisions and open questions along',
  source: 'Hands-on comparison, all on their largest plan',
  url: 'https://drive.weftwork.example/smart-handoff/comparison',
  day: '2025-12-16',
};
const inBeta = {
  what: '0.8 days at a handoff instead of 3.1, in the five accounts with early access',
  source: 'Early access, use of the product',
  url: null,
  day: '2026-02-16',
};
const messageTest = {
  what: '61% prefer this promise to what we say now (54% to 68%, 190 answers)',
  source: 'Message test among operations leads',
  url: null,
  day: '2026-01-23',
};

/** From "the smartest way to work together" to a promise that testers say back in their own words. */
export const smartHandoffSaid: Said = {
  positionings: [
    {
      on: '2025-12-17',
      by: 'amelie',
      stage: 'alpha',
      note: 'First words, for five teams on the test server',
      content: {
        forWhom: 'Teams in companies of 200 to 2,000 people',
        insteadOf: 'Meetings, and long messages in chat',
        differentiator: 'The brief of a task writes itself: decisions, files and open questions',
        soWhat: 'Less waiting between teams',
        category: 'Work management',
        evidence: [interviews, compared],
      },
    },
    {
      on: '2026-01-26',
      by: 'amelie',
      stage: 'beta',
      note: 'Testers took "writes itself" for a chat bot. Say what happens instead, and for whom: operations leads.',
      content: {
        forWhom: 'Operations leads in companies of 200 to 2,000 people where work passes between two or more teams',
        insteadOf: 'A meeting for every handoff, or a message that leaves half of it out',
        differentiator: 'Packs decisions, files and open questions into a brief that the next team accepts or sends back',
        soWhat: 'Hand work over once, without the meeting',
        category: 'Work management',
        evidence: [interviews, compared, messageTest],
      },
    },
    {
      on: '2026-02-18',
      by: 'amelie',
      stage: 'ga',
      note: 'The figure of the beta, in place of the one from interviews',
      content: {
        forWhom: 'Operations leads in companies of 200 to 2,000 people where work passes between two or more teams',
        insteadOf: 'A meeting for every handoff, or a message that leaves half of it out',
        differentiator: 'Packs decisions, files and open questions into a brief that the next team accepts or sends back',
        soWhat: 'Hand work over once, without the meeting: 0.8 days instead of 3.1',
        category: 'Work management',
        evidence: [inBeta, compared, messageTest],
      },
    },
  ],
  said: [
    {
      on: '2025-12-19',
      by: 'tom',
      version: 1,
      stage: 'alpha',
      quote: 'Is that one of those bots that sums up my meetings? We have three of them.',
      who: 'Operations lead',
      account: 'Arden Freight',
      verdict: 'unclear',
    },
    {
      on: '2025-12-22',
      by: 'amelie',
      version: 1,
      stage: 'alpha',
      quote: 'What I like is that I can send it back. In a meeting nobody dares to say that half is missing.',
      who: 'Project manager',
      account: 'Westmark Textiles',
      verdict: 'understood',
    },
    {
      on: '2026-02-03',
      by: 'amelie',
      version: 2,
      stage: 'beta',
      quote: 'So I hand it over once and that is it. That is our Tuesday meeting gone.',
      who: 'Operations lead',
      account: 'Westmark Textiles',
      verdict: 'understood',
    },
    {
      on: '2026-02-05',
      by: 'priya',
      version: 2,
      stage: 'beta',
      quote: 'Three days? We wait for two weeks, and for a signature. A brief does not change that.',
      who: 'Head of compliance',
      account: 'Oakfield Insurance',
      verdict: 'not_relevant',
    },
    {
      on: '2026-02-09',
      by: 'jonas',
      version: 2,
      stage: 'beta',
      quote: 'The other team sees what I decided and why. Nobody else shows me that.',
      who: 'Team lead, design',
      account: 'Marlow Systems',
      verdict: 'understood',
    },
  ],
  reviewed: [
    { on: '2025-12-29', by: 'tom', stage: 'alpha' },
    { on: '2026-02-17', by: 'tom', stage: 'beta' },
  ],
};
