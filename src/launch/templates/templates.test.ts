import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { templateContent } from './schema.ts';
import { usualTemplates } from './usual.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const regulated = { plans: [], segments: ['enterprise'], createdBeforeMarketDate: true };

const withLaunch = async (fields: object = {}) => {
  const workspace = await app.workspace();
  const launch = await workspace.client.launches.create({
    name: 'Smart Handoff',
    tier: 1,
    marketDate: '2026-09-01',
    eligibility: regulated,
    ...fields,
  });
  return { ...workspace, launch };
};

test.each(['en', 'zh'] as const)('the templates that come with Landfall are whole, in %s, and none needs itself', (locale) => {
  const all = usualTemplates(locale);
  expect(all.map(({ key }) => key)).toEqual(['tier-1', 'tier-2', 'tier-3', 'beta', 'sunset', 'price-change', 'rename']);
  for (const { content } of all) {
    expect(templateContent.parse(content)).toEqual(content);
    for (const { name, doneWhen } of content.items) expect([name, doneWhen]).not.toContain('');
    const due = new Map(content.items.map(({ id, leadDays }) => [id, leadDays]));
    // What is needed is due before, or on the same day.
    for (const { id, needs } of content.items)
      for (const need of needs) expect(`${id} ${due.get(need)! >= due.get(id)!}`).toBe(`${id} true`);
  }
});

test('a launch gets what its template lists, with due days, signers, needs, gates, and owners by the role charter', async () => {
  const { client, launch, memberAs } = await withLaunch();
  const jonas = await memberAs('contributor', 'Jonas Weber');
  const members = [{ function: 'sales_enablement' as const, memberId: jonas.id, approves: true }];
  await client.charters.update({ version: 0, parts: {}, members });
  const found = await client.templates.compare({ launch: launch.key, template: 'tier-1' });
  expect(found.warnings).toContainEqual({ code: 'never_used' });
  expect(found.warnings).toContainEqual({ code: 'nobody', function: 'legal', items: 1 });
  expect(found).toMatchObject({ changed: [], removed: [], gates: ['concept', 'alpha', 'beta'] });
  const applied = await client.templates.apply({ launch: launch.key, template: 'tier-1', templateVersion: 1, version: launch.version });
  expect(applied.launch.template).toEqual({ key: 'tier-1', version: 1 });
  expect(applied.deliverables).toHaveLength(found.added.length);
  const named = (name: string) => applied.deliverables.find((one) => one.name === name)!;
  expect(named('Enablement session')).toMatchObject({ dueOn: '2026-08-25', owner: { name: 'Jonas Weber' }, required: true });
  expect(named('Enablement session').needs).toEqual([named('Sales deck').id, named('Demo script').id, named('Battle card').id]);
  const { gates } = await client.gates.list({ launch: launch.key });
  expect(gates.map(({ stage }) => stage)).toEqual(['concept', 'alpha', 'beta']);
  const again = await client.templates.compare({ launch: launch.key, template: 'tier-1' });
  expect(again).toMatchObject({ added: [], changed: [], removed: [], gates: [] });
});

test('a template that worked for one audience warns for another, and names the difference', async () => {
  const { client, launch } = await withLaunch();
  await client.templates.apply({ launch: launch.key, template: 'tier-1', templateVersion: 1, version: 1 });
  const students = await client.launches.create({
    name: 'Campus',
    tier: 3,
    marketDate: '2026-06-15',
    personas: ['student'],
    eligibility: { ...regulated, segments: ['education'] },
  });
  const { warnings } = await client.templates.compare({ launch: students.key, template: 'tier-1' });
  expect(warnings).toContainEqual({ code: 'other_audience', what: 'segments', added: ['education'], missing: ['enterprise'] });
  expect(warnings).toContainEqual({ code: 'other_audience', what: 'personas', added: ['student'], missing: [] });
  expect(warnings).toContainEqual({ code: 'other_tier', template: 1, launch: 3 });
  expect(warnings.find(({ code }) => code === 'late')).toMatchObject({ items: 4 });
  const same = await client.launches.create({ name: 'Guest Lanes', tier: 1, marketDate: '2026-11-15', eligibility: regulated });
  const calm = await client.templates.compare({ launch: same.key, template: 'tier-1' });
  expect(calm.warnings.filter(({ code }) => code !== 'nobody')).toEqual([]);
});

