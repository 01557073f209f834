import { createContext, useContext } from 'react';

/** What the frame may do with the session; the shell of the app fills these in with operations. */
export type WorkspaceActions = { switchTo: (workspace: string) => void; signOut: () => void };

export const WorkspaceActionsContext = createContext<WorkspaceActions>({ switchTo: () => undefined, signOut: () => undefined });

export function useWorkspaceActions(): WorkspaceActions {
  return useContext(WorkspaceActionsContext);
}
