import { makeFormat } from '../../web/kit/format.ts';
import { withoutMentions } from '../../web/kit/mentions.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';
import { en as deliverableEn, zh as deliverableZh } from '../deliverables/messages.ts';
import { readDeliverables } from '../deliverables/queries.ts';
import { type Deliverable, isOpen } from '../deliverables/schema.ts';
import { en as gateEn, zh as gateZh } from '../gates/messages.ts';
import { readDecisions, readWaivers } from '../gates/queries.ts';
import { en as goalEn, zh as goalZh } from '../goals/messages.ts';
import { readGoals } from '../goals/queries.ts';
import type { Goal } from '../goals/schema.ts';
import { en as positioningEn, zh as positioningZh } from '../positionings/messages.ts';
import { readPositioning } from '../positionings/queries.ts';
import { en as dayEn, zh as dayZh } from '../run-steps/messages.ts';
import { readRunSteps } from '../run-steps/queries.ts';
import type { RunStep } from '../run-steps/schema.ts';
import { en, zh } from './messages.ts';
import type { Launch } from './schema.ts';

type Locale = 'en' | 'zh';
type Words = {
  launch: typeof en;
  charter: typeof charterEn;
  deliverable: typeof deliverableEn;
  gate: typeof gateEn;
  positioning: typeof positioningEn;
  goal: typeof goalEn;
  day: typeof dayEn;
};
type Told = { words: Words; format: ReturnType<typeof makeFormat> };

const wordsOf = (locale: Locale): Words =>
  locale === 'zh'
    ? { launch: zh, charter: charterZh, deliverable: deliverableZh, gate: gateZh, positioning: positioningZh, goal: goalZh, day: dayZh }
    : { launch: en, charter: charterEn, deliverable: deliverableEn, gate: gateEn, positioning: positioningEn, goal: goalEn, day: dayEn };

