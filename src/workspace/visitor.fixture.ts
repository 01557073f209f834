import { createRouterClient } from '@orpc/server';
import { catalogue } from '../catalogue.ts';
import { enterWorkspace, insideDoor } from '../platform/application.ts';
import type { Application, DoorContext } from '../platform/context.ts';
import { type Credentials, identify } from './sessions/identify.ts';

type Options = { address?: string; now?: () => Date };

/** Somebody with a browser: keeps the cookie that an operation sets, and sends it with the next call. */
export const openBrowser = (opened: Application, { address = '203.0.113.7', now = opened.now }: Options = {}) => {
  const application = { ...opened, now };
  const jar: { token?: string } = {};
  const door = async (credentials: Credentials): Promise<DoorContext> => {
    const found = await identify(application, credentials);
    const context: DoorContext = {
      ...insideDoor(application, 'web'),
      publicUrl: 'https://landfall.example',
      address,
      member: found.member,
      session: { token: jar.token ?? null, set: (token) => void (jar.token = token), clear: () => void delete jar.token },
    };
    return found.workspace && found.actor ? enterWorkspace(context, found.workspace, found.actor) : context;
  };
  const context = (workspace?: string) => door({ cookieToken: jar.token, workspace });
  return {
    jar,
    context,
    client: createRouterClient(catalogue, { context: () => context() }),
    in: (id: string) => createRouterClient(catalogue, { context: () => context(id) }),
  };
};

/** Somebody with a key instead of a browser. */
export const withBearer = (application: Application, bearer: string, more: Omit<Credentials, 'bearer'> = {}) =>
  createRouterClient(catalogue, {
    context: async () => {
      const found = await identify(application, { bearer, ...more });
      const context = { ...insideDoor(application, 'api'), member: found.member };
      return found.workspace && found.actor ? enterWorkspace(context, found.workspace, found.actor) : context;
    },
  });

export const maya = { name: 'Maya Lindqvist', email: 'maya@weftwork.example', password: 'a lighthouse on wheels' };
export const jonas = { name: 'Jonas Weber', email: 'jonas@weftwork.example', password: 'forty-two paper boats' };

/** A fresh Landfall that Maya has just made her own. */
export const welcomeMaya = async (application: Application) => {
  const browser = openBrowser(application);
  const made = await browser.client.welcome.create({
    ...maya,
    workspace: { name: 'Weftwork', timeZone: 'Europe/Berlin', currency: 'EUR' },
  });
  return { browser, ...made };
};

/** Brings somebody in by invitation, in a browser of their own. */
export const bringIn = async (
  application: Application,
  owner: ReturnType<typeof openBrowser>,
  who: typeof jonas,
  role: 'owner' | 'pmm' | 'contributor' | 'sales' | 'reader',
) => {
  const { link } = await owner.client.invitations.create({ email: who.email, role });
  const browser = openBrowser(application);
  const { member } = await browser.client.invitations.accept({ token: link.split('/').at(-1)!, name: who.name, password: who.password });
  return { browser, member };
};
