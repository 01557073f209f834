import type { LaunchStory } from '../../../src/launch/stories/schema.ts';

/** The one piece of evidence was true for three weeks. Then a competitor had the same, and it was taken out. */
export const guestLanesSaid: Pick<LaunchStory, 'positionings' | 'said' | 'reviewed'> = {
  positionings: [
    {
      on: '2026-04-07',
      by: 'amelie',
      stage: 'alpha',
      note: 'First words, for six partners',
      content: {
        forWhom: 'Project managers who work with agencies and suppliers',
        insteadOf: 'Long mails with attachments, or a paid seat for everybody outside',
        differentiator: 'People outside the company join a lane without a seat',
        soWhat: 'Partners see their part of the work, and nothing else',
        category: 'Work management',
        evidence: [
          {
            what: 'All five competitors ask for a paid seat, or show guests the whole board',
            source: 'Their price lists, and trial accounts',
            url: 'https://drive.weftwork.example/guest-lanes/price-lists',
            day: '2026-04-03',
          },
        ],
      },
    },
    {
      on: '2026-05-04',
      by: 'amelie',
      stage: 'beta',
      note: 'Evidence taken out: Relaypad has had guests without a seat since 29 April. What is left to claim is not proven.',
      content: {
        forWhom: 'Project managers who work with agencies and suppliers',
        insteadOf: 'Long mails with attachments, or a paid seat for everybody outside',
        differentiator: 'Guests stay in one lane, and every handoff out of it is accepted by somebody inside',
        soWhat: 'Partners see their part of the work, and nothing else',
        category: 'Work management',
        evidence: [],
      },
    },
    {
      on: '2026-05-11',
      by: 'amelie',
      stage: 'ga',
      note: 'Shorter, for the launch page. Still without proof of a difference.',
      content: {
        forWhom: 'Project managers who work with agencies and suppliers',
        insteadOf: 'Long mails with attachments, or a paid seat for everybody outside',
        differentiator: 'Guests stay in one lane, and every handoff out of it is accepted by somebody inside',
        soWhat: 'Bring partners in without a seat',
        category: 'Work management',
        evidence: [],
      },
    },
  ],
  said: [
    {
      on: '2026-04-09',
      by: 'tom',
      version: 1,
      stage: 'alpha',
      quote: 'Good for our agency. They will not pay for a seat to look at one lane.',
      who: 'Project manager',
      account: 'Amber Freight',
      verdict: 'understood',
    },
    {
      on: '2026-04-29',
      by: 'priya',
      version: 1,
      stage: 'beta',
      quote: 'Relaypad sent me the same mail this morning. What is the difference?',
      who: 'Operations lead',
      account: 'Larch Motors',
      verdict: 'not_believed',
    },
    {
      on: '2026-04-30',
      by: 'jonas',
      version: 1,
      stage: 'beta',
      quote: 'Nobody outside may see anything of ours. That will not change.',
      who: 'Head of compliance',
      account: 'Oakfield Insurance',
      verdict: 'not_relevant',
    },
  ],
  reviewed: [
    { on: '2026-04-13', by: 'tom', stage: 'alpha' },
    { on: '2026-05-05', by: 'tom', stage: 'beta' },
  ],
};
