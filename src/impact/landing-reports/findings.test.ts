import { describe, expect, it } from 'vitest';
import { featureRule } from '../../launch/features/schema.ts';
import { makeFormat } from '../../web/kit/format.ts';
import { segmentTitle, shareInWords, verdictSentence } from './findings.ts';
import { en, zh } from './messages.ts';
import type { Goal, LandingReport } from './schema.ts';
import { countedShareOf } from './shares.ts';

const format = makeFormat({ locale: 'en', timeZone: 'UTC', currency: 'USD' });
const told = (report: object, words = en) => ({ report: report as LandingReport, words, format });

const goal = (changes: Partial<Goal>): Goal => ({
  id: 'goal',
  name: 'Adoption',
  leading: true,
  metric: 'adoption',
  kind: 'horizon',
  day: 90,
  unit: 'account',
  target: 0.3,
  result: countedShareOf(403, 1284),
  verdict: 'cannot_tell',
  reason: null,
  needed: null,
  ...changes,
});

const reportWith = (changes: Partial<Goal>) => ({
  launch: { name: 'Smart Handoff' },
  feature: { rule: featureRule.parse({ eventName: 'handoff' }) },
  dayReached: 42,
  horizonDays: 90,
  goals: [goal(changes)],
  adoption: { account: { now: countedShareOf(26, 100) }, person: { now: countedShareOf(0, 0) } },
  funnel: { steps: [] },
});

describe('what the report says in words', () => {
  it('never rounds a share onto its target', () => {
    const result = countedShareOf(296, 1000);
    expect(verdictSentence(told(reportWith({ result, reason: 'interval_holds_target', needed: 50_426 })))).toContain(
      '**29.6%** of 1,000 eligible accounts adopted it by day 90, and the target of 30% lies within the 95% interval of 26.9% to 32.5%. At this share, 50,426 eligible accounts would be needed to tell.',
    );
  });

  it('has a sentence for every reason, in both languages, without a number that is not there', () => {
    const reasons = [
      'no_feature',
      'no_events',
      'no_uses',
      'no_accounts',
      'no_people',
      'too_few',
      'not_yet',
      'interval_holds_target',
    ] as const;
    for (const words of [en, zh]) {
      const said = reasons.map((reason) => verdictSentence(told(reportWith({ reason, needed: reason === 'too_few' ? 20 : null }), words)));
      expect(new Set(said).size).toBeGreaterThanOrEqual(reasons.length - 1);
      for (const sentence of said) expect(sentence).not.toMatch(/null|undefined|NaN|–/);
    }
  });

  it('shows counts under 20, and nothing under 5', () => {
    expect(shareInWords(told({}), countedShareOf(3, 12))).toBe('3 of 12');
    expect(shareInWords(told({}), countedShareOf(3, 4))).toBe('Too few (3)');
    expect(shareInWords(told({}), countedShareOf(0, 0))).toBe('Too few (0)');
    expect(shareInWords(told({}), countedShareOf(10, 20))).toBe('50.0% (29.9% to 70.1%)');
  });

  it('names a segment only when it lies apart beyond what many segments give by chance', () => {
    const all = { adoption: { account: { now: countedShareOf(120, 400) } } };
    const segment = (name: string, count: number, of: number) => ({ segment: name, adopted: countedShareOf(count, of) });
    const level = [segment('a', 35, 100), segment('b', 30, 100), segment('c', 27, 100), segment('d', 28, 100)];
    expect(segmentTitle(told({ ...all, bySegment: level }))).toBe('No segment lies clearly apart from the whole');
    const apart = [segment('a', 37, 100), segment('regulated', 8, 100), segment('c', 37, 100), segment('d', 38, 100)];
    expect(segmentTitle(told({ ...all, bySegment: apart }))).toBe('“regulated” adopts less: 8.0%, against 30.0% in all');
  });
});
