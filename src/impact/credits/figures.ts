import type { Format } from '../../web/kit/format.ts';
import type { Credits } from './schema.ts';

type Credit = NonNullable<Credits['channels'][number]['credits']['first']>;

/** What a model gives one name, in each of the ways to say it. */
export const figureOf = {
  share: ({ share }: Credit, _: Credits, format: Format) => format.share(share, { digits: 1 }),
  conversions: ({ conversions }: Credit, _: Credits, format: Format) =>
    format.number(conversions, { digits: conversions % 1 === 0 ? 0 : 2 }),
  // Counted journeys name no currency.
  value: ({ value }: Credit, { currency }: Credits, format: Format) =>
    currency ? format.money(value, { currency, exact: true }) : format.number(value, { digits: 2 }),
} as const;
export type Figures = keyof typeof figureOf;
