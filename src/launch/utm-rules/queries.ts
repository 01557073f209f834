import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { usualUtmRule, type UtmRule } from './schema.ts';
import { utmRules } from './tables.ts';

export const readUtmRule = async (transaction: Transaction): Promise<UtmRule> => {
  const [row] = await transaction.select().from(utmRules);
  if (!row) return usualUtmRule;
  const { workspaceId: _workspaceId, ...rule } = row;
  return rule;
};

export type Named = { key: string; kind: string; launchKey: string | null; startsOn: string | null; createdOn: string };

/** What a program is called in utm_campaign. A part that it has nothing for (no launch) is left out, with the joint before it. */
export const campaignOf = ({ campaign }: UtmRule, { key, kind, launchKey, startsOn, createdOn }: Named): string => {
  const day = startsOn ?? createdOn;
  const parts: Record<string, string> = {
    'program-slug': key,
    kind: kind.replaceAll('_', '-'),
    launch: launchKey ?? '',
    year: day.slice(0, 4),
    month: day.slice(5, 7),
  };
  return campaign
    .replaceAll(/\{([a-z-]+)\}/g, (_, name: string) => parts[name] ?? '')
    .replaceAll(/([._-])[._-]+/g, '$1')
    .replaceAll(/^[._-]+|[._-]+$/g, '');
};

/** Refuses what the rule of the workspace does not let through, and says what it does. */
export const requireAllowed = ({ sources, media }: UtmRule, given: { source: string; medium: string }): void => {
  const check = (name: string, allowed: string[], value: string) => {
    if (allowed.length > 0 && !allowed.includes(value))
      throw new Failure('invalid', {
        en: `"${value}" is not among the ${name} that the naming rule allows: ${allowed.join(', ')}.`,
        zh: `“${value}”不在命名规则允许的 ${name} 之中：${allowed.join('、')}。`,
      });
  };
  check('sources', sources, given.source);
  check('media', media, given.medium);
};
