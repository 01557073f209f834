import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { Broken } from './broken.tsx';
import { NotFound } from './not-found.tsx';
import { Shell } from './shell.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Broken });

/** Everything inside the frame: a signed-in member in a workspace. */
const framed = createRoute({ getParentRoute: () => root, id: 'framed', component: Shell });

type Page = Parameters<typeof createRoute>[0]['component'];

const inFrame = (path: string, component: Page) => createRoute({ getParentRoute: () => framed, path, component });
const alone = (path: string, component: Page) => createRoute({ getParentRoute: () => root, path, component });

const tree = root.addChildren([framed.addChildren([inFrame('/', lazyRouteComponent(() => import('./home.tsx'), 'Home'))])]);
void alone;

/** Addresses hold plain text: `?sort=-name`, never JSON. */
const parseSearch = (search: string) => Object.fromEntries(new URLSearchParams(search));
const stringifySearch = (search: Record<string, unknown>) => {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text ? `?${text}` : '';
};

export const makeRouter = () =>
  createRouter({ routeTree: tree, parseSearch, stringifySearch, defaultPreload: 'intent', defaultErrorComponent: Broken, scrollRestoration: true });
