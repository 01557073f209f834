import { createContext, useContext } from 'react';
import type { Locale } from './locale.tsx';

/** What the frame may do with the session; the shell of the app fills these in with operations. */
export type WorkspaceActions = { switchTo: (workspace: string) => void; signOut: () => void; saveLocale: (locale: Locale) => void };

export const WorkspaceActionsContext = createContext<WorkspaceActions>({
  switchTo: () => undefined,
  signOut: () => undefined,
  saveLocale: () => undefined,
});

export function useWorkspaceActions(): WorkspaceActions {
  return useContext(WorkspaceActionsContext);
}
