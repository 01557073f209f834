import { useMessages } from './locale.tsx';
import { en, type KitMessages } from './messages/en.ts';
import { zh } from './messages/zh.ts';

const kitMessages = { en, zh };

/** The kit's own words in the reader's language. Slices use `useMessages` with their own catalogue. */
export function useKitWords(): KitMessages {
  return useMessages(kitMessages);
}
