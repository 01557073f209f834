import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, type AnyRoute } from '@tanstack/react-router';
import { Broken } from './broken.tsx';
import { NotFound } from './not-found.tsx';
import { Shell } from './shell.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

/** Everything inside the frame: a signed-in member in a workspace. */
const framed = createRoute({ getParentRoute: () => root, id: 'framed', component: Shell });

const under =
  (parent: AnyRoute) =>
  <Module extends Record<string, unknown>>(path: string, load: () => Promise<Module>, page: keyof Module & string) =>
    createRoute({ getParentRoute: () => parent, path, component: lazyRouteComponent(load as () => Promise<Record<string, never>>, page) });

const inside = under(framed);
const alone = under(root);

const imports = () => import('../collect/imports/pages.tsx');
const objects = () => import('../collect/objects/pages.tsx');
const launches = () => import('../launch/launches/pages.tsx');

/** Each address and the page it shows; a page's code is fetched when it is about to be opened. */
const tree = root.addChildren([
  framed.addChildren([
    inside('/', () => import('./home.tsx'), 'Home'),
    inside('/launches', launches, 'Launches'),
    inside('/launches/new', launches, 'NewLaunch'),
    inside('/launches/$launch', launches, 'LaunchPage'),
    inside('/launches/$launch/edit', launches, 'EditLaunch'),
    inside('/launches/$launch/print', () => import('../launch/launches/print.tsx'), 'PrintedLaunch'),
    inside('/launches/$launch/positioning', () => import('../launch/positionings/pages.tsx'), 'PositioningPage'),
    inside('/launches/$launch/gates', () => import('../launch/gates/pages.tsx'), 'GatesPage'),
    inside('/launches/$launch/report', () => import('../impact/landing-reports/pages.tsx'), 'LandingReportPage'),
    inside('/calendar', () => import('../launch/calendars/pages.tsx'), 'CalendarPage'),
    inside('/assignments', () => import('../launch/assignments/pages.tsx'), 'AssignmentsPage'),
    inside('/launches/$launch/day', () => import('../launch/run-steps/pages.tsx'), 'LaunchDayPage'),
    inside('/launches/$launch/goals', () => import('../launch/goals/pages.tsx'), 'GoalsPage'),
    inside('/launches/$launch/deliverables', () => import('../launch/deliverables/pages.tsx'), 'DeliverablesPage'),
    inside('/launches/$launch/announcements', () => import('../launch/announcements/pages.tsx'), 'LaunchAnnouncements'),
    inside('/announcements', () => import('../launch/announcements/pages.tsx'), 'Announcements'),
    inside('/announcements/new', () => import('../launch/announcements/page.tsx'), 'NewAnnouncement'),
    inside('/announcements/$announcement', () => import('../launch/announcements/page.tsx'), 'AnnouncementPage'),
    inside('/programs', () => import('../launch/programs/pages.tsx'), 'Programs'),
    inside('/programs/new', () => import('../launch/programs/edit.tsx'), 'NewProgram'),
    inside('/programs/$program', () => import('../launch/programs/page.tsx'), 'ProgramPage'),
    inside('/programs/$program/returns', () => import('../impact/program-returns/pages.tsx'), 'ProgramReturnsPage'),
    inside('/programs/$program/recall', () => import('../impact/recall-surveys/pages.tsx'), 'RecallPage'),
    inside('/programs/$program/edit', () => import('../launch/programs/edit.tsx'), 'EditProgram'),
    inside('/templates', () => import('../launch/templates/pages.tsx'), 'Templates'),
    inside('/templates/$template', () => import('../launch/templates/pages.tsx'), 'TemplatePage'),
    inside('/templates/$template/edit', () => import('../launch/templates/editor.tsx'), 'EditTemplate'),
    inside('/features', () => import('../launch/features/pages.tsx'), 'Features'),
    inside('/features/$feature', () => import('../launch/features/pages.tsx'), 'FeaturePage'),
    inside('/dashboards', () => import('../impact/dashboards/pages.tsx'), 'Dashboards'),
    inside('/dashboards/$dashboard', () => import('../impact/dashboards/board.tsx'), 'DashboardPage'),
    inside('/trends', () => import('../impact/trends/pages.tsx'), 'TrendsPage'),
    inside('/funnels', () => import('../impact/funnels/pages.tsx'), 'FunnelsPage'),
    inside('/paths', () => import('../impact/paths/pages.tsx'), 'PathsPage'),
    inside('/adoptions', () => import('../impact/adoptions/pages.tsx'), 'AdoptionsPage'),
    inside('/activations', () => import('../impact/activations/pages.tsx'), 'ActivationsPage'),
    inside('/rollouts', () => import('../impact/rollouts/pages.tsx'), 'Rollouts'),
    inside('/rollouts/$rollout', () => import('../impact/rollouts/pages.tsx'), 'RolloutPage'),
    inside('/pqls', () => import('../impact/pqls/pages.tsx'), 'Pqls'),
    inside('/pqls/$pql', () => import('../impact/pqls/pages.tsx'), 'PqlPage'),
    inside('/lifts', () => import('../impact/lifts/pages.tsx'), 'LiftsPage'),
    inside('/lifts/new', () => import('../impact/lifts/pages.tsx'), 'LiftPage'),
    inside('/ratings', () => import('../impact/ratings/pages.tsx'), 'RatingsPage'),
    inside('/measurements', () => import('../impact/measurements/pages.tsx'), 'MeasurementsPage'),
    inside('/retentions', () => import('../impact/retentions/pages.tsx'), 'RetentionsPage'),
    inside('/subscriptions', () => import('../impact/subscriptions/pages.tsx'), 'SubscriptionsPage'),
    inside('/credits', () => import('../impact/credits/pages.tsx'), 'CreditsPage'),
    inside('/self-reports', () => import('../impact/self-reports/pages.tsx'), 'SelfReportsPage'),
    inside('/expansions', () => import('../impact/expansions/pages.tsx'), 'ExpansionsPage'),
    inside('/pipeline', () => import('../impact/pipelines/pages.tsx'), 'PipelinePage'),
    inside('/questions', () => import('../impact/questions/pages.tsx'), 'Questions'),
    inside('/events', () => import('../collect/counts/pages.tsx'), 'EventsReceived'),
    inside('/live', () => import('../collect/live/pages.tsx'), 'LiveEvents'),
    inside('/failed-events', () => import('../collect/failed-events/pages.tsx'), 'FailedEvents'),
    inside('/imports', imports, 'Imports'),
    inside('/imports/new', imports, 'NewImport'),
    inside('/imports/$import', imports, 'ImportPage'),
    inside('/tracking-plan', () => import('../collect/planned-events/pages.tsx'), 'TrackingPlan'),
    inside('/accounts', objects, 'Accounts'),
    inside('/people', objects, 'People'),
    inside('/people/$person', () => import('../collect/objects/person-page.tsx'), 'PersonPage'),
    inside('/identities', () => import('../collect/identities/pages.tsx'), 'IdentitiesPage'),
    inside('/erasures', () => import('../collect/erasures/pages.tsx'), 'Erasures'),
    inside('/settings/members', () => import('../workspace/members/pages.tsx'), 'Members'),
    inside('/settings/charter', () => import('../launch/charters/pages.tsx'), 'CharterPage'),
    inside('/settings/tiers', () => import('../launch/tiers/pages.tsx'), 'TierRulePage'),
    inside('/settings/keys', () => import('../workspace/keys/pages.tsx'), 'Keys'),
    inside('/settings/notices', () => import('../launch/notices/pages.tsx'), 'NoticesPage'),
    inside('/settings/webhooks', () => import('../launch/webhooks/pages.tsx'), 'WebhooksPage'),
    inside('/settings/exchange-rates', () => import('../collect/exchange-rates/pages.tsx'), 'ExchangeRates'),
    inside('/settings/workspace', () => import('../workspace/workspaces/pages.tsx'), 'WorkspaceSettings'),
    inside('/settings/audit', () => import('../workspace/audit/pages.tsx'), 'Audit'),
    inside('/settings/profile', () => import('../workspace/profile/pages.tsx'), 'ProfilePage'),
  ]),
  alone('/welcome', () => import('../workspace/welcome/pages.tsx'), 'Welcome'),
  alone('/sign-in', () => import('../workspace/sessions/pages.tsx'), 'SignIn'),
  alone('/status/$token', () => import('../launch/status-pages/pages.tsx'), 'StatusPage'),
  alone('/shared/$token', () => import('../impact/shared-answers/pages.tsx'), 'SharedAnswerPage'),
  alone('/invitations/$token', () => import('../workspace/invitations/pages.tsx'), 'InvitationPage'),
]);

/** Addresses hold plain text: `?sort=-name`, never JSON. */
const parseSearch = (search: string) => Object.fromEntries(new URLSearchParams(search));
const stringifySearch = (search: Record<string, unknown>) => {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text ? `?${text}` : '';
};

export const makeRouter = () =>
  createRouter({
    routeTree: tree,
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultErrorComponent: Broken,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
