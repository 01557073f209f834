import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, type AnyRoute } from '@tanstack/react-router';
import { Broken } from './broken.tsx';
import { NotFound } from './not-found.tsx';
import { Shell } from './shell.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

/** Everything inside the frame: a signed-in member in a workspace. */
const framed = createRoute({ getParentRoute: () => root, id: 'framed', component: Shell });

type Page = ReturnType<typeof lazyRouteComponent>;

const route = (parent: AnyRoute) => (path: string, component: Page) => createRoute({ getParentRoute: () => parent, path, component });
const inside = route(framed);
const alone = route(root);

const launches = () => import('../launch/launches/pages.tsx');
const features = () => import('../launch/features/pages.tsx');

/** Each address and the page it shows; a page's code is fetched when it is about to be opened. */
const tree = root.addChildren([
  framed.addChildren([
    inside(
      '/',
      lazyRouteComponent(() => import('./home.tsx'), 'Home'),
    ),
    inside('/launches', lazyRouteComponent(launches, 'Launches')),
    inside('/launches/new', lazyRouteComponent(launches, 'NewLaunch')),
    inside('/launches/$launch', lazyRouteComponent(launches, 'LaunchPage')),
    inside('/launches/$launch/edit', lazyRouteComponent(launches, 'EditLaunch')),
    inside(
      '/launches/$launch/report',
      lazyRouteComponent(() => import('../impact/landing-reports/pages.tsx'), 'LandingReportPage'),
    ),
    inside('/features', lazyRouteComponent(features, 'Features')),
    inside(
      '/settings/members',
      lazyRouteComponent(() => import('../workspace/members/pages.tsx'), 'Members'),
    ),
    inside(
      '/settings/keys',
      lazyRouteComponent(() => import('../workspace/keys/pages.tsx'), 'Keys'),
    ),
    inside(
      '/settings/workspace',
      lazyRouteComponent(() => import('../workspace/workspaces/pages.tsx'), 'WorkspaceSettings'),
    ),
    inside(
      '/settings/audit',
      lazyRouteComponent(() => import('../workspace/audit/pages.tsx'), 'Audit'),
    ),
    inside(
      '/settings/profile',
      lazyRouteComponent(() => import('../workspace/profile/pages.tsx'), 'ProfilePage'),
    ),
  ]),
  alone(
    '/welcome',
    lazyRouteComponent(() => import('../workspace/welcome/pages.tsx'), 'Welcome'),
  ),
  alone(
    '/sign-in',
    lazyRouteComponent(() => import('../workspace/sessions/pages.tsx'), 'SignIn'),
  ),
  alone(
    '/invitations/$token',
    lazyRouteComponent(() => import('../workspace/invitations/pages.tsx'), 'InvitationPage'),
  ),
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
