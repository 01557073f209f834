import { type Status, statuses } from '../schema.ts';

const words: [Status, RegExp][] = [
  ['dropped', /^(dropped|cancel+ed|won'?t (do|fix)|archived|obsolete|已取消|取消)$/],
  ['shipped', /^(shipped|done|complete[d]?|closed|resolved|live|published|released|已发布|完成|已完成)$/],
  ['approved', /^(approved|ready|ready to (ship|launch)|已批准)$/],
  ['in_review', /^(in[ _]review|review|waiting for review|for approval|审核中|待审核)$/],
  ['drafting', /^(drafting|in progress|doing|working on it|started|in development|制作中|进行中)$/],
];

/** What a status of another tool means here; what is not known is planned. */
export const statusOf = (text: string): Status => {
  const plain = text.trim().toLowerCase();
  return statuses.find((each) => each === plain) ?? words.find(([, pattern]) => pattern.test(plain))?.[0] ?? 'planned';
};

export const dateOrders = ['month_first', 'day_first'] as const;
export type DateOrder = (typeof dateOrders)[number];

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const numeric = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})(?=\D|$)/;
const named = /^(?:\w{3,9},?\s+)?(?:(\d{1,2})[\s/-]+([A-Za-z]{3})[a-z]*|([A-Za-z]{3})[a-z]*\s+(\d{1,2})),?[\s/-]+(\d{2}|\d{4})(?=\D|$)/;
const iso = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?=\D|$)/;

const asDay = (year: number, month: number, day: number): string | null => {
  const date = new Date(Date.UTC(year < 100 ? 2000 + year : year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
};

/** Which of day and month comes first in dates such as 03/04/2026; null when the dates do not tell. */
export const dateOrderOf = (texts: string[]): DateOrder | 'not_needed' | null => {
  const found = texts.flatMap((text) => {
    const match = numeric.exec(text.trim());
    return match ? [[Number(match[1]), Number(match[2])] as const] : [];
  });
  if (found.length === 0) return 'not_needed';
  if (found.some(([first]) => first > 12)) return 'day_first';
  if (found.some(([, second]) => second > 12)) return 'month_first';
  return found.every(([first, second]) => first === second) ? 'month_first' : null;
};

/** The day that a date of an export means; null for what is none. */
export const dayOf = (text: string, order: DateOrder): string | null => {
  const plain = text.trim();
  const [, year, month, day] = iso.exec(plain) ?? [];
  if (year) return asDay(Number(year), Number(month), Number(day));
  const words = named.exec(plain);
  if (words) {
    const place = months.indexOf((words[2] ?? words[3]!).toLowerCase());
    return place < 0 ? null : asDay(Number(words[5]), place + 1, Number(words[1] ?? words[4]));
  }
  const [, first, second, last] = numeric.exec(plain) ?? [];
  if (!first) return null;
  return order === 'day_first' ? asDay(Number(last), Number(second), Number(first)) : asDay(Number(last), Number(first), Number(second));
};
