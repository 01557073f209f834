import { useEffect, useRef, useSyncExternalStore } from 'react';

/** Keys in lower case as typed: 'c', '/', '?'. Two in a row are written with a space: 'g l'. */
export type KeyMap = Record<string, () => void>;

const storageKey = 'landfall.singleKeys';
const listeners = new Set<() => void>();
const together = 1200;

function readEnabled(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}

let enabled = readEnabled();

export function setSingleKeys(on: boolean): void {
  enabled = on;
  try {
    localStorage.setItem(storageKey, on ? 'on' : 'off');
  } catch {
    // Without storage the choice holds for this visit.
  }
  for (const listener of listeners) listener();
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => enabled,
  );
}

function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select, [role="combobox"]') ||
    target.closest('[role="menu"], [role="listbox"], [role="dialog"]') !== null
  );
}

// Whoever appeared last is asked first; the frame is asked after all pages, so that a page's own C comes before its.
const layers: { current: KeyMap }[] = [];
let first = '';
let firstAt = 0;

function actFor(key: string, at: number): (() => void) | undefined {
  const maps = layers.map(({ current }) => current).toReversed();
  const pairStarted = at - firstAt < together && maps.some((map) => Object.keys(map).some((one) => one.startsWith(`${first} `)));
  // A pair that is under way takes the key before a single key of the same letter does.
  const wanted = pairStarted ? `${first} ${key}` : key;
  return maps.find((map) => map[wanted])?.[wanted];
}

function press(event: KeyboardEvent): void {
  if (!enabled || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
  const key = event.key.toLowerCase();
  const act = actFor(key, event.timeStamp);
  first = act ? '' : key;
  firstAt = event.timeStamp;
  if (!act) return;
  event.preventDefault();
  act();
}

/** Single keys and pairs of keys while the component is mounted. Off in fields, in dialogs, and when switched off. */
export function useKeys(keys: KeyMap, asked: 'first' | 'last' = 'first'): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (layers.length === 0) document.addEventListener('keydown', press);
    if (asked === 'last') layers.unshift(latest);
    else layers.push(latest);
    return () => {
      layers.splice(layers.indexOf(latest), 1);
      if (layers.length === 0) document.removeEventListener('keydown', press);
    };
  }, [asked]);
}

/** J and K: the link or button in the first cell of the next or previous row, wherever the tables of the page are. */
export function moveToRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main tbody td.name > a, main tbody td.name > button, main [data-row]')].filter(
    (row) => row.getClientRects().length > 0,
  );
  if (rows.length === 0) return;
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = at === -1 ? (step === 1 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step));
  rows[next]?.focus();
}

/** `/`: the page's filter field, which is marked with `data-filter`, or else its first search field. */
export function focusFilter(): boolean {
  const field = document.querySelector<HTMLElement>(
    'main [data-filter], main input[type="search"], main .filters input, main > .mantine-InputWrapper-root input',
  );
  field?.focus();
  return field !== null;
}
