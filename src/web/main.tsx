import './kit/styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useAppearance } from './kit/appearance.ts';
import { makeQueryClient } from './kit/client.ts';
import { LocaleProvider } from './kit/locale.tsx';
import { resolveVariables, theme } from './kit/theme.ts';
import { Toaster } from './kit/toast.tsx';
import { makeRouter } from './routes.tsx';

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
// The scroll lock of dialogs adds a style tag and looks for its nonce under this name; the schema library tries
// `new Function` unless told that it may not.
Object.assign(globalThis, { __webpack_nonce__: nonce, __zod_globalConfig: { jitless: true } });

// After an upgrade an open tab asks for files that are gone: it loads itself anew, once a minute at most.
addEventListener('vite:preloadError', () => {
  const last = Number(sessionStorage.getItem('landfall.reloaded') ?? 0);
  if (Date.now() - last < 60_000) return;
  sessionStorage.setItem('landfall.reloaded', String(Date.now()));
  location.reload();
});

const queryClient = makeQueryClient();
const router = makeRouter();

function App() {
  const { drawn } = useAppearance();
  return (
    <LocaleProvider>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={resolveVariables}
        forceColorScheme={drawn}
        deduplicateCssVariables={false}
        withGlobalClasses={false}
        getStyleNonce={() => nonce}
      >
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
        <Toaster />
      </MantineProvider>
    </LocaleProvider>
  );
}

createRoot(document.getElementById('landfall')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
