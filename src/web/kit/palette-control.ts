import { useSyncExternalStore } from 'react';
import { createSpotlight } from '@mantine/spotlight';

/** The palette's own store: its code is fetched when it is opened for the first time. */
export const [paletteStore, palette] = createSpotlight();

export function openPalette(): void {
  palette.open();
}

let wanted = false;

/** Becomes true when the palette is first opened, and stays so. */
export function usePaletteWanted(): boolean {
  return useSyncExternalStore(
    (listener) => paletteStore.subscribe(listener),
    () => {
      wanted ||= paletteStore.getState().opened;
      return wanted;
    },
  );
}

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
export const commandKey = isApple ? '⌘K' : 'Ctrl K';
