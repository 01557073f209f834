import { useMessages } from './locale.tsx';
import { en, type KitMessages } from './messages/en.ts';
import { zh } from './messages/zh.ts';

const kitMessages = { en, zh };

/** The kit's own words in the reader's language. Slices use `useMessages` with their own catalogue. */
export function useKitWords(): KitMessages {
  return useMessages(kitMessages);
}

/** What to say of a failure that came without a message. */
export function ownWords({ failure }: KitMessages, code: string): string {
  const said = Object.entries(failure).find(([name]) => name === code)?.[1];
  return typeof said === 'string' ? said : failure.unexpected;
}
