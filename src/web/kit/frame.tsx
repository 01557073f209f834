import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import { Drawer } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { flipAppearance } from './appearance.ts';
import { FrameContext } from './frame-context.ts';
import { focusFilter, moveToRow, useKeys } from './keyboard.ts';
import { openKeysDialog, useKeysDialog } from './keys-control.ts';
import { useNavigation } from './navigation.ts';
import { useMayEdit } from './session.tsx';
import { openPalette, usePaletteWanted } from './palette-control.ts';
import { Sidebar } from './sidebar.tsx';
import { useKitWords } from './words.ts';

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));
const KeysDialog = lazy(async () => ({ default: (await import('./keys-dialog.tsx')).KeysDialog }));

/** Sidebar and page. On a narrow window the sidebar is a drawer that the page's top bar opens. */
export function Frame({ children }: { children: ReactNode }) {
  const words = useKitWords();
  const [navigationOpen, setNavigationOpen] = useState(false);
  const keysOpen = useKeysDialog();
  const paletteWanted = usePaletteWanted();
  const close = () => setNavigationOpen(false);
  const state = useMemo(() => ({ inFrame: true, openNavigation: () => setNavigationOpen(true) }), []);
  useFrameKeys();
  return (
    <FrameContext value={state}>
      <a className="skip" href="#main">
        {words.skip}
      </a>
      <div className="app">
        <Sidebar />
        {children}
      </div>
      <Drawer.Root opened={navigationOpen} onClose={close} position="left" size={288}>
        <Drawer.Overlay />
        <Drawer.Content className="from-left" aria-label={words.nav.label}>
          <Sidebar inDrawer onGo={close} />
        </Drawer.Content>
      </Drawer.Root>
      <Suspense>
        {paletteWanted ? <Palette /> : null}
        {keysOpen ? <KeysDialog /> : null}
      </Suspense>
    </FrameContext>
  );
}

function useFrameKeys(): void {
  const navigate = useNavigate();
  const mayEdit = useMayEdit();
  useHotkeys([['mod+K', openPalette]], []);
  const goTo = useNavigation()
    .flatMap((group) => [group, ...group.pages])
    .filter(({ key }) => key !== undefined)
    .map(({ key, to }) => [`g ${key}`, () => void navigate({ to })] as const);
  useKeys(
    {
      ...Object.fromEntries(goTo),
      '/': () => {
        if (!focusFilter()) openPalette();
      },
      ...(mayEdit ? { c: () => void navigate({ to: '/launches/new' }) } : {}),
      t: flipAppearance,
      j: () => moveToRow(1),
      k: () => moveToRow(-1),
      '?': openKeysDialog,
    },
    'last',
  );
}
