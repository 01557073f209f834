import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { roles } from '../../platform/roles.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

test('each write leaves exactly one row: who, through which door, before and after', async () => {
  const { client } = await app.workspace();
  const count = async () => (await client.audit.list({ limit: 200 })).entries.length;
  const writes = [
    () => client.workspaces.update({ name: 'Weftwork 2' }),
    () => client.keys.create({ name: 'One' }),
    async () => client.keys.revoke({ key: (await client.keys.list({})).keys[0]!.id }),
    () => client.invitations.create({ email: 'guest@weftwork.example' }),
    async () => client.invitations.revoke({ invitation: (await client.invitations.list({})).invitations[0]!.id }),
  ];
  for (const write of writes) {
    const before = await count();
    await write();
    expect(await count()).toBe(before + 1);
  }
  const { entries } = await client.audit.list({ operation: 'workspaces.update' });
  expect(entries).toMatchObject([
    { actor: { kind: 'local', name: 'Test owner' }, door: 'api', before: { name: 'Weftwork' }, after: { name: 'Weftwork 2' } },
  ]);
});

test('a refused write leaves no row', async () => {
  const { client } = await app.workspace();
  await expect(client.workspaces.delete({ name: 'Another' })).rejects.toMatchObject({ code: 'invalid' });
  expect((await client.audit.list({})).entries).toEqual([]);
});

test('the trail is read in pages without gap or repeat, also while it grows', async () => {
  const { client } = await app.workspace();
  for (let number = 1; number <= 7; number++) await client.keys.create({ name: `Key ${number}` });
  const first = await client.audit.list({ limit: 3 });
  await client.keys.create({ name: 'Meanwhile' });
  const second = await client.audit.list({ limit: 3, olderThan: first.next! });
  const third = await client.audit.list({ limit: 3, olderThan: second.next! });
  const names = [first, second, third].flatMap(({ entries }) => entries.map(({ after }) => (after as { name: string }).name));
  expect(names).toEqual(['Key 7', 'Key 6', 'Key 5', 'Key 4', 'Key 3', 'Key 2', 'Key 1']);
  expect(third.next).toBeNull();
});

test('the trail is filtered by what was written, by whom, and when', async () => {
  const { client } = await app.workspace();
  const { key } = await client.keys.create({ name: 'One' });
  await client.workspaces.update({ currency: 'EUR' });
  expect((await client.audit.list({ subject: 'key', subjectId: key.id })).entries).toHaveLength(1);
  expect((await client.audit.list({ actor: 'nobody' })).entries).toEqual([]);
  expect((await client.audit.list({ until: '2026-06-01T12:00:00.000Z' })).entries).toEqual([]);
  expect((await client.audit.list({ from: '2026-06-01T12:00:00.000Z' })).entries).toHaveLength(2);
  expect(await client.audit.choices({})).toEqual({
    actors: [{ id: 'test', name: 'Test owner', kind: 'local' }],
    subjects: ['key', 'workspace'],
  });
});

test('the export holds every row, and nothing that a spreadsheet would run', async () => {
  const { client } = await app.workspace('=1+1');
  await client.workspaces.update({ name: '@SUM(A1), "quoted"\nand on' });
  const { csv, fileName, truncated } = await client.audit.export({});
  expect({ fileName, truncated }).toEqual({ fileName: 'audit-2026-06-01.csv', truncated: false });
  const lines = csv.trimEnd().split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toBe('\uFEFFid,at,actor_kind,actor_id,actor_name,door,request_id,operation,subject,subject_id,before,after');
  expect(lines[1]).toContain('""name"":""=1+1""');
  const { toCsv } = await import('../../platform/csv.ts');
  expect(toCsv([['=1+1', '+1', '-1', '@x', '\t=1', ' =1', '＝1', 5, -5, null, 'a,"b"']])).toBe(
    `\uFEFF'=1+1,'+1,'-1,'@x,'\t=1,' =1,'＝1,5,-5,,"a,""b"""\r\n`,
  );
});

/** Who may do what in the shared ground; whatever is not listed for a role is refused. */
const matrix = {
  'audit.list': ['owner'],
  'audit.choices': ['owner'],
  'audit.export': ['owner'],
  'invitations.list': ['owner'],
  'invitations.create': ['owner'],
  'invitations.revoke': ['owner'],
  'keys.list': ['owner', 'pmm'],
  'keys.create': ['owner', 'pmm'],
  'keys.revoke': ['owner', 'pmm'],
  'members.list': roles,
  'members.update': ['owner'],
  'members.disable': ['owner'],
  'members.enable': ['owner'],
  'members.remove': ['owner'],
  'members.resetPassword': [], // not through this door
  'workspaces.get': roles,
  'workspaces.update': ['owner'],
  'workspaces.delete': ['owner'],
} as const;

const nothing = '00000000-0000-4000-8000-000000000000';
const inputs: Record<string, object> = {
  'invitations.create': { email: 'x@weftwork.example' },
  'invitations.revoke': { invitation: nothing },
  'keys.create': { name: 'x' },
  'keys.revoke': { key: nothing },
  'members.update': { member: nothing, role: 'reader' },
  'members.disable': { member: nothing },
  'members.enable': { member: nothing },
  'members.remove': { member: nothing },
  'members.resetPassword': { member: nothing },
  'workspaces.delete': { name: 'not its name' },
};

test('each role may do exactly what the matrix says', async () => {
  const { clientAs } = await app.workspace();
  for (const role of roles)
    for (const [name, allowed] of Object.entries(matrix)) {
      const [noun, verb] = name.split('.') as [string, string];
      const client = clientAs(role) as unknown as Record<string, Record<string, (input: object) => Promise<unknown>>>;
      const outcome = await client[noun]![verb]!(inputs[name] ?? {}).then(
        () => 'allowed',
        (error: { code: string }) => (error.code === 'forbidden' ? 'forbidden' : 'allowed'),
      );
      expect(outcome, `${role} ${name}`).toBe((allowed as readonly string[]).includes(role) ? 'allowed' : 'forbidden');
    }
});
