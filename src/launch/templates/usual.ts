import type { BusinessFunction } from '../charters/schema.ts';
import { tier1Gates, tier2Gates, tier3Gates } from '../gates/defaults.ts';
import type { GatePlan } from '../gates/schema.ts';
import type { TemplateContent } from './schema.ts';
import { type UsualItem, usualItems, type Words } from './usual-items.ts';

type Line = [id: UsualItem, leadDays: number, more?: { optional?: true; signers?: BusinessFunction[]; needs?: UsualItem[] }];
type Usual = {
  name: Words;
  purpose: TemplateContent['purpose'];
  tier: 1 | 2 | 3 | null;
  channels: Words[];
  gates: GatePlan[];
  lines: Line[];
};

const everySide: BusinessFunction[] = ['product', 'sales_enablement', 'product_marketing'];
const website = { en: 'Website', zh: '官网' };
const email = { en: 'E-mail', zh: '邮件' };
const product = { en: 'In the product', zh: '产品内' };
const sales = { en: 'Sales', zh: '销售' };
const press = { en: 'Press and analysts', zh: '媒体与分析师' };
const social = { en: 'Social', zh: '社交媒体' };

/** The templates that come with Landfall. */
const usual = {
  'tier-1': {
    name: { en: 'Tier 1 launch', zh: '1 级发布' },
    purpose: 'launch',
    tier: 1,
    channels: [website, email, product, sales, press, social],
    gates: tier1Gates,
    lines: [
      ['message-house', 45, { signers: everySide }],
      ['message-test', 38, { optional: true, needs: ['message-house'] }],
      ['pricing-decision', 40, { signers: ['product', 'product_marketing'] }],
      ['legal-review', 21, { signers: ['legal'], needs: ['message-house'] }],
      ['customer-story', 14, { signers: ['product_marketing'] }],
      ['launch-page', 7, { signers: ['product', 'product_marketing'], needs: ['message-house', 'legal-review'] }],
      ['sales-deck', 14, { signers: everySide, needs: ['message-house', 'pricing-decision'] }],
      ['demo-script', 14, { signers: ['product', 'sales_enablement'] }],
      ['battle-card', 12, { signers: ['sales_enablement'], needs: ['message-house'] }],
      ['sales-training', 7, { signers: ['sales_enablement'], needs: ['sales-deck', 'demo-script', 'battle-card'] }],
      ['support-briefing', 7, { signers: ['support'], needs: ['help-pages'] }],
      ['help-pages', 10, { signers: ['product'] }],
      ['in-product-guide', 5, { optional: true, signers: ['product'] }],
      ['demo-video', 5, { optional: true, needs: ['demo-script'] }],
      ['press-release', 10, { signers: ['legal', 'product_marketing'], needs: ['legal-review'] }],
      ['analyst-brief', 14, { optional: true, needs: ['message-house'] }],
      ['blog-post', 4, { signers: ['product_marketing'], needs: ['message-house'] }],
      ['customer-email', 3, { signers: ['product_marketing'], needs: ['launch-page'] }],
      ['prospect-email', 3, { optional: true, needs: ['launch-page'] }],
      ['social-posts', 2, { optional: true, needs: ['blog-post'] }],
      ['changelog', 1, { signers: ['product_marketing'] }],
      ['webinar', -7, { optional: true, needs: ['sales-deck'] }],
      ['win-loss', -60, { optional: true }],
    ],
  },
  'tier-2': {
    name: { en: 'Tier 2 launch', zh: '2 级发布' },
    purpose: 'launch',
    tier: 2,
    channels: [website, email, product, sales],
    gates: tier2Gates,
    lines: [
      ['message-house', 25, { signers: ['product', 'product_marketing'] }],
      ['launch-page', 5, { signers: ['product_marketing'], needs: ['message-house'] }],
      ['sales-deck', 8, { signers: ['sales_enablement', 'product_marketing'], needs: ['message-house'] }],
      ['battle-card', 7, { optional: true, needs: ['message-house'] }],
      ['sales-training', 4, { optional: true, needs: ['sales-deck'] }],
      ['support-briefing', 4, { signers: ['support'], needs: ['help-pages'] }],
      ['help-pages', 6, { signers: ['product'] }],
      ['blog-post', 3, { signers: ['product_marketing'], needs: ['message-house'] }],
      ['customer-email', 2, { signers: ['product_marketing'] }],
      ['in-product-guide', 3, { optional: true }],
      ['changelog', 1, { signers: ['product_marketing'] }],
    ],
  },
  'tier-3': {
    name: { en: 'Tier 3 launch', zh: '3 级发布' },
    purpose: 'launch',
    tier: 3,
    channels: [product, email],
    gates: tier3Gates,
    lines: [
      ['help-pages', 3, { signers: ['product'] }],
      ['support-briefing', 2, { optional: true }],
      ['changelog', 1, { signers: ['product_marketing'] }],
      ['in-product-guide', 1, { optional: true }],
      ['customer-email', 0, { optional: true }],
    ],
  },
  beta: {
    name: { en: 'Beta programme', zh: '公测计划' },
    purpose: 'beta',
    tier: null,
    channels: [email, product],
    gates: [],
    lines: [
      ['message-house', 14, { signers: ['product', 'product_marketing'] }],
      ['beta-terms', 14, { signers: ['legal'] }],
      ['affected-list', 10],
      ['beta-invitation', 5, { signers: ['product'], needs: ['beta-terms', 'affected-list'] }],
      ['help-pages', 3, { signers: ['product'] }],
      ['support-briefing', 2, { signers: ['support'] }],
      ['beta-feedback', -28, { signers: ['product', 'product_marketing'] }],
      ['message-test', -21, { optional: true }],
    ],
  },
  sunset: {
    name: { en: 'Sunset', zh: '下线' },
    purpose: 'sunset',
    tier: null,
    channels: [email, product],
    gates: [],
    lines: [
      ['affected-list', 180, { signers: ['product', 'success'] }],
      ['legal-review', 150, { signers: ['legal'], needs: ['affected-list'] }],
      ['success-script', 120, { signers: ['success'] }],
      ['migration-guide', 110, { signers: ['product', 'support'] }],
      ['support-briefing', 100, { signers: ['support'], needs: ['migration-guide'] }],
      ['first-notice', 90, { signers: ['product_marketing', 'success'], needs: ['legal-review', 'migration-guide'] }],
      ['data-export', 60, { signers: ['support'] }],
      ['last-notice', 14, { signers: ['product_marketing'], needs: ['first-notice'] }],
      ['changelog', 1, { signers: ['product_marketing'] }],
    ],
  },
  'price-change': {
    name: { en: 'Price change', zh: '调价' },
    purpose: 'price_change',
    tier: null,
    channels: [website, email, sales],
    gates: [],
    lines: [
      ['affected-list', 75, { signers: ['product', 'success'] }],
      ['pricing-decision', 70, { signers: ['product', 'product_marketing'], needs: ['affected-list'] }],
      ['legal-review', 55, { signers: ['legal'], needs: ['pricing-decision'] }],
      ['message-house', 50, { signers: ['product_marketing', 'sales_enablement'], needs: ['pricing-decision'] }],
      ['success-script', 40, { signers: ['success'], needs: ['message-house'] }],
      ['sales-training', 35, { signers: ['sales_enablement'], needs: ['message-house'] }],
      ['support-briefing', 33, { signers: ['support'] }],
      ['first-notice', 30, { signers: ['product_marketing', 'success'], needs: ['legal-review', 'success-script'] }],
      ['pricing-page', 0, { signers: ['product_marketing'], needs: ['pricing-decision'] }],
    ],
  },
  rename: {
    name: { en: 'Rename', zh: '更名' },
    purpose: 'rename',
    tier: null,
    channels: [website, email, product, sales],
    gates: [],
    lines: [
      ['legal-review', 60, { signers: ['legal'] }],
      ['message-house', 45, { signers: ['product', 'product_marketing'], needs: ['legal-review'] }],
      ['brand-assets', 14, { signers: ['product_marketing'], needs: ['message-house'] }],
      ['redirects', 3, { signers: ['product'] }],
      ['help-pages', 3, { signers: ['product'] }],
      ['sales-training', 5, { signers: ['sales_enablement'], needs: ['message-house'] }],
      ['support-briefing', 4, { signers: ['support'] }],
      ['customer-email', 1, { signers: ['product_marketing'] }],
      ['changelog', 0, { signers: ['product_marketing'] }],
    ],
  },
} satisfies Record<string, Usual>;

export type Locale = keyof Words;

const contentOf = ({ purpose, tier, channels, gates, lines }: Usual, locale: Locale): TemplateContent => ({
  purpose,
  tier,
  audience: { segments: [], personas: [], note: '' },
  channels: channels.map((channel) => channel[locale]),
  gates,
  items: lines.map(([id, leadDays, { optional = false, signers = [], needs = [] } = {}]) => {
    const { name, doneWhen, audience, ...item } = usualItems[id];
    const words = { name: name[locale], doneWhen: doneWhen[locale], audience: audience[locale] };
    return { id, ...item, ...words, required: !optional, leadDays, signers, needs };
  }),
});

/** The templates that come with Landfall, as the first version of each. */
export const usualTemplates = (locale: Locale): { key: string; name: string; content: TemplateContent }[] =>
  Object.entries(usual as Record<string, Usual>).map(([key, one]) => ({ key, name: one.name[locale], content: contentOf(one, locale) }));
