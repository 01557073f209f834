import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** The Latin face is on every page: fetch it beside the style sheet, not after it. */
const preloadFont: Plugin = {
  name: 'landfall-preload-font',
  enforce: 'post',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle }) => {
      const font = Object.keys(bundle ?? {}).find((file) => /inter-latin-opsz-normal.*\.woff2$/.test(file));
      if (!font) return [];
      return [
        {
          tag: 'link',
          attrs: { rel: 'preload', href: `/${font}`, as: 'font', type: 'font/woff2', crossorigin: '' },
          injectTo: 'head-prepend',
        },
      ];
    },
  },
};

// oxlint-disable-next-line import/no-default-export -- vite reads the default export
export default defineConfig({
  plugins: [react(), preloadFont],
  // The server puts a fresh nonce in this place on every page load.
  publicDir: 'src/web/public',
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: false,
  },
  server: { port: 4381, proxy: { '/api': process.env.LANDFALL_URL ?? 'http://127.0.0.1:4380' } },
});
