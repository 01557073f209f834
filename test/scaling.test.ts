import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clusterStatements, scalingPage } from '../bench/events/scaling.ts';
import { openTestApplication, type TestApplication } from './application.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

test('the statements for a cluster are those of the migrations, and the parser of the engine takes them', async () => {
  expect(readFileSync('docs/scaling.md', 'utf8')).toBe(scalingPage());
  const { client } = app.application.events;
  for (const statement of clusterStatements()) {
    const result = await client.query({
      query: 'SELECT formatQuery({statement:String}) AS text',
      query_params: { statement },
      format: 'JSONEachRow',
    });
    const [row] = await result.json<{ text: string }>();
    expect(row!.text).toMatch(/ENGINE = (Replicated\w*MergeTree|Distributed)\(/);
  }
});
