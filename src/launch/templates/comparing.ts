import { isDeepStrictEqual } from 'node:util';
import { addDays } from '../../platform/days.ts';
import { ownerFor } from '../charters/queries.ts';
import type { BusinessFunction, Charter } from '../charters/schema.ts';
import type { Deliverable } from '../deliverables/schema.ts';
import type { Launch } from '../launches/schema.ts';
import { comparedFields, type ComparedField, type Comparison, type Template, type TemplateItem, type Warning } from './schema.ts';

type Given = {
  launch: Launch;
  template: Template;
  /** What the launch was made from; null when it was made from nothing. */
  madeFrom: Template | null;
  deliverables: Deliverable[];
  charter: Charter;
  gateStages: string[];
  today: string;
};

/** Whom a template has worked for: whom it was made for, and the launches that were made from it. */
const knownAudience = ({ content, usedBy }: Template, launch: Launch, what: 'segments' | 'personas'): string[] => [
  ...new Set([...content.audience[what], ...usedBy.filter((one) => one.launch !== launch.key).flatMap((one) => one[what])]),
];

const audienceWarnings = (template: Template, launch: Launch): Warning[] => {
  const others = template.usedBy.filter((one) => one.launch !== launch.key);
  const { segments, personas } = template.content.audience;
  if (others.length === 0 && segments.length === 0 && personas.length === 0) return [{ code: 'never_used' }];
  const wanted = { segments: launch.eligibility.segments, personas: launch.personas };
  return (['segments', 'personas'] as const).flatMap((what) => {
    const known = knownAudience(template, launch, what);
    const added = wanted[what].filter((name) => !known.includes(name));
    const missing = known.filter((name) => !wanted[what].includes(name));
    return added.length > 0 || (missing.length > 0 && wanted[what].length > 0)
      ? [{ code: 'other_audience' as const, what, added, missing }]
      : [];
  });
};

const ownerWarnings = (charter: Charter, items: TemplateItem[]): Warning[] => {
  const without = new Map<BusinessFunction, number>();
  for (const item of items)
    if (ownerFor(charter, item.function) === null) without.set(item.function, (without.get(item.function) ?? 0) + 1);
  return [...without].map(([wanted, count]) => ({ code: 'nobody', function: wanted, items: count }));
};

const valuesOf = (one: TemplateItem): Pick<TemplateItem, ComparedField> => one;
const valuesHere = ({ leadDays, signOffs, ...one }: Deliverable): { [Field in ComparedField]: TemplateItem[Field] | null } => ({
  name: one.name,
  type: one.type,
  required: one.required,
  function: one.function,
  leadDays,
  workDays: one.workDays,
  doneWhen: one.doneWhen,
  audience: one.audience,
  signers: signOffs.map((each) => each.function),
});

/** Fields in which the template says something else than it did when the launch was made from it, and the launch does not say that yet. */
const changesOf = (item: TemplateItem, before: TemplateItem | undefined, here: Deliverable): Comparison['changed'][number]['fields'] =>
  comparedFields.flatMap((field) => {
    const [from, to, base] = [valuesHere(here)[field], valuesOf(item)[field], before && valuesOf(before)[field]];
    if (isDeepStrictEqual(from, to) || (before && isDeepStrictEqual(base, to))) return [];
    return [{ field, from, to, isEdited: before !== undefined && !isDeepStrictEqual(from, base) }];
  });

/** What applying a template to a launch would do, and what speaks against it. */
export const compare = ({ launch, template, madeFrom, deliverables, charter, gateStages, today }: Given): Comparison => {
  const { key, version, name, isUsual, content } = template;
  const here = new Map(deliverables.flatMap((one) => (one.templateItem ? [[one.templateItem, one] as const] : [])));
  const before = new Map((madeFrom?.content.items ?? []).map((item) => [item.id, item]));
  // What somebody has taken out of the launch is not brought back, unless the template changed it since.
  const wasTakenOut = (item: TemplateItem) => before.has(item.id) && !here.has(item.id) && isDeepStrictEqual(before.get(item.id), item);
  const added = content.items.filter((item) => !here.has(item.id) && !wasTakenOut(item));
  const ids = new Set(content.items.map(({ id }) => id));
  const lateItems = added.filter(({ leadDays }) => addDays(launch.marketDate, -leadDays) < today).length;
  return {
    template: { key, version, name, isUsual },
    warnings: [
      ...audienceWarnings(template, launch),
      ...(content.tier !== null && content.tier !== launch.tier
        ? [{ code: 'other_tier' as const, template: content.tier, launch: launch.tier }]
        : []),
      ...ownerWarnings(charter, added),
      ...(lateItems > 0 ? [{ code: 'late' as const, items: lateItems }] : []),
    ],
    added,
    changed: content.items.flatMap((item) => {
      const found = here.get(item.id);
      const fields = found && found.status !== 'dropped' ? changesOf(item, before.get(item.id), found) : [];
      return found && fields.length > 0 ? [{ item: item.id, deliverable: found.id, name: found.name, fields }] : [];
    }),
    removed: [...here].flatMap(([id, found]) =>
      !ids.has(id) && before.has(id) && found.status !== 'dropped'
        ? [{ item: id, deliverable: found.id, name: found.name, status: found.status }]
        : [],
    ),
    gates: content.gates.map(({ stage }) => stage).filter((stage) => !gateStages.includes(stage)),
    launchVersion: launch.version,
  };
};
