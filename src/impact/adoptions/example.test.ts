import { afterAll, beforeAll, expect, test } from 'vitest';
import { inside, openAfterTheData } from '../examples/example.fixture.ts';

let app: Awaited<ReturnType<typeof openAfterTheData>>;
let client: ReturnType<typeof inside>;
beforeAll(async () => {
  app = await openAfterTheData();
  const opened = await app.clientOf(app.maya).examples.open({});
  client = inside(app.enter(opened));
});
afterAll(() => app.close());

test.each(['smart-handoff', 'guest-lanes'])('on the example company the marks of %s are those of its landing report', async (launch) => {
  const report = await client.landingReports.get({ launch });
  const found = await client.adoptions.get({ launch });
  const units = [
    ['accounts', report.adoption.account],
    ['people', report.adoption.person],
  ] as const;
  for (const [unit, of] of units) {
    expect(found[unit].eligible).toBe(of.eligible);
    const measured = of.marks.filter(({ state }) => state === 'measured');
    expect(measured.length).toBeGreaterThan(0);
    for (const { target: _target, ...mark } of measured) expect(found[unit].marks.find(({ day }) => day === mark.day)).toEqual(mark);
  }
});
