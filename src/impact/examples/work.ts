import { day, instant } from '../../../examples/weftwork/calendar.ts';
import type { Company } from '../../../examples/weftwork/generate.ts';
import { stories } from '../../../examples/weftwork/work/stories.ts';
import { places, team } from '../../../examples/weftwork/work/team.ts';
import { insertPlaces, insertStory } from '../../launch/stories/queries.ts';
import type { Player, Who } from '../../launch/stories/schema.ts';
import type { Member } from '../../platform/context.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { insertFigure } from '../../workspace/members/queries.ts';
import { insertPrograms } from './programs.ts';
import { insertQuestions } from './questions.ts';
import { insertRecall } from './recall.ts';

type Scene = Parameters<typeof insertStory>[0];
type Opening = Scene['context'] & { member: Member };

/** The team, each in a row of their own: an address under this example's own name belongs to nobody, here or in another example. */
const insertTeam = async (transaction: Transaction, workspaceId: string): Promise<[Who, Player][]> => {
  const domain = `${workspaceId.replaceAll('-', '').slice(0, 12)}.weftwork.example`;
  const createdAt = new Date(instant(day(stories[0]!.plannedOn)));
  const members: [Who, Player][] = [];
  for (const { who, name, role } of team) {
    const email = `${name.toLowerCase().replace(' ', '.')}@${domain}`;
    members.push([who, { id: await insertFigure(transaction, { workspaceId, name, email, role, createdAt }), name, role }]);
  }
  return members;
};

/** How many accounts each segment had when a day began. */
const accountsOn =
  ({ accounts }: Company) =>
  (on: string): Map<string, number> => {
    const counted = new Map<string, number>();
    for (const { segment, createdAt } of accounts) if (createdAt < instant(day(on))) counted.set(segment, (counted.get(segment) ?? 0) + 1);
    return counted;
  };

/** What the people of the company did for its three launches, from planning them to looking back. */
export const insertExampleWork = async (context: Opening, transaction: Transaction, company: Company): Promise<void> => {
  const { member, workspace } = context;
  const owner: Player = { id: member.id, name: member.name, role: 'owner' };
  const cast = new Map<Who, Player>([['owner', owner], ...(await insertTeam(transaction, workspace.id))]);
  const scene: Scene = { context, transaction, cast, places, accountsOn: accountsOn(company) };
  await insertPlaces(scene, places);
  for (const story of stories) await insertStory(scene, story);
  await insertPrograms(scene);
  await insertRecall(scene, company.seed);
  await insertQuestions(transaction, { workspaceId: workspace.id, createdBy: member.name, createdAt: context.application.now() });
  // Last, so that the work of the past is the team's: whoever opened the example can sign for product marketing from now on.
  await insertPlaces(scene, [{ who: 'owner', function: 'product_marketing', approves: true }]);
};
