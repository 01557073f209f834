import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const proof = {
  what: '34 of 40 plan teams lost work at a handoff',
  source: 'Interviews',
  url: 'https://weft.example/i',
  day: '2026-05-20',
};
const first = {
  forWhom: 'Operations leads',
  insteadOf: 'Meetings and spreadsheets',
  differentiator: 'Packs decisions and files into a brief',
  soWhat: 'Work does not wait',
  category: 'Work management',
};

const launched = async (name: string) => {
  const opened = await app.workspace(name);
  const launch = await opened.client.launches.create({ name: 'Smart Handoff', marketDate: '2026-07-01', stage: 'alpha' });
  return { ...opened, launch: launch.key };
};

describe('a positioning', () => {
  test('is nothing yet, then a version for each save, with who, when, why and for which stage', async () => {
    const { client, clientAs, launch } = await launched('Versions');
    expect(await client.positionings.get({ launch })).toMatchObject({ stage: 'alpha', versions: [], statements: [], isWithheld: false });
    await client.positionings.save({ launch, basedOn: 0, ...first });
    const saved = await clientAs('contributor').positionings.save({
      launch,
      basedOn: 1,
      stage: 'beta',
      ...first,
      evidence: [proof],
      note: 'Proof from the interviews',
    });
    expect(saved.versions.map(({ version, stage, createdBy, note }) => [version, stage, createdBy, note])).toEqual([
      [2, 'beta', 'Test contributor', 'Proof from the interviews'],
      [1, 'alpha', 'Test owner', ''],
    ]);
    expect(saved.versions[0]).toMatchObject({ ...first, evidence: [proof], createdAt: '2026-06-01T12:00:00.000Z' });
    expect(await client.positionings.get({ launch })).toEqual(saved);
  });

  test('is not overwritten by who has not read the newest version: they are shown it', async () => {
    const { client, clientAs, launch } = await launched('Conflict');
    await client.positionings.save({ launch, basedOn: 0, ...first });
    const late = clientAs('pmm').positionings.save({ launch, basedOn: 0, ...first, soWhat: 'Nobody waits' });
    await expect(late).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Test owner saved another version'),
      data: { current: { version: 1, soWhat: 'Work does not wait' } },
    });
    expect((await client.positionings.get({ launch })).versions).toHaveLength(1);
  });

  test('saved by two at the same moment is one version and one refusal', async () => {
    const { client, launch } = await launched('Race');
    const both = await Promise.allSettled(['A', 'B'].map((soWhat) => client.positionings.save({ launch, basedOn: 0, ...first, soWhat })));
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
  });

  test('keeps its versions as they were: not even the program can change or delete one', async () => {
    const { client, id, launch } = await launched('Kept');
    await client.positionings.save({ launch, basedOn: 0, ...first });
    const run = (statement: ReturnType<typeof sql>) =>
      app.application.records.within(id, (transaction) => transaction.execute(statement)).catch((error: Error) => String(error.cause));
    expect(await run(sql`UPDATE positioning SET note = 'other'`)).toContain('permission denied');
    expect(await run(sql`DELETE FROM positioning`)).toContain('permission denied');
  });

  test('takes no evidence from days to come, without a source, or from an address that is no web page', async () => {
    const { client, launch } = await launched('Evidence');
    const save = (one: object) => client.positionings.save({ launch, basedOn: 0, ...first, evidence: [{ ...proof, ...one }] });
    await expect(save({ day: '2026-06-02' })).rejects.toThrow('2026-06-02 has not come yet');
    await expect(save({ source: ' ' })).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('source') });
    await expect(save({ url: 'javascript:alert(1)' })).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('url') });
    await expect(save({ day: undefined })).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('what testers say', () => {
  const said = { quote: 'I get it at once', who: 'Head of operations', stage: 'alpha', day: '2026-05-30', verdict: 'understood' } as const;

  test('belongs to a version, is taken in by somebody, and comes back when it was removed by mistake', async () => {
    const { client, clientAs, launch } = await launched('Testers');
    await expect(client.positionings.addStatement({ launch, ...said })).rejects.toMatchObject({ code: 'not_found' });
    await client.positionings.save({ launch, basedOn: 0, ...first });
    await client.positionings.save({ launch, basedOn: 1, ...first, soWhat: 'Less waiting' });
    await client.positionings.addStatement({ launch, ...said, version: 1, account: 'Halden Freight' });
    const { statements } = await client.positionings.addStatement({ launch, ...said, stage: 'beta', verdict: 'not_believed' });
    expect(statements.map(({ version, stage, account, reviewedBy }) => [version, stage, account, reviewedBy])).toEqual(
      expect.arrayContaining([
        [1, 'alpha', 'Halden Freight', null],
        [2, 'beta', null, null],
      ]),
    );
    const reviewed = await clientAs('pmm').positionings.reviewStatements({ launch, stage: 'alpha' });
    expect(new Map(reviewed.statements.map(({ stage, reviewedBy }) => [stage, reviewedBy]))).toEqual(
      new Map([
        ['alpha', 'Test pmm'],
        ['beta', null],
      ]),
    );
    const statement = statements[0]!.id;
    expect((await client.positionings.removeStatement({ launch, statement })).statements).toHaveLength(1);
    await expect(client.positionings.removeStatement({ launch, statement })).rejects.toMatchObject({ code: 'not_found' });
    expect((await client.positionings.restoreStatement({ launch, statement })).statements).toHaveLength(2);
  });

  test('is not taken for a version that is not there, a day to come, by a reader, or into another workspace', async () => {
    const { client, clientAs, launch } = await launched('Refused');
    const other = await launched('Other');
    const { statements } = await client.positionings
      .save({ launch, basedOn: 0, ...first })
      .then(() => client.positionings.addStatement({ launch, ...said }));
    await expect(client.positionings.addStatement({ launch, ...said, version: 2 })).rejects.toMatchObject({ code: 'not_found' });
    await expect(client.positionings.addStatement({ launch, ...said, day: '2026-06-02' })).rejects.toThrow('has not come yet');
    await expect(clientAs('reader').positionings.addStatement({ launch, ...said })).rejects.toMatchObject({ code: 'forbidden' });
    const theft = other.client.positionings.removeStatement({ launch: other.launch, statement: statements[0]!.id });
    await expect(theft).rejects.toMatchObject({ code: 'not_found' });
  });
});
