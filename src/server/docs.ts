import type { OpenAPI } from '@orpc/openapi';
import { html, raw } from 'hono/html';

const style = `
:root{color-scheme:light dark;--paper:#fbfaf7;--ink:#14222e;--ink-3:#5c6b78;--line:#e2e0d8;--sea:#1a5783;--paper-3:#eceae3}
@media (prefers-color-scheme:dark){:root{--paper:#0f1821;--ink:#e5edf1;--ink-3:#8f9ca7;--line:#26313b;--sea:#84c3ef;--paper-3:#1b2731}}
body{font:14px/21px "Inter Variable",Inter,system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:0 auto;padding:28px;max-width:900px}
h1{font-size:20px;margin:0 0 4px}h2{font-size:15px;margin:28px 0 4px}p{color:var(--ink-3);margin:4px 0}a{color:var(--sea)}
details{border-bottom:1px solid var(--line);padding:7px 0}summary{cursor:pointer;display:flex;gap:12px;align-items:baseline}
summary b{font:600 12px/16px ui-monospace,monospace;width:52px;flex:none}summary code{flex:none}summary span{color:var(--ink-3)}
code,pre{font:12px/18px ui-monospace,monospace}pre{background:var(--paper-3);padding:12px;overflow:auto;border-radius:5px;max-height:480px}
:focus-visible{outline:2px solid var(--sea)}`;

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
const shown = (value: unknown) => JSON.stringify(value, null, 2);

const renderOperation = (path: string, method: string, operation: OpenAPI.OperationObject) =>
  html`<details>
    <summary><b>${method.toUpperCase()}</b><code>/api${path}</code><span>${operation.summary ?? ''}</span></summary>
    ${
      operation.parameters
        ? html`<p>Parameters</p>
            <pre tabindex="0">${shown(operation.parameters)}</pre>`
        : ''
    }
    ${
      operation.requestBody
        ? html`<p>Body</p>
            <pre tabindex="0">${shown(operation.requestBody)}</pre>`
        : ''
    }
    <p>Answers</p>
    <pre tabindex="0">${shown(operation.responses)}</pre>
  </details>`;

/** The OpenAPI document as a page that a person can read; no script. */
export const renderDocs = (document: OpenAPI.Document, nonce: string) => {
  const groups = Object.entries(document.paths ?? {}).map(([path, item]) => ({
    noun: path.split('/')[1] ?? '',
    operations: methods.flatMap((method) =>
      item?.[method] ? [renderOperation(path, method, item[method] as OpenAPI.OperationObject)] : [],
    ),
  }));
  const nouns = [...new Set(groups.map(({ noun }) => noun))].toSorted();
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Landfall API</title>
        <style nonce="${nonce}">
          ${raw(style)}
        </style>
      </head>
      <body>
        <main>
          <h1>Landfall API</h1>
          <p>
            Send an API key as <code>Authorization: Bearer lf_…</code>. Errors have one shape:
            <code>{"error":{"code","message","details"}}</code>. The same as a file: <a href="/api/openapi.json">openapi.json</a>.
          </p>
          ${nouns.map(
            (noun) =>
              html`<h2>${noun}</h2>
                ${groups.filter((group) => group.noun === noun).flatMap(({ operations }) => operations)}`,
          )}
        </main>
      </body>
    </html>`;
};
