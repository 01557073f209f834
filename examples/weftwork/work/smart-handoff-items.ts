import type { LaunchStory } from '../../../src/launch/stories/schema.ts';

const drive = (path: string) => ({ label: '', url: `https://drive.weftwork.example/smart-handoff/${path}` });

/** All required ones are signed before the go decision on 27 February; the customer story is late. What is not named stays planned. */
export const smartHandoffItems: LaunchStory['items'] = {
  'message-house': {
    link: drive('message-house'),
    changesAsked: { on: '2026-01-09', function: 'sales_enablement', comment: 'The third claim has no figure that a rep could name.' },
    signed: '2026-01-15',
    shipped: '2026-01-16',
  },
  'message-test': { link: drive('message-test'), shipped: '2026-01-23' },
  'pricing-decision': { signed: '2026-01-20', shipped: '2026-01-20' },
  'legal-review': { signed: '2026-02-06', shipped: '2026-02-09' },
  'customer-story': { link: drive('westmark-textiles'), signed: '2026-02-20', shipped: '2026-02-23' },
  'launch-page': { link: { label: '', url: 'https://weftwork.example/smart-handoff' }, signed: '2026-02-24', shipped: '2026-02-24' },
  'sales-deck': {
    link: drive('deck-v3'),
    changesAsked: { on: '2026-02-12', function: 'product', comment: 'Slide 7 promises group mapping. That comes later.' },
    signed: '2026-02-16',
    shipped: '2026-02-17',
  },
  'demo-script': { signed: '2026-02-13', shipped: '2026-02-16' },
  'battle-card': { link: drive('relaypad'), signed: '2026-02-18', shipped: '2026-02-19' },
  'sales-training': { signed: '2026-02-24', shipped: '2026-02-24' },
  'support-briefing': { signed: '2026-02-24', shipped: '2026-02-24' },
  'help-pages': { link: { label: '', url: 'https://help.weftwork.example/smart-handoff' }, signed: '2026-02-20', shipped: '2026-02-23' },
  'in-product-guide': { signed: '2026-02-25', shipped: '2026-02-26' },
  'demo-video': { link: drive('video'), shipped: '2026-02-26' },
  'press-release': { signed: '2026-02-19', shipped: '2026-02-20' },
  'analyst-brief': {
    dropped: { on: '2026-02-10', reason: 'The two analysts who cover this publish in May. We brief them then, with figures from day 60.' },
  },
  'blog-post': { signed: '2026-02-26', shipped: '2026-02-26' },
  'customer-email': { signed: '2026-02-26', shipped: '2026-02-27' },
  'prospect-email': { shipped: '2026-03-02' },
  'social-posts': { shipped: '2026-02-27' },
  changelog: { signed: '2026-02-27', shipped: '2026-03-02' },
  webinar: { shipped: '2026-03-10' },
};
