const storageKey = 'landfall.workspace';

/** The workspace that this browser last worked in; without one the server takes the member's first. */
export function chosenWorkspace(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

export function chooseWorkspace(id: string | null): void {
  try {
    if (id === null) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, id);
  } catch {
    // Without storage the first workspace is taken again on the next visit.
  }
}

/** For requests that do not go through `client`, such as uploads and downloads. */
export function workspaceHeaders(): Record<string, string> {
  const id = chosenWorkspace();
  return id ? { 'x-landfall-workspace': id } : {};
}
