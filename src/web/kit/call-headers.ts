import { workspaceHeaders } from './workspace-choice.ts';

/** What every call of a page says of itself: the workspace it is in and the language in which it wants a refusal. */
export function callHeaders(): Record<string, string> {
  return { ...workspaceHeaders(), 'accept-language': document.documentElement.lang };
}
