import { useSyncExternalStore } from 'react';

export type Appearance = 'light' | 'dark' | 'system';

// The same key and attribute are read and written by the small script in index.html, before the first paint.
const storageKey = 'landfall.theme';
const systemDark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

function stored(): Appearance {
  try {
    const value = localStorage.getItem(storageKey);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
}

let chosen = stored();

function drawn(): 'light' | 'dark' {
  if (chosen !== 'system') return chosen;
  return systemDark.matches ? 'dark' : 'light';
}

function apply(): void {
  document.documentElement.dataset.theme = drawn();
  for (const listener of listeners) listener();
}

systemDark.addEventListener('change', apply);

export function setAppearance(next: Appearance): void {
  chosen = next;
  try {
    if (next === 'system') localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, next);
  } catch {
    // Without storage the choice holds for this visit.
  }
  apply();
}

/** What the T key does: the other one of the two that can be seen. */
export function flipAppearance(): void {
  setAppearance(drawn() === 'dark' ? 'light' : 'dark');
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useAppearance(): { chosen: Appearance; drawn: 'light' | 'dark' } {
  const chosenNow = useSyncExternalStore(subscribe, () => chosen);
  const drawnNow = useSyncExternalStore(subscribe, drawn);
  return { chosen: chosenNow, drawn: drawnNow };
}
