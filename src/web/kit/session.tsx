import { createContext, useContext, type ReactNode } from 'react';

/** Who is signed in, to which workspace, and what they may be in it. */
export type Session = {
  member: { id: string; name: string; email: string };
  role: string;
  workspace: { id: string; name: string; timeZone: string; currency: string; isExample: boolean };
  workspaces: { id: string; name: string }[];
};

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The session of a page inside the frame; pages outside it (sign-in, welcome) have none. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession is for pages inside the frame.');
  return session;
}

const editorRoles = ['owner', 'pmm', 'contributor'];

/** Whether to offer an edit at all; the server decides in any case. */
export function useMayEdit(): boolean {
  return editorRoles.includes(useSession().role);
}
