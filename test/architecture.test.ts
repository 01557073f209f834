import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { tables } from '../src/platform/events/sources.ts';

type Import = { from: string; to: string; typeOnly: boolean };

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => join('src', name))
  .filter((name) => /\.(ts|tsx|mjs)$/.test(name) && !/\.(test|fixture)\.tsx?$|\.d\.ts$/.test(name));

const importsOf = (file: string): Import[] => {
  const text = readFileSync(file, 'utf8');
  const statements = text.matchAll(
    /(?:^|\n)\s*(import|export)\s+(type\s+)?[^;'"]*?from\s+['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)/g,
  );
  return [...statements].map((match) => ({
    from: file,
    to: normalize(join(dirname(file), match[3] ?? match[4] ?? '')),
    typeOnly: Boolean(match[2]),
  }));
};

const imports = sources.flatMap(importsOf);

const workstreams = ['audience', 'market', 'story', 'launch', 'impact'];
const shared = ['workspace', 'collect'];

const roomOf = (file: string) => {
  const [, room = '', ...rest] = file.split('/');
  const name = rest.at(-1) ?? room;
  const isSlice = [...workstreams, ...shared].includes(room);
  return { room, slice: isSlice ? `${room}/${rest[0]}` : room, name, isSlice, inBrowser: /\.tsx$|^messages\.ts$|^schema\.ts$/.test(name) };
};

/** Why an import is not allowed, or nothing. */
const objection = ({ from, to, typeOnly }: Import): string | undefined => {
  const here = roomOf(from);
  const there = roomOf(to);
  if (!to.startsWith('src/')) return to.startsWith('examples/') && from.startsWith('src/impact/examples/') ? undefined : 'outside src';
  if (there.room === 'methods') return undefined;
  if (here.room === 'methods') return 'methods import nothing outside themselves';
  if (here.room === 'platform') return there.room === 'platform' ? undefined : 'platform imports libraries only';
  if (here.isSlice) return sliceObjection(here, there, typeOnly);
  if (from === 'src/catalogue.ts') return there.isSlice && !there.name.endsWith('.tsx') ? undefined : 'the catalogue lists slices';
  if (here.room === 'web') {
    if (there.room === 'web' || there.name === 'schema.ts' || there.name === 'messages.ts') return undefined;
    if (to === 'src/catalogue.ts') return typeOnly ? undefined : 'the browser takes only the type of the catalogue';
    if (['src/platform/failure.ts', 'src/platform/roles.ts'].includes(to)) return undefined;
    return there.name.endsWith('.tsx') ? undefined : 'the web shell takes pages';
  }
  const doors = ['server', 'cli', 'mcp'];
  if (doors.includes(here.room)) {
    if (there.room === here.room || there.room === 'platform' || to === 'src/catalogue.ts') return undefined;
    const opens = here.room === 'cli' || (here.room === 'server' && there.room === 'mcp');
    return opens && doors.includes(there.room) ? undefined : 'doors list, they never decide';
  }
  return 'nobody said who may import what from here';
};

