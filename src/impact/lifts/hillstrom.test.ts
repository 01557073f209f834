import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { catalogue } from '../../catalogue.ts';

const file = resolve(process.env.LANDFALL_TEST_DATA ?? '../shared/data', 'hillstrom/hillstrom.csv');
const mens = 'Mens E-Mail';
const womens = 'Womens E-Mail';
const none = 'No E-Mail';

/** 64,000 customers, a lot of three arms, and what they did in the two weeks after: a file without any column that tells them apart. */
describe.skipIf(!existsSync(file))('the e-mails of Hillstrom', () => {
  let app: TestApplication;
  let client: Awaited<ReturnType<TestApplication['workspace']>>['client'];
  beforeAll(async () => {
    app = await openTestApplication();
    const { context, client: inside } = await app.workspace();
    client = inside;
    const body = Readable.from([readFileSync(file)]);
    const sender = createRouterClient(catalogue, { context: { ...context, body } });
    const uploaded = await sender.imports.upload({ fileName: 'hillstrom.csv' });
    expect(uploaded.mapping!.targets).toEqual([{ kind: 'person', fields: { id: { line: 'hillstrom-' } }, matchKey: 'id', rest: true }]);
    const checked = await client.imports.check({ import: uploaded.id, waitSeconds: 60 });
    expect(checked.report!.targets[0]!.counts).toMatchObject({ new: 64_000, rejected: 0, duplicate: 0 });
    await client.imports.commit({ import: checked.id, waitSeconds: 60 });
  }, 180_000);
  afterAll(() => app?.close());

  const asked = (property: string, treated = mens, control = none) => ({
    unit: 'person' as const,
    design: { kind: 'holdout' as const, property: 'segment', treated: [treated], control: [control] },
    outcome: { kind: 'property_number' as const, property },
  });
  const figures = async (property: string, treated?: string, control?: string) => {
    const { estimate } = await client.lifts.get(asked(property, treated, control));
    return [estimate!.effect, estimate!.low, estimate!.high].map((value) => value.toFixed(6));
  };

  test('counts, rates and spend per arm are the published ones', async () => {
    const { observed, counterfactual, outside } = await client.lifts.get(asked('visit'));
    expect([observed.units, observed.total, counterfactual.units, counterfactual.total, outside]).toEqual([
      21_307, 3894, 21_306, 2262, 21_387,
    ]);
    const spend = await client.lifts.get({ ...asked('spend'), outcome: { kind: 'property_number', property: 'spend', currency: 'USD' } });
    expect(spend.observed.total).toBeCloseTo(30_311.69, 2);
    expect(spend.observed.value!.toFixed(6)).toBe('1.422617');
    expect(spend.total!.value).toBeCloseTo(16_402.7, 1);
    expect(spend.sentence).toContain('+$0.77');
  });

  test('lift over the holdout, with its interval, is the published one', async () => {
    expect(await figures('visit')).toEqual(['0.076590', '0.069953', '0.083226']);
    expect(await figures('conversion')).toEqual(['0.006805', '0.005000', '0.008610']);
    const spend = await figures('spend');
    expect(spend[0]).toBe('0.769827');
    expect(Number(spend[1])).toBeCloseTo(0.485144, 4);
    expect(Number(spend[2])).toBeCloseTo(1.05451, 4);
    expect((await figures('visit', womens))[0]).toBe('0.045233');
    expect((await figures('spend', womens))[0]).toBe('0.424412');
    expect((await figures('spend', mens, womens))[0]).toBe('0.345415');
  });

  test('as a share the same lift; segments of newcomers and others; the past taken out changes the interval and not the finding', async () => {
    const share = await client.lifts.get({
      ...asked('visit'),
      outcome: { kind: 'property_is', property: 'visit', values: ['1'] },
      segment: 'newbie',
      worthHaving: 0.02,
    });
    expect(share.estimate!.effect.toFixed(6)).toBe('0.076590');
    expect(share).toMatchObject({ verdict: 'met' });
    expect(share.segments!.map(({ finding }) => finding)).toEqual([true, true]);
    const adjusted = await client.lifts.get({ ...asked('spend'), covariate: 'history' });
    expect(Math.abs(adjusted.adjusted!.effect - adjusted.estimate!.effect)).toBeLessThan(0.05);
    expect(adjusted.checks.find(({ name }) => name === 'sample_ratio')).toMatchObject({ passed: true });
  });
});
