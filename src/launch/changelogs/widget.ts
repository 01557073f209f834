import { publicWords } from './public-words.ts';
import type { Place } from './public-page.tsx';

/**
 * The script for a page of somebody else's. It asks for nothing (the moments of the newest entries stand in it), sets no cookie, and keeps one
 * number in the page's own storage: how far was read. Its look is in a shadow tree, put there by script, so that neither the styles of the
 * page nor its content security policy touch it; the entries stand in a frame of ours that may run no script.
 */
const program = String.raw`
if (window.LandfallChangelog) return;
var key = 'landfall-changelog:' + data.name, script = document.currentScript, seen = Date.now() - 2592e6;
try { seen = Number(localStorage.getItem(key)) || seen } catch (e) {}
var css = ':host{all:initial}*{box-sizing:border-box;font:500 14px/20px system-ui,sans-serif}'
+ 'button{cursor:pointer;border:0;color:#fff;background:#14222e;border-radius:20px;padding:10px 16px;min-height:44px;display:flex;gap:8px;align-items:center}'
+ 'button:focus-visible{outline:2px solid #1a5783;outline-offset:2px;box-shadow:0 0 0 2px #fff}'
+ '.count{background:#fff;color:#14222e;border-radius:10px;padding:0 7px;font-weight:600}[hidden]{display:none!important}'
+ '.float{position:fixed;right:20px;bottom:20px;z-index:2147483646;box-shadow:0 2px 12px #0004}'
+ '.panel{position:fixed;z-index:2147483647;right:20px;bottom:20px;width:min(400px,calc(100vw - 24px));height:min(600px,calc(100vh - 40px));display:flex;flex-direction:column;background:#fbfaf7;color:#14222e;border:1px solid #d3d0c6;border-radius:8px;overflow:hidden;box-shadow:0 8px 32px #0005}'
+ '.head{display:flex;align-items:center;padding:6px 6px 6px 20px;border-bottom:1px solid #d3d0c6}.head span{flex:1;font-weight:600}'
+ '.head button{background:none;color:inherit;width:44px;padding:0;justify-content:center;font-size:20px}iframe{flex:1;border:0;width:100%;background:inherit}'
+ '@media(max-width:480px){.panel{right:12px;bottom:12px}}@media(prefers-color-scheme:dark){.panel{background:#0f1821;color:#e5edf1;border-color:#33404b}.head{border-color:#33404b}.float,.in{box-shadow:0 0 0 1px #5c6b78}}';
var make = function (tag, name, into, text) { var node = document.createElement(tag); node.className = name; if (text) node.textContent = text; into.appendChild(node); return node };
var host = document.createElement('div'), root = host.attachShadow({ mode: 'open' }), sheet = new CSSStyleSheet();
host.style.setProperty('all', 'initial', 'important'); host.lang = data.language;
sheet.replaceSync(css); root.adoptedStyleSheets = [sheet];
var into = script && script.dataset.into && document.querySelector(script.dataset.into);
var button = make('button', into ? 'in' : 'float', root, ''); button.type = 'button'; button.setAttribute('aria-expanded', 'false');
make('span', '', button, script && script.dataset.label || data.title);
var count = make('span', 'count', button, ''), panel;
var unread = function () { return data.times.filter(function (time) { return time > seen }).length };
var tell = function () { var many = unread(); count.hidden = !many; count.textContent = many ? data.words.replace('#', many) : '' };
var close = function () { if (!panel) return; panel.remove(); panel = null; button.hidden = false; button.setAttribute('aria-expanded', 'false'); button.focus() };
var open = function () {
  if (panel) return;
  panel = make('div', 'panel', root, ''); panel.setAttribute('role', 'dialog'); panel.setAttribute('aria-label', data.title);
  var head = make('div', 'head', panel, ''); make('span', '', head, data.title);
  var shut = make('button', '', head, '×'); shut.type = 'button'; shut.setAttribute('aria-label', data.close); shut.onclick = close;
  var frame = document.createElement('iframe'); frame.title = data.title; frame.referrerPolicy = 'origin';
  frame.setAttribute('sandbox', 'allow-popups allow-popups-to-escape-sandbox'); frame.src = data.address + '/embed'; panel.appendChild(frame);
  if (!into) button.hidden = true; button.setAttribute('aria-expanded', 'true'); shut.focus();
  seen = Math.max.apply(null, data.times.concat(seen)); try { localStorage.setItem(key, seen) } catch (e) {}
  tell();
};
root.addEventListener('keydown', function (event) { if (event.key === 'Escape') close() });
button.onclick = function () { panel ? close() : open() };
tell();
var place = function () { (into || document.body).appendChild(host) };
document.body ? place() : addEventListener('DOMContentLoaded', place);
window.LandfallChangelog = { open: open, close: close, unread: unread };
`;

/** The script of a changelog, with the moments of its newest entries in it. */
export const renderWidget = ({ changelog, address, locale }: Place, times: Date[]): string => {
  const words = publicWords[locale];
  const data = {
    name: changelog.name,
    title: changelog.title,
    address,
    language: words.language,
    close: words.close,
    words: words.unread,
    times: times.map(Number),
  };
  // Nothing in the data may end the script that it stands in.
  const text = JSON.stringify(data)
    .replaceAll('<', String.raw`\u003c`)
    .replaceAll('\u2028', String.raw`\u2028`);
  return `(function(){var data=${text};${program.trim().replaceAll(/\n\s*/g, '\n')}})();\n`;
};
