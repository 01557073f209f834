import { lightTokens } from './style.ts';

/** What the page takes from the web kit, for the document: the light tokens and the few parts that the report is made of. */
export const documentStyle = `
:root { color-scheme: light;
  --font-sans: "Inter Variable", "Inter", "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", system-ui, sans-serif;
  --t-11: 11px; --lh-11: 14px; --t-12: 12px; --lh-12: 16px; --t-13: 13px; --lh-13: 18px; --t-14: 14px; --t-15: 15px; --lh-15: 24px; --t-24: 24px; --lh-24: 32px;
  --w-text: 400; --w-med: 500; --w-strong: 600; --row: 30px; --row-compact: 26px; --r-1: 3px; --r-2: 5px; --obs-width: 2px; --coast-width: 1.5px; --launch-width: 1.5px;
  ${lightTokens} }
*, *::before, *::after { box-sizing: border-box; }
html { background: var(--paper); }
body { margin: 0; font: var(--w-text) var(--t-13) / var(--lh-13) var(--font-sans); color: var(--ink); background: var(--paper); font-optical-sizing: auto; -webkit-font-smoothing: antialiased; }
main { max-width: 1180px; margin: 0 auto; padding: 24px 28px 32px; }
h1, h2, p, dl, dd, table { margin: 0; padding: 0; font-size: inherit; font-weight: inherit; }
svg { display: block; flex: none; }
.num, table, .chart { font-variant-numeric: tabular-nums lining-nums; }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.meta { font-size: var(--t-12); line-height: var(--lh-12); color: var(--ink-3); }
.ink2 { color: var(--ink-2); } .ink3 { color: var(--ink-3); } .strong { font-weight: var(--w-strong); } .med { font-weight: var(--w-med); }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); } .r { text-align: right; }
.h2 { font-weight: var(--w-strong); }
.verdict { max-width: 46em; font-size: var(--t-24); line-height: var(--lh-24); font-weight: 480; letter-spacing: -0.014em; text-wrap: pretty; }
.verdict b { font-weight: 640; }
:lang(zh) .verdict { font-size: 22px; line-height: 33px; font-weight: 500; letter-spacing: 0; }
:lang(zh) body { text-autospace: normal; line-break: strict; }
.tag { display: inline-flex; align-items: center; min-height: 18px; padding: 0 6px; border-radius: var(--r-1); background: var(--paper-3); color: var(--ink-2); font-size: var(--t-12); line-height: 18px; font-weight: var(--w-text); white-space: nowrap; }
.tag.line { background: none; box-shadow: inset 0 0 0 1px var(--line-2); }
.st { vertical-align: middle; display: inline-flex; align-items: center; gap: 5px; white-space: nowrap; font-weight: var(--w-med); }
.head { display: flex; flex-wrap: wrap; gap: 8px 36px; }
.head .say { flex: 1 1 420px; min-width: 0; display: flex; flex-direction: column; gap: 6px; }
.head .eyebrow { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; font-weight: var(--w-strong); }
.ct { font-weight: var(--w-strong); text-wrap: pretty; }
.cs { font-size: var(--t-12); line-height: var(--lh-12); color: var(--ink-3); }
.cols { display: grid; gap: 28px 36px; align-items: start; }
.cols.ruled > * + * { position: relative; }
.cols.ruled > * + *::before { content: ""; position: absolute; inset: 0 auto 0 -18px; border-left: 1px solid var(--line); }
.state.line { color: var(--ink-2); }
.scroll { overflow-x: auto; }
table.t { width: 100%; border-collapse: collapse; }
.t th { height: 26px; padding: 0 8px; font-size: var(--t-12); line-height: var(--lh-12); font-weight: var(--w-med); color: var(--ink-3); text-align: left; border-bottom: 1px solid var(--line-2); white-space: nowrap; }
.t td { height: var(--row); padding: 4px 8px; border-bottom: 1px solid var(--line); vertical-align: middle; }
.t th:first-child, .t td:first-child { padding-left: 0; } .t th:last-child, .t td:last-child { padding-right: 0; }
.t tbody tr:last-child td { border-bottom-color: transparent; }
.t th.r, .t td.r { text-align: right; } .t td.name { font-weight: var(--w-med); } .t td .meta { display: block; font-weight: var(--w-text); }
.t.compact td { height: var(--row-compact); padding-block: 2px; }
.chart { max-width: 100%; overflow: visible; } .chart text { font-family: inherit; }
.landz { fill: var(--land); } .coastl { fill: none; stroke: var(--coast); stroke-width: 1.5; } .ci { stroke: var(--sea); stroke-width: 2; stroke-linecap: round; } .fixd { fill: var(--sea); }
.bar { fill: var(--sea); } .bar0 { fill: var(--paper-3); } .zb { fill: var(--ink); } .zw { fill: var(--surface); stroke: var(--ink); stroke-width: 0.75; }
@media (max-width: 480px) {
  main { padding: 16px; }
  .t.stacks, .t.stacks tbody, .t.stacks tr, .t.stacks td { display: block; }
  .t.stacks thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .t.stacks tr { padding: 8px 0; border-bottom: 1px solid var(--line); }
  .t.stacks tr td, .t.stacks tr td:first-child { display: flex; justify-content: space-between; align-items: baseline; gap: 16px; height: auto; min-height: 24px; padding: 2px 0; border: 0; text-align: right; }
  .t.stacks td:first-child { font-size: var(--t-14); text-align: left; }
  .t.stacks td[data-label]:not(.name)::before { content: attr(data-label); color: var(--ink-3); font-size: var(--t-12); text-align: left; white-space: nowrap; }
  .t.stacks td:empty { display: none; }
}
@media print {
  html, body { background: #fff; --paper: #fff; }
  main { padding: 0; max-width: none; }
}
`;