/** A text within a line or a cell: what Markdown would read as a mark is written as it is. */
const inline = (text: string): string => text.replaceAll(/\s*\n\s*/g, ' ').replaceAll(/([\\`*_[\]<>|#])/g, '\\$1');
const facts = (lines: [string, string | null | undefined][]): string =>
  lines.flatMap(([label, value]) => (value ? [`- **${label}:** ${inline(value)}`] : [])).join('\n');
const table = (heads: string[], rows: string[][]): string =>
  [heads, heads.map(() => '---'), ...rows.map((cells) => cells.map(inline))].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const factsOf = (launch: Launch, { words: { launch: words }, format }: Told): string =>
  facts([
    [words.tier, String(launch.tier)],
    [words.stage, words.stages[launch.stage]],
    [words.marketDate, format.date(launch.marketDate, { year: true })],
    [words.marketingOwner, launch.marketingOwner?.name],
    [words.readyDate, launch.readyDate && format.date(launch.readyDate, { year: true })],
    [words.productOwner, launch.productOwner?.name],
    [words.job, launch.job],
    [words.personas, format.list(launch.personas)],
    [words.segments, format.list(launch.eligibility.segments)],
    [words.feature, launch.feature?.name],
    [words.moreFeatures, format.list(launch.moreFeatures.map(({ name }) => name))],
    [words.languages, format.list(launch.languages)],
    [words.regions, format.list(launch.regions)],
  ]);

const positioningOf = async (transaction: Transaction, launch: Launch, { words: { positioning: words } }: Told): Promise<string> => {
  const found = await readPositioning(transaction, launch.id);
  if (!found) return '';
  const parts = (['forWhom', 'insteadOf', 'differentiator', 'soWhat', 'category'] as const).map((part): [string, string] => [
    words.fields[part],
    found[part],
  ]);
  const proofs = found.evidence.map(
    ({ what, source, url, day }) => `- ${inline(what)} (${inline(source)}, ${day}${url ? `, <${url}>` : ''})`,
  );
  return [`## ${words.title}`, facts(parts), ...(proofs.length > 0 ? [`### ${words.evidence}`, proofs.join('\n')] : [])].join('\n\n');
};

const deliverablesOf = (all: Deliverable[], { words: { deliverable: words, charter }, format }: Told): string => {
  if (all.length === 0) return '';
  const signs = (one: Deliverable) =>
    one.signOffs.map((sign) => words.signWords(charter.functions[sign.function], words.signStates[sign.state])).join('; ');
  const rows = all.map((one) => [
    one.required ? `${one.name} (${words.required})` : one.name,
    one.owner?.name ?? '',
    format.date(one.dueOn, { year: true }),
    words.statuses[one.status],
    signs(one),
  ]);
  const open = all.filter(isOpen).length;
  return [
    `## ${words.title}`,
    words.summary(format.number(open), format.number(all.length)),
    table([words.name, words.owner, words.due, words.status, words.signs], rows),
  ].join('\n\n');
};

const gatesOf = async (
  transaction: Transaction,
  launch: Launch,
  { words: { gate: words, launch: stages }, format }: Told,
): Promise<string> => {
  const decided = await readDecisions(transaction, launch.id);
  const waived = await readWaivers(transaction, launch.id);
  if (decided.length + waived.length === 0) return '';
  const decisions = decided.map(
    ({ stage, outcome, by, at, note }) =>
      `- **${stages.stages[stage]}: ${words.outcomes[outcome]}**, ${inline(by)}, ${format.dateTime(at)}${note ? `: ${inline(note)}` : ''}`,
  );
  const waivers = waived.map(
    ({ criterion, by, at, reason }) =>
      `- ${inline(criterion.text || words.kinds[criterion.kind])}: ${inline(reason)} (${inline(by)}, ${format.dateTime(at)})`,
  );
  return [`## ${words.summary}`, decisions.join('\n'), waivers.join('\n')].filter(Boolean).join('\n\n');
};

/** What the launch must reach: the registered words, where there are any. */
const goalsOf = (all: Goal[], { words: { goal: words }, format }: Told): string => {
  const judged = all.filter(({ withdrawn }) => !withdrawn);
  if (judged.length === 0) return '';
  const lines = judged.map((goal) => {
    const { name, target, horizonDays } = goal.registered?.text ?? goal;
    const said = target === null ? '' : `: ${words.byDay(format.share(target, { digits: 0 }), horizonDays)}`;
    const state = goal.registered ? words.locked(format.date(goal.registered.at, { year: true }), goal.registered.by) : words.draft;
    return `- ${inline(name)}${said} (${inline(state)})`;
  });
  return [`## ${words.title}`, lines.join('\n')].join('\n\n');
};

const runSheetOf = (steps: RunStep[], { words: { day: words }, format }: Told): string => {
  if (steps.length === 0) return '';
  const rows = steps.map(({ day, atTime, text, owner, state }) => [
    `${format.date(day)} ${atTime}`,
    text,
    owner?.name ?? '',
    words.states[state],
  ]);
  return [`## ${words.sheet}`, table([words.time, words.step, words.owner, words.state], rows)].join('\n\n');
};

type Asked = { locale: Locale; timeZone: string; currency: string; isSales: boolean };

/** A launch as one text in Markdown. Sales gets what is approved. */
export const markdownOf = async (
  transaction: Transaction,
  launch: Launch,
  { locale, timeZone, currency, isSales }: Asked,
): Promise<string> => {
  const told: Told = { words: wordsOf(locale), format: makeFormat({ locale, timeZone, currency }) };
  const all = await readDeliverables(transaction, launch);
  const readable = isSales ? all.filter(({ status }) => status === 'approved' || status === 'shipped') : all;
  const parts = [
    `# ${inline(launch.name)}`,
    launch.state === 'cancelled' ? `> ${inline(told.words.launch.cancelled(launch.stateReason))}` : '',
    factsOf(launch, told),
    launch.brief ? `## ${told.words.launch.brief}\n\n${withoutMentions(launch.brief)}` : '',
    isSales ? '' : await positioningOf(transaction, launch, told),
    isSales ? '' : goalsOf(await readGoals(transaction, launch, timeZone), told),
    deliverablesOf(readable, told),
    await gatesOf(transaction, launch, told),
    isSales ? '' : runSheetOf(await readRunSteps(transaction, launch, timeZone), told),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
};
