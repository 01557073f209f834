import type { FixRule, FixStep } from './schema.ts';

type Item = Record<string, unknown>;
const isObject = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value);

const holderOf = (item: Item, path: string, make: boolean): { holder: Item; name: string } | undefined => {
  const names = path.split('.');
  const name = names.pop()!;
  let holder = item;
  for (const each of names) {
    if (!isObject(holder[each])) {
      if (!make) return undefined;
      holder[each] = {};
    }
    holder = holder[each] as Item;
  }
  return { holder, name };
};

const readAt = (item: Item, path: string): unknown => {
  const found = holderOf(item, path, false);
  return found && Object.hasOwn(found.holder, found.name) ? found.holder[found.name] : undefined;
};
const putAt = (item: Item, path: string, value: unknown): void => {
  const { holder, name } = holderOf(item, path, true)!;
  holder[name] = value;
};
const dropAt = (item: Item, path: string): void => {
  const found = holderOf(item, path, false);
  if (found) delete found.holder[found.name];
};

const asNumber = (value: unknown): number | undefined => {
  const text =
    typeof value === 'string'
      ? value
          .trim()
          .replaceAll(/[\s_']/g, '')
          .replace(/^(\d+),(\d{1,2})$/, '$1.$2')
      : value;
  const number = typeof text === 'string' && text !== '' ? Number(text) : text;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

const apply = (item: Item, step: FixStep): void => {
  switch (step.do) {
    case 'rename_event':
      return putAt(item, 'event', step.to);
    case 'set':
      return putAt(item, step.path, step.value);
    case 'drop':
      return dropAt(item, step.path);
    case 'copy':
    case 'rename': {
      const value = readAt(item, step.path);
      if (value === undefined) return;
      if (step.do === 'rename') dropAt(item, step.path);
      return putAt(item, step.to, value);
    }
    case 'number': {
      const value = readAt(item, step.path);
      if (value === undefined) return;
      const number = asNumber(value);
      return number === undefined ? dropAt(item, step.path) : putAt(item, step.path, number);
    }
    case 'new_message':
  }
};

/** An event as it was sent, with the steps of a rule done to it in their order. What was given stays as it is. */
export const applyRule = (item: Item, { steps }: Pick<FixRule, 'steps'>): Item => {
  const copy = structuredClone(item);
  for (const step of steps) apply(copy, step);
  return copy;
};