const sliceObjection = (here: ReturnType<typeof roomOf>, there: ReturnType<typeof roomOf>, typeOnly: boolean) => {
  const sameSlice = here.slice === there.slice;
  if (sameSlice && here.name !== 'schema.ts' && !(here.inBrowser && ['queries.ts', 'operations.ts', 'tables.ts'].includes(there.name)))
    return undefined;
  if (here.name === 'schema.ts')
    return there.name === 'schema.ts' || ['platformroles.ts', 'platformlanguage.ts'].includes(there.room + there.name)
      ? undefined
      : 'a schema imports only schemas';
  if (there.name === 'schema.ts') return undefined;
  const siblings = here.room === there.room && there.name !== 'operations.ts';
  if (siblings && (here.inBrowser ? there.inBrowser : !there.name.endsWith('.tsx'))) return undefined;
  // The landing report is a page of its launch, and what came of a program and who knows the brand since are pages of that program.
  if (here.slice === 'impact/landing-reports' && there.slice === 'launch/launches' && there.name === 'frame.tsx') return undefined;
  if (
    ['impact/program-returns', 'impact/recall-surveys'].includes(here.slice) &&
    there.slice === 'launch/programs' &&
    ['frame.tsx', 'recall-lines.tsx'].includes(there.name)
  )
    return undefined;
  if (here.inBrowser)
    return there.room === 'web' || there.name === 'messages.ts' ? undefined : 'pages import schemas, messages, the kit and methods';
  // Figures are written and mentions read one way in the browser, in documents and in the terminal.
  if (there.room === 'platform' || ['webformat.ts', 'webmentions.ts'].includes(there.slice + there.name)) return undefined;
  if (there.name === 'messages.ts') return undefined;
  if (there.name === 'operations.ts') return "never another slice's operations";
  // Files of text are read one way, whatever is in them.
  if (there.slice === 'collect/imports' && there.name === 'read.ts') return undefined;
  // Events have one way in, whoever brings them.
  if (there.slice === 'collect/events' && there.name === 'record.ts') return undefined;
  if (there.name === 'queries.ts' || there.name === 'tables.ts') {
    if (shared.includes(there.room))
      return here.room === 'workspace' && there.room === 'collect' ? 'workspace stands below collect' : undefined;
    const order = workstreams.indexOf(there.room);
    return order >= 0 && order <= workstreams.indexOf(here.room) ? undefined : 'queries of earlier workstreams only';
  }
  return typeOnly && there.room === here.room ? undefined : `${there.room}/${there.name} is not offered to others`;
};

test('everybody imports only what the architecture allows', () => {
  const wrong = imports.flatMap((each) => {
    const why = objection(each);
    return why ? [`${each.from} -> ${each.to}: ${why}`] : [];
  });
  expect(wrong).toEqual([]);
});

test('no file imports itself through others', () => {
  const graph = new Map<string, string[]>();
  for (const { from, to, typeOnly } of imports) if (!typeOnly) graph.set(from, [...(graph.get(from) ?? []), to]);
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (file: string, path: string[]) => {
    if (path.includes(file)) return void cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  expect(cycles).toEqual([]);
});

test('no statement reads a table of ClickHouse but through the source that adds the workspace', () => {
  const bare = new RegExp(`(?<!DELETE )\\b(?:FROM|JOIN)\\s+(?:${[...tables, 'import_row'].join('|')})\\b`, 'i');
  const wrong = sources.filter((file) => /ClickHouse|events/.test(readFileSync(file, 'utf8')) && bare.test(readFileSync(file, 'utf8')));
  // The builder itself, and what copies whole stores, name tables.
  expect(wrong.filter((file) => file !== 'src/platform/events/sources.ts' && !file.startsWith('src/platform/backup/'))).toEqual([]);
});

test('only sign-in, the doors and start-up look at Postgres without a workspace', () => {
  const wrong = sources.filter(
    (file) => /\.unbounded\(/.test(readFileSync(file, 'utf8')) && !/^src\/(platform|workspace|server)\//.test(file),
  );
  expect(wrong).toEqual([]);
});

test('no default exports, enums, or classes but Failure', () => {
  const wrong = sources.filter((file) =>
    /^export default|^(export )?(const )?enum |^(export )?(abstract )?class (?!Failure\b)/m.test(readFileSync(file, 'utf8')),
  );
  expect(wrong).toEqual([]);
});

test('the guard sees what it should refuse', () => {
  const refused = (from: string, to: string) => objection({ from, to, typeOnly: false });
  expect(imports.length).toBeGreaterThan(sources.length);
  expect(refused('src/methods/numeric/a.ts', 'src/platform/failure.ts')).toBeTruthy();
  expect(refused('src/platform/a.ts', 'src/launch/launches/schema.ts')).toBeTruthy();
  expect(refused('src/launch/launches/operations.ts', 'src/launch/features/operations.ts')).toBeTruthy();
  expect(refused('src/launch/launches/queries.ts', 'src/impact/landing-reports/queries.ts')).toBeTruthy();
  expect(refused('src/launch/launches/pages.tsx', 'src/launch/launches/queries.ts')).toBeTruthy();
  expect(refused('src/launch/launches/pages.tsx', 'src/platform/failure.ts')).toBeTruthy();
  expect(refused('src/server/app.ts', 'src/launch/launches/queries.ts')).toBeTruthy();
});
