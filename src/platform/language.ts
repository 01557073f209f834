/** The languages that Landfall speaks. */
export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** One sentence in each of them; a door says that of its caller. */
export type Said = Record<Language, string>;

/** The language that a header `Accept-Language` prefers: its first that Landfall speaks, else English. RFC 9110, 12.5.4. */
export const languageOf = (header: string | undefined): Language => {
  const ranges = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
      const quality = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find((one) => one !== undefined);
      return {
        language: languages.find((one) => tag === one || tag.startsWith(`${one}-`)),
        quality: quality === undefined ? 1 : Number(quality),
      };
    });
  const best = ranges.filter(({ language, quality }) => language && quality > 0).toSorted((one, other) => other.quality - one.quality)[0];
  return best?.language ?? 'en';
};

const spoken = new Map<string, Said>();

/** What a schema says of wrong input. Zod keeps one text of it, so the other is kept here: `z.string().regex(slug, { error: said({ en, zh }) })`. */
export const said = (both: Said): string => {
  spoken.set(both.en, both);
  return both.en;
};

/** What was `said`, in both languages. */
export const saidAs = (english: string): Said | undefined => spoken.get(english);
