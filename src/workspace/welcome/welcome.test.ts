import { expect, test } from 'vitest';
import { openTestApplication } from '../../../test/application.ts';
import { insertWorkspace } from '../workspaces/queries.ts';
import { openBrowser } from '../visitor.fixture.ts';

test('of 8 who come first at the same moment, one becomes the owner, and also of the example that was there before', async () => {
  const app = await openTestApplication();
  try {
    const example = { id: '018f0000-0000-7000-8000-000000000001', name: 'Example', timeZone: 'UTC', currency: 'USD', isExample: true };
    await app.application.records.unbounded((transaction) => insertWorkspace(transaction, example));
    const come = async (number: number) => {
      const browser = openBrowser(app.application);
      const workspace = { name: `Workspace ${number}`, currency: 'cny', timeZone: 'asia/shanghai' };
      await browser.client.welcome.create({
        name: `First ${number}`,
        email: `first${number}@weftwork.example`,
        password: 'a long enough phrase',
        workspace,
      });
      return browser;
    };
    const all = await Promise.allSettled(Array.from({ length: 8 }, (_, number) => come(number)));
    const winners = all.filter((each) => each.status === 'fulfilled').map(({ value }) => value);
    const reasons = all.filter((each) => each.status === 'rejected').map(({ reason }) => reason.code);
    expect(winners).toHaveLength(1);
    expect(new Set(reasons)).toEqual(new Set(['conflict']));
    const session = await winners[0]!.client.sessions.get({});
    expect(session.workspace).toMatchObject({ currency: 'CNY', timeZone: 'Asia/Shanghai', isExample: false });
    expect(session.workspaces).toHaveLength(2);
    expect((await winners[0]!.in(example.id).sessions.get({})).role).toBe('owner');
    const { rows } = await app.application.records.pool.query(
      'SELECT (SELECT count(*)::int FROM member) AS members, (SELECT count(*)::int FROM workspace) AS workspaces',
    );
    expect(rows).toEqual([{ members: 1, workspaces: 2 }]);
  } finally {
    await app.close();
  }
});
