import { useMemo } from 'react';
import { useRouter } from '@tanstack/react-router';
import { ChartLine, Database, Flag, House, Settings, type LucideIcon } from 'lucide-react';
import type { KitMessages } from './messages/en.ts';

type NavigationWords = KitMessages['nav'];
type Word = { [Key in keyof NavigationWords]: NavigationWords[Key] extends string ? Key : never }[keyof NavigationWords];

export type Destination = { to: string; word: Word; key?: string; /** The heading that it stands under in the sidebar. */ under?: Word };
export type Group = Destination & { icon: LucideIcon; pages: Destination[]; rule?: boolean };

/** The order of the sidebar, fixed. */
const order: Group[] = [
  { to: '/', word: 'home', key: 'h', icon: House, pages: [] },
  {
    to: '/launches',
    word: 'launch',
    key: 'l',
    icon: Flag,
    rule: true,
    pages: [
      { to: '/launches', word: 'launches' },
      { to: '/calendar', word: 'calendar' },
      { to: '/assignments', word: 'assignments', key: 'w' },
      { to: '/programs', word: 'programs' },
      { to: '/templates', word: 'templates' },
      { to: '/features', word: 'features', key: 'f' },
      { to: '/announcements', word: 'announcements' },
    ],
  },
  {
    to: '/dashboards',
    word: 'impact',
    key: 'i',
    icon: ChartLine,
    rule: true,
    pages: [
      { to: '/dashboards', word: 'dashboards' },
      { to: '/questions', word: 'questions' },
      { to: '/trends', word: 'trends', under: 'use' },
      { to: '/funnels', word: 'funnels', under: 'use' },
      { to: '/paths', word: 'paths', under: 'use' },
      { to: '/adoptions', word: 'adoptions', under: 'use' },
      { to: '/activations', word: 'activations', under: 'use' },
      { to: '/retentions', word: 'retentions', under: 'use' },
      { to: '/pqls', word: 'pqls', under: 'use' },
      { to: '/ratings', word: 'ratings', under: 'use' },
      { to: '/measurements', word: 'measurements', under: 'use' },
      { to: '/pipeline', word: 'pipeline', under: 'revenue' },
      { to: '/credits', word: 'credits', under: 'revenue' },
      { to: '/self-reports', word: 'selfReports', under: 'revenue' },
      { to: '/subscriptions', word: 'subscriptions', under: 'revenue' },
      { to: '/expansions', word: 'expansions', under: 'revenue' },
      { to: '/lifts', word: 'lifts', under: 'cause' },
      { to: '/rollouts', word: 'rollouts', under: 'cause' },
    ],
  },
  {
    to: '/events',
    word: 'data',
    key: 'd',
    icon: Database,
    rule: true,
    pages: [
      { to: '/events', word: 'events' },
      { to: '/live', word: 'live' },
      { to: '/failed-events', word: 'failedEvents' },
      { to: '/imports', word: 'imports' },
      { to: '/tracking-plan', word: 'trackingPlan' },
      { to: '/accounts', word: 'accounts' },
      { to: '/people', word: 'people', key: 'p' },
      { to: '/identities', word: 'identities' },
      { to: '/erasures', word: 'erasures' },
    ],
  },
  {
    to: '/settings/members',
    word: 'settings',
    key: ',',
    icon: Settings,
    pages: [
      { to: '/settings/members', word: 'members' },
      { to: '/settings/charter', word: 'charter' },
      { to: '/settings/tiers', word: 'tiers' },
      { to: '/settings/keys', word: 'keys' },
      { to: '/settings/webhooks', word: 'webhooks' },
      { to: '/settings/notices', word: 'notices' },
      { to: '/settings/exchange-rates', word: 'exchangeRates' },
      { to: '/settings/workspace', word: 'workspace' },
      { to: '/settings/audit', word: 'audit' },
      { to: '/settings/profile', word: 'profile' },
    ],
  },
];

/** The sidebar: of the fixed order, what this build has pages for. */
export function useNavigation(): Group[] {
  const { routesByPath } = useRouter();
  return useMemo(() => {
    const exists = ({ to }: Destination) => to in routesByPath;
    return order
      .map((group) => ({ ...group, pages: group.pages.filter(exists) }))
      .map((group) => (exists(group) ? group : { ...group, to: group.pages[0]?.to ?? '' }))
      .filter(({ to }) => to !== '');
  }, [routesByPath]);
}

export function isUnder(group: Group, path: string): boolean {
  return [group, ...group.pages].some(({ to }) => (to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`)));
}

/** The page of the group that is open: the longest address that the path starts with. */
export function openPage(group: Group, path: string): string | undefined {
  const inside = [group, ...group.pages].filter(({ to }) => to === path || (to !== '/' && path.startsWith(`${to}/`)));
  return inside.toSorted((a, b) => b.to.length - a.to.length)[0]?.to;
}
