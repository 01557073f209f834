/** A short name of small letters and digits; what has none of them (a Chinese name) gets the fallback. Never one that is taken. */
export const slugOf = (text: string, taken: readonly string[], fallback: string, joiner: '-' | '_' = '-'): string => {
  const slug =
    text
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, joiner)
      .replace(/^[^a-z]+/, '')
      .slice(0, 50)
      .replace(/[-_]+$/, '') || fallback;
  for (let count = 1; ; count++) {
    const tried = count === 1 ? slug : `${slug}${joiner}${count}`;
    if (!taken.includes(tried)) return tried;
  }
};
