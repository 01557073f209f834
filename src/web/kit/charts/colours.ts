/** The colours of series, in their fixed order. One series alone, or the one that matters, is sea; the rest then stand back. */
export type Tone = { line: string; ink: string; quiet: boolean };

const sea: Tone = { line: 'var(--sea)', ink: 'var(--sea)', quiet: false };
const back: Tone = { line: 'var(--line-3)', ink: 'var(--ink-3)', quiet: true };
const most = 8;

/** `quiet` stand back in any case: the rest and the unknown of a breakdown. */
export const tones = (keys: string[], highlight?: string, quiet: string[] = []): Map<string, Tone> => {
  const place = (key: string, index: number): Tone => {
    if (highlight !== undefined) return key === highlight ? sea : back;
    if (keys.length === 1) return sea;
    if (quiet.includes(key)) return back;
    return index < most ? { line: `var(--c-${index + 1})`, ink: `var(--c-${index + 1}-ink)`, quiet: false } : back;
  };
  return new Map(keys.map((key, index) => [key, place(key, index)]));
};
