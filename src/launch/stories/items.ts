import { eq, sql } from 'drizzle-orm';
import type { BusinessFunction } from '../charters/schema.ts';
import { type DeliverableRow, readRows } from '../deliverables/queries.ts';
import { deliverables, signOffs } from '../deliverables/tables.ts';
import type { Launch } from '../launches/schema.ts';
import { type Beat, momentIn, type Scene, signerOf } from './scene.ts';
import type { ItemStory, LaunchStory } from './schema.ts';

type Row = Pick<DeliverableRow, 'id' | 'name' | 'signers' | 'content'>;
type Change = Partial<Pick<DeliverableRow, 'status' | 'shippedOn' | 'droppedReason' | 'links' | 'content'>>;

/** A change as the product makes it; not through it, because each one would read the whole bill of materials twice. */
const change = (scene: Scene, { id }: Row, set: Change, at: Date) =>
  scene.transaction
    .update(deliverables)
    .set({ ...set, updatedAt: at, version: sql`${deliverables.version} + 1` })
    .where(eq(deliverables.id, id));

type Signing = { functions: BusinessFunction[]; decision: 'signed' | 'changes_asked'; comment: string };

const sign = async (scene: Scene, row: Row, { functions, ...given }: Signing, at: Date): Promise<void> => {
  const of = { workspaceId: scene.context.workspace.id, deliverableId: row.id, content: row.content, ...given, at };
  const rows = functions.map((each) => {
    const { id, name } = signerOf(scene, each);
    return { ...of, function: each, memberId: id, memberName: name };
  });
  await scene.transaction.insert(signOffs).values(rows);
  await change(scene, row, { status: given.decision === 'signed' ? 'approved' : 'drafting' }, at);
};

/** What became of one item: looked at, signed, out of the door, or dropped. */
const beatsOf = (scene: Scene, row: () => Promise<Row>, told: ItemStory): Beat[] => {
  const beats: Beat[] = [];
  const on = (day: string, time: string, write: (found: Row, at: Date) => PromiseLike<unknown>) => {
    const at = momentIn(scene, day, time);
    beats.push({ at, write: async () => write(await row(), at) });
  };
  const { changesAsked, signed, shipped, dropped, link } = told;
  const seen = changesAsked?.on ?? signed ?? shipped;
  if (link && seen)
    on(seen, '08:30', (found, at) => {
      found.content += 1;
      return change(scene, found, { links: [link], content: found.content }, at);
    });
  if (changesAsked) {
    const asked: Signing = { functions: [changesAsked.function], decision: 'changes_asked', comment: changesAsked.comment };
    on(changesAsked.on, '11:20', (found, at) => sign(scene, found, asked, at));
  }
  if (signed) on(signed, '11:40', (found, at) => sign(scene, found, { functions: found.signers, decision: 'signed', comment: '' }, at));
  if (shipped) on(shipped, '13:00', (found, at) => change(scene, found, { status: 'shipped', shippedOn: shipped }, at));
  if (dropped) on(dropped.on, '13:30', (found, at) => change(scene, found, { status: 'dropped', droppedReason: dropped.reason }, at));
  return beats;
};

export const itemBeats = (scene: Scene, launch: Launch, { items }: LaunchStory): Beat[] => {
  let reading: Promise<Map<string | null, Row>> | undefined;
  // Read once, when the template has been applied.
  const read = async () => new Map((await readRows(scene.transaction, launch.id)).map((row) => [row.templateItem, row]));
  const find = async (item: string): Promise<Row> => {
    const row = (await (reading ??= read())).get(item);
    if (!row) throw new Error(`the story of ${launch.key} names "${item}", which its template does not have`);
    return row;
  };
  return Object.entries(items).flatMap(([item, told]) => beatsOf(scene, () => find(item), told));
};
