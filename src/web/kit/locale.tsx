import { createContext, useContext, useLayoutEffect, useMemo, useState, type ReactNode } from 'react';

export type Locale = 'en' | 'zh';

/** One slice's words: `en` sets the shape and `zh` must follow it, so a missing sentence does not compile. */
export type Catalogue<Words> = { en: Words; zh: Words };

type LocaleState = { locale: Locale; setLocale: (locale: Locale) => void };

const storageKey = 'landfall.locale';
const LocaleContext = createContext<LocaleState>({ locale: 'en', setLocale: () => undefined });

/** The language chosen on this machine, if one was. */
export function storedLocale(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function firstLocale(): Locale {
  const stored = storedLocale();
  if (stored === 'en' || stored === 'zh') return stored;
  const preferred = navigator.languages.find((language) => /^(en|zh)/i.test(language));
  return preferred?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export function LocaleProvider({ children }: { children: ReactNode }) {
  const [locale, setLocale] = useState(firstLocale);
  // Before any page asks the server: calls say this language.
  useLayoutEffect(() => {
    document.documentElement.lang = locale === 'zh' ? 'zh-Hans' : 'en';
  }, [locale]);
  const state = useMemo<LocaleState>(
    () => ({
      locale,
      setLocale: (next) => {
        setLocale(next);
        try {
          localStorage.setItem(storageKey, next);
        } catch {
          // A browser that refuses storage still gets the language for this visit.
        }
      },
    }),
    [locale],
  );
  return <LocaleContext value={state}>{children}</LocaleContext>;
}

export function useLocale(): LocaleState {
  return useContext(LocaleContext);
}

/** `const words = useMessages({ en, zh })`, with the two objects of the slice's own `messages.ts`. */
export function useMessages<Words>(catalogue: Catalogue<Words>): Words {
  return catalogue[useContext(LocaleContext).locale];
}