describe('an edited template, applied again to a running launch', () => {
  test('changes what it changed, leaves what was changed by hand unless it is taken, and drops what it no longer has', async () => {
    const { client, launch } = await withLaunch();
    const first = await client.templates.apply({ launch: launch.key, template: 'tier-3', templateVersion: 1, version: 1 });
    const help = first.deliverables.find(({ templateItem }) => templateItem === 'help-pages')!;
    const support = first.deliverables.find(({ templateItem }) => templateItem === 'support-briefing')!;
    await client.deliverables.update({ deliverable: help.id, version: 1, leadDays: 20 });
    await client.deliverables.delete({ deliverable: support.id });
    const { content, version } = await client.templates.get({ template: 'tier-3' });
    const items = content.items
      .filter(({ id }) => id !== 'in-product-guide')
      .map((item) => (item.id === 'help-pages' ? { ...item, leadDays: 10, doneWhen: 'Read by three customers' } : item))
      .concat([{ ...content.items[0]!, id: 'status-note', name: 'Status note', needs: [] }]);
    const saved = await client.templates.save({ template: 'tier-3', name: 'Small launch', version, content: { ...content, items } });
    expect(saved).toMatchObject({ version: 2, isUsual: false, createdBy: 'Test owner' });
    const found = await client.templates.compare({ launch: launch.key, template: 'tier-3' });
    expect(found.added.map(({ id }) => id)).toEqual(['status-note']);
    expect(found.changed).toMatchObject([
      {
        item: 'help-pages',
        fields: [
          { field: 'leadDays', from: 20, to: 10, isEdited: true },
          { field: 'doneWhen', to: 'Read by three customers', isEdited: false },
        ],
      },
    ]);
    expect(found.removed.map(({ item }) => item)).toEqual(['in-product-guide']);
    const old = { launch: launch.key, template: 'tier-3', version: first.launch.version };
    await expect(client.templates.apply({ ...old, templateVersion: 1 })).rejects.toMatchObject({ code: 'conflict' });
    const again = await client.templates.apply({ ...old, templateVersion: 2, items: ['status-note', 'in-product-guide'] });
    expect(again.deliverables.map(({ name, status, leadDays }) => [name, status, leadDays])).toEqual([
      ['Help pages', 'planned', 20],
      ['Changelog entry', 'planned', 1],
      ['Guide in the product', 'dropped', 1],
      ['E-mail to customers', 'planned', 0],
      ['Status note', 'planned', 3],
    ]);
  });

  test('is refused when two save it at once, and when its items need each other in a ring', async () => {
    const { client, clientAs } = await app.workspace();
    const { content, name } = await client.templates.get({ template: 'beta' });
    await client.templates.save({ template: 'beta', name, version: 1, content });
    await expect(client.templates.save({ template: 'beta', name, version: 1, content })).rejects.toMatchObject({ code: 'conflict' });
    const [one, other, ...rest] = content.items;
    const ring = [{ ...one!, needs: [other!.id] }, { ...other!, needs: [one!.id] }, ...rest];
    const save = client.templates.save({ template: 'beta', name, version: 2, content: { ...content, items: ring } });
    await expect(save).rejects.toThrow('in a ring');
    await expect(clientAs('contributor').templates.delete({ template: 'beta' })).rejects.toMatchObject({ code: 'forbidden' });
    await client.templates.delete({ template: 'beta' });
    await expect(client.templates.get({ template: 'beta' })).rejects.toMatchObject({ code: 'not_found' });
    expect(await client.templates.restore({ template: 'beta' })).toMatchObject({ version: 2 });
  });
});
