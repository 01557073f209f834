import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { makeFormat, type Format } from './format.ts';
import { useLocale } from './locale.tsx';

type Place = { timeZone: string; currency: string; now?: () => Date };

const PlaceContext = createContext<Place>({ timeZone: 'UTC', currency: 'USD' });

/** Gives every figure and date below it the workspace's time zone and currency. */
export function PlaceProvider({ place, children }: { place: Place; children: ReactNode }) {
  return <PlaceContext value={place}>{children}</PlaceContext>;
}

/** `const format = useFormat()`: numbers, shares, money, dates and intervals in the reader's language. */
export function useFormat(): Format {
  const { locale } = useLocale();
  const place = useContext(PlaceContext);
  return useMemo(() => makeFormat({ locale, ...place }), [locale, place]);
}

/** The day that it is in the workspace's time zone, `YYYY-MM-DD`. */
export function useToday(): string {
  const { timeZone, now } = useContext(PlaceContext);
  const [opened] = useState(() => new Date());
  const instant = now?.() ?? opened;
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);
}
