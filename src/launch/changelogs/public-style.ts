import { createHash } from 'node:crypto';

/** The look of the public pages; stands in the page, allowed by its hash. */
export const publicStyle = `
:root{color-scheme:light dark;--paper:#fbfaf7;--ink:#14222e;--ink-2:#3b4a57;--ink-3:#5c6b78;--line:#e2e0d8;--sea:#1a5783;--tint:#eceae3;--land:#f3e9d2;--land-ink:#5f4a16;--bad:#a3293f}
@media (prefers-color-scheme:dark){:root{--paper:#0f1821;--ink:#e5edf1;--ink-2:#c2ccd4;--ink-3:#95a2ad;--line:#26313b;--sea:#84c3ef;--tint:#1b2731;--land:#33290f;--land-ink:#e4cd92;--bad:#f0909f}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/24px "Inter Variable",Inter,system-ui,"PingFang SC","Noto Sans SC","Microsoft YaHei",sans-serif;text-autospace:normal;overflow-wrap:anywhere}
:lang(zh){line-break:strict;line-height:27px}
main,header,footer{max-width:712px;margin:0 auto;padding:0 24px}
header{padding-top:44px;display:flex;flex-wrap:wrap;gap:4px 20px;align-items:baseline}
header>:first-child{flex:1;margin:0;font-size:24px;line-height:33px;font-weight:600;letter-spacing:-.01em}
header :lang(zh){letter-spacing:0}
a{color:var(--sea);text-underline-offset:3px}a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--sea);outline-offset:2px;border-radius:2px}
nav{display:flex;flex-wrap:wrap;gap:4px 16px;font-size:13px}nav [aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
article{border-top:1px solid var(--line);padding:28px 0 32px;margin-top:28px}
article+article{margin-top:0}
.facts{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:center;font-size:13px;line-height:20px;color:var(--ink-3);margin:0 0 6px}
.kind{font-weight:600;color:var(--ink);padding:0 8px;border-radius:10px;background:var(--tint)}
.kind.new{background:var(--land);color:var(--land-ink)}.kind.deprecated{background:none;color:var(--bad);box-shadow:inset 0 0 0 1px}
h1,h2{font-size:20px;line-height:28px;font-weight:600;margin:0 0 8px;letter-spacing:-.01em}
:lang(zh) h1,:lang(zh) h2,h1:lang(zh),h2:lang(zh){letter-spacing:0}
h2 a{color:inherit;text-decoration:none}h2 a:hover{text-decoration:underline}
.text h2,.text h3,.text h4,.text h5,.text h6{font-size:15px;line-height:24px;margin:20px 0 4px}
.text p,.text ul,.text ol,.text blockquote{margin:0 0 12px;max-width:66ch}.text ul,.text ol{padding-left:22px}
blockquote{border-left:3px solid var(--line);padding-left:14px;margin-left:0;color:var(--ink-2)}
code,pre{font:13px/20px ui-monospace,SFMono-Regular,Menlo,monospace;background:var(--tint);border-radius:4px}code{padding:1px 4px}
pre{padding:12px;overflow:auto}pre code{padding:0;background:none}
.wide{overflow-x:auto;margin:0 0 12px}table{border-collapse:collapse;font-size:14px}th,td{text-align:left;padding:5px 16px 5px 0;border-bottom:1px solid var(--line);vertical-align:top}
hr{border:0;border-top:1px solid var(--line)}
.for{color:var(--ink-2);margin:0 0 8px}
.empty{color:var(--ink-3);padding:44px 0}
footer{padding-top:8px;padding-bottom:56px}
.embed main{padding:0 20px}.embed article{padding:16px 0 18px;margin:0}.embed h1+article{border-top:0}.embed h1,.embed h2{font-size:16px;line-height:24px}.embed footer{padding:0 20px 24px;font-size:14px}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
`;

export const publicStyleHash = `'sha256-${createHash('sha256').update(publicStyle).digest('base64')}'`;
