/** The colours of daylight, for paper and for documents; the same values as the kit's light theme. */
export const lightTokens =
  '--paper: #FBFAF7; --paper-3: #ECEAE3; --surface: #FFFFFF; --line: #E2E0D8; --line-2: #CBC9C0; --line-3: #8A9097; --ink: #14222E; --ink-2: #404F5D; --ink-3: #5C6B78; --sea: #1A5783; --sea-2: #9AC4E0; --signal: #AA206E; --land: #F4E9CF; --coast: #9C7430; --land-ink: #6E4C15; --good: #1F6B41; --bad: #AE2E27; --warn: #85530B;';

/** Rules of the report that no other page needs; part of the page and of the document. */
export const reportStyle = `
.report > .head { align-items: stretch; margin-bottom: 16px; gap: 16px 36px; }
.report > .head .aside { flex: 0 1 500px; min-width: min(100%, 380px); }
.report > .head .aside .h2 { margin-bottom: 4px; }
.report .goals td { height: 28px; padding: 2px 6px; }
.report .goals th { padding: 0 6px; }
.report .goals td:first-child, .report .goals th:first-child { padding-left: 0; }
.report .goals td.name { white-space: normal; min-width: 120px; }
.report .notes { margin: 6px 0 0; padding: 0; list-style: none; }
.report .registered { margin: 0; padding: 0; list-style: none; display: grid; gap: 10px; max-width: 90ch; }
.report > .cols, .report > .part { border-top: 1px solid var(--line); padding-top: 14px; margin: 18px 0 0; }
.report .cols.curve { grid-template-columns: minmax(0, 664fr) minmax(0, 440fr); }
.report .sides { max-width: 720px; }
.report .part + .part { border-top: 1px solid var(--line); padding-top: 14px; margin-top: 18px; }
.report .part > header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 8px; margin-bottom: 8px; }
.report .part > header .cs { flex-basis: 100%; max-width: none; }
.report .t td { white-space: nowrap; }
.report .t td .meta { white-space: nowrap; }
.report .t td .why { white-space: normal; max-width: 180px; }
.report .t td.wide { width: 148px; }
.report .t td.wide svg { max-width: none; }
.report .t.lifts td { white-space: normal; vertical-align: top; }
.report .t.lifts td.said .meta { display: block; white-space: normal; }
.report .t.lifts td.said { min-width: 240px; max-width: 60ch; }
.report .t td .what { white-space: normal; max-width: 46ch; }
.report .rests { display: grid; grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); gap: 12px 28px; margin: 0; }
.report .rests dd { margin: 2px 0 0; color: var(--ink-2); overflow-wrap: anywhere; }
.report .sum { display: block; }
.report .after { margin-top: 8px; max-width: 90ch; }
.report .counts > div { display: flex; justify-content: space-between; gap: 16px; min-height: 24px; align-items: baseline; }
.report .counts dd { font-variant-numeric: tabular-nums lining-nums; }
.report .asTable { margin-top: 4px; }
.report .asTable summary { cursor: pointer; min-height: 24px; width: fit-content; }
.report .asTable table { max-width: 360px; }
.report .foot { border-top: 1px solid var(--line); margin-top: 20px; padding-top: 10px; max-width: 110ch; }
.report .plot { position: relative; min-height: 290px; margin: 0; }
.report .plot svg { width: 100%; overflow: visible; display: block; font-variant-numeric: tabular-nums lining-nums; }
@media (max-width: 1340px) { .report .cols.curve { grid-template-columns: minmax(0, 1fr); } .report .cols.ruled > * + *::before { display: none; } .report .cols > * + * { border-top: 1px solid var(--line); padding-top: 14px; } }
@media (max-width: 480px) { .report .t td.wide { display: none !important; } .report .t td { white-space: normal; } .report .t td:not(.name) { flex-wrap: wrap; } .report .t td .meta { flex-basis: 100%; } }
@page { size: A4; margin: 14mm 12mm; }
@media print {
  html, body { background: #fff !important; }
  .report { ${lightTokens} --paper: #fff; color: var(--ink); font-size: 10.5px; line-height: 14px; --t-13: 10.5px; --lh-13: 14px; --t-12: 9.5px; --lh-12: 13px; --row: 23px; --row-compact: 21px; }
  .report * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .report .part > header, .report .head, .report tr, .report figure { break-inside: avoid; }
  .report .part > header { break-after: avoid; }
  .report .verdict { font-size: 19px; line-height: 26px; }
  .report .figure { text-decoration: none; display: inline; min-height: 0; padding: 0; }
  .report .t th, .report .t td { padding-inline: 4px; }
  .report .t td.wide { width: 92px; }
  .report .t td.wide svg { width: 88px; height: auto; }
  .report .scroll { overflow: visible; }
  .report .cols.curve { grid-template-columns: minmax(0, 1fr); gap: 16px; }
  .report .cols.ruled > * + *::before { display: none; }
  .report > .head .aside { flex-basis: 100%; }
  .report .plot { max-width: 640px; }
  .report .asTable:not([open]) { display: none; }
  .report .onscreen { display: none; }
}
`;
