import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import { api, client } from './kit/client.ts';
import { ConfirmProvider } from './kit/confirm.tsx';
import { PlaceProvider } from './kit/format-context.tsx';
import { Frame } from './kit/frame.tsx';
import { Logo } from './kit/logo.tsx';
import { storedLocale, useLocale, type Locale } from './kit/locale.tsx';
import { Redirect } from './kit/redirect.tsx';
import { SessionProvider, type Session } from './kit/session.tsx';
import { WorkspaceActionsContext } from './kit/session-actions.ts';
import { ErrorState, LoadingState } from './kit/states.tsx';
import { useKitWords } from './kit/words.ts';
import { chooseWorkspace } from './kit/workspace-choice.ts';
import { NoWorkspace } from './no-workspace.tsx';

/** The frame around every page of a signed-in member; a visitor is sent to the page that lets them in. */
export function Shell() {
  const session = useQuery(api.sessions.get.queryOptions({ input: {} }));
  const { member, workspace, role, workspaces } = session.data ?? {};
  if (!session.data)
    return <Wait>{session.isError ? <ErrorState error={session.error} onRetry={() => void session.refetch()} /> : <LoadingState />}</Wait>;
  if (!member) return <LetIn />;
  if (!workspace || !role) return <NoWorkspace workspaces={workspaces ?? []} />;
  return <Inside session={{ member, workspace, role, workspaces: workspaces ?? [] }} locale={member.locale} />;
}

/** The frame's shape, so that nothing jumps when the session is known. */
function Wait({ children }: { children: ReactNode }) {
  const { product } = useKitWords();
  return (
    <div className="app">
      <div className="side">
        <div className="ws">
          <Logo />
        </div>
      </div>
      <div className="pane">
        <div className="top" />
        <main className="main" id="main">
          <h1 className="vh">{product}</h1>
          {children}
        </main>
      </div>
    </div>
  );
}

/** The very first visitor becomes the owner; every later one signs in and comes back to where they were going. */
function LetIn() {
  const welcome = useQuery(api.welcome.get.queryOptions({ input: {} }));
  const { href } = useLocation();
  // Where they were going; the address itself changes while they are sent on.
  const [asked] = useState(href);
  if (welcome.isError) return <Wait>{<ErrorState error={welcome.error} onRetry={() => void welcome.refetch()} />}</Wait>;
  if (!welcome.data) return <Wait>{<LoadingState />}</Wait>;
  if (!welcome.data.hasOwner) return <Redirect path="/welcome" />;
  return <Redirect path={asked === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(asked)}`} />;
}

function Inside({ session, locale }: { session: Session; locale: string | null }) {
  const queryClient = useQueryClient();
  const { setLocale } = useLocale();
  const signOut = useMutation({
    mutationFn: () => client.sessions.delete({}),
    onSuccess: () => {
      queryClient.clear();
      chooseWorkspace(null);
      location.assign('/sign-in');
    },
  });
  const { mutate } = signOut;
  const actions = useMemo(() => ({ switchTo, signOut: () => mutate(), saveLocale }), [mutate]);
  const place = useMemo(
    () => ({ timeZone: session.workspace.timeZone, currency: session.workspace.currency }),
    [session.workspace.timeZone, session.workspace.currency],
  );
  useEffect(() => {
    if (storedLocale() === null && (locale === 'en' || locale === 'zh')) setLocale(locale);
  }, [locale, setLocale]);
  return (
    <SessionProvider session={session}>
      <PlaceProvider place={place}>
        <WorkspaceActionsContext value={actions}>
          <ConfirmProvider>
            <Frame>
              <Outlet />
            </Frame>
          </ConfirmProvider>
        </WorkspaceActionsContext>
      </PlaceProvider>
    </SessionProvider>
  );
}

/** The language goes with the member to other browsers; here it has changed already, whatever comes of it. */
function saveLocale(locale: Locale): void {
  client.profile.update({ locale }).catch(() => undefined);
}

/** Another workspace is another world: everything read so far is dropped with the page. */
function switchTo(workspace: string): void {
  chooseWorkspace(workspace);
  location.assign('/');
}
