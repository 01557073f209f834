import type { ReactNode } from 'react';
import { LanguageButton } from './account-menu.tsx';
import { Logo } from './logo.tsx';
import { useTitle } from './page.tsx';
import { useKitWords } from './words.ts';

type PlainPageProps = { title: string; wide?: boolean; children: ReactNode };

/** A page before there is a session: sign-in, welcome, invitation. Its title is the h1. */
export function PlainPage({ title, wide = false, children }: PlainPageProps) {
  const words = useKitWords();
  useTitle(title);
  return (
    <div className="plain">
      <header>
        <Logo />
        {words.product}
        <span className="right">
          <LanguageButton />
        </span>
      </header>
      <main id="main" className={wide ? 'wide' : undefined} tabIndex={-1}>
        <h1 className="page-title">{title}</h1>
        {children}
      </main>
    </div>
  );
}
