import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { AnnouncementLocale } from '../announcements/schema.ts';
import { linkId, renderMarkdown } from './markdown.tsx';
import { publicStyle } from './public-style.ts';
import { publicWords } from './public-words.ts';
import type { Entry, OpenChangelog } from './reading.ts';

export type Place = {
  changelog: OpenChangelog;
  /** Where the changelog is read. */
  address: string;
  locale: AnnouncementLocale;
};

const style = { __html: publicStyle };
const languageOf = (locale: AnnouncementLocale) => publicWords[locale].language;

type DocumentProps = { place: Place; title: string; canonical?: string; summary?: string; className?: string; children: ReactNode };

function PublicDocument({ place: { address, changelog, locale }, title, canonical, summary, className, children }: DocumentProps) {
  return (
    <html lang={languageOf(locale)}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        {summary ? <meta name="description" content={summary} /> : null}
        {canonical ? <link rel="canonical" href={canonical} /> : <meta name="robots" content="noindex" />}
        <link rel="alternate" type="application/atom+xml" title={changelog.title} href={`${address}/feed.xml`} />
        <style dangerouslySetInnerHTML={style} />
      </head>
      <body className={className}>{children}</body>
    </html>
  );
}

const document = (props: DocumentProps): string => `<!doctype html>${renderToStaticMarkup(<PublicDocument {...props} />)}`;

export const entryAddress = (address: string, slug: string): string => `${address}/${encodeURIComponent(slug)}`;

type ArticleProps = { place: Place; entry: Entry; as: 'page' | 'list' | 'embed' };

function Article({ place, entry, as }: ArticleProps) {
  const { changelog, address, locale } = place;
  const words = publicWords[locale];
  const date = new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'long', timeZone: changelog.timeZone });
  const to = entryAddress(address, entry.slug);
  const beside = as === 'embed' ? { target: '_blank', rel: 'noopener' } : {};
  const Heading = as === 'page' ? 'h1' : 'h2';
  const html = renderMarkdown(`${as} ${address} ${entry.id} ${entry.version}`, entry.body, {
    under: as === 'page' ? 1 : 2,
    beside: as === 'embed',
    through: (url) => `${address}/go/${encodeURIComponent(entry.slug)}/${linkId(url)}`,
  });
  return (
    <article>
      <p className="facts">
        <span className={`kind ${entry.category}`}>{words.categories[entry.category]}</span>
        <time dateTime={entry.publishedAt.toISOString()}>{date.format(entry.publishedAt)}</time>
        {entry.labels.map((label) => (
          <span key={label}>{label}</span>
        ))}
      </p>
      <Heading lang={languageOf(entry.locale)}>
        {as === 'page' ? (
          entry.title
        ) : (
          <a href={to} {...beside}>
            {entry.title}
          </a>
        )}
      </Heading>
      {entry.audience ? <p className="for">{words.for(entry.audience)}</p> : null}
      <div className="text" lang={languageOf(entry.locale)} dangerouslySetInnerHTML={{ __html: html }} />
    </article>
  );
}

const pageAddress = (address: string, page: number, locale?: AnnouncementLocale): string => {
  const asked = new URLSearchParams({ ...(locale && { locale }), ...(page > 1 && { page: String(page) }) }).toString();
  return asked ? `${address}?${asked}` : address;
};

export type Listing = {
  entries: Entry[];
  languages: AnnouncementLocale[];
  /** The language that was asked for. */
  only?: AnnouncementLocale;
  page: number;
  pages: number;
};

function Languages({ place: { address, locale }, listing: { languages, only } }: { place: Place; listing: Listing }) {
  const words = publicWords[locale];
  if (languages.length < 2) return null;
  return (
    <nav aria-label={words.languagesLabel}>
      <a href={address} aria-current={only ? undefined : 'page'}>
        {words.everyLanguage}
      </a>
      {languages.map((each) => (
        <a key={each} href={pageAddress(address, 1, each)} lang={languageOf(each)} aria-current={only === each ? 'page' : undefined}>
          {words.languages[each]}
        </a>
      ))}
    </nav>
  );
}

/** The list of a changelog, newest first. */
export const renderList = (place: Place, listing: Listing): string => {
  const { changelog, address, locale } = place;
  const words = publicWords[locale];
  const { entries, page, pages, only } = listing;
  return document({
    place,
    title: changelog.title,
    canonical: pageAddress(address, page, only),
    children: (
      <>
        <header>
          <h1>{changelog.title}</h1>
          <Languages place={place} listing={listing} />
          <nav>
            <a href={`${address}/feed.xml`}>{words.feed}</a>
          </nav>
        </header>
        <main>
          {entries.length === 0 ? <p className="empty">{words.empty}</p> : null}
          {entries.map((entry) => (
            <Article key={entry.id} place={place} entry={entry} as="list" />
          ))}
        </main>
        {pages > 1 ? (
          <footer>
            <nav aria-label={words.pages}>
              {page > 1 ? <a href={pageAddress(address, page - 1, only)}>{words.newer}</a> : null}
              {page < pages ? <a href={pageAddress(address, page + 1, only)}>{words.older}</a> : null}
            </nav>
          </footer>
        ) : null}
      </>
    ),
  });
};

const letters: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', '#x27': "'" };

/** The first words of a text, as they are read. */
const summaryOf = ({ id, version, body }: Entry): string =>
  renderMarkdown(`words ${id} ${version}`, body, { under: 1 })
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/&(#x27|\w+);/g, (_, name: string) => letters[name] ?? ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 160)
    .toWellFormed();

export const renderEntry = (place: Place, entry: Entry): string =>
  document({
    place,
    title: `${entry.title} · ${place.changelog.title}`,
    canonical: entryAddress(place.address, entry.slug),
    summary: summaryOf(entry),
    children: (
      <>
        <header>
          <p>{place.changelog.title}</p>
          <nav>
            <a href={place.address}>{publicWords[place.locale].all}</a>
          </nav>
        </header>
        <main>
          <Article place={place} entry={entry} as="page" />
        </main>
      </>
    ),
  });

/** What the widget shows in its frame. */
export const renderEmbed = (place: Place, entries: Entry[]): string => {
  const words = publicWords[place.locale];
  return document({
    place,
    title: place.changelog.title,
    className: 'embed',
    children: (
      <>
        <main>
          <h1 className="vh">{place.changelog.title}</h1>
          {entries.length === 0 ? <p className="empty">{words.empty}</p> : null}
          {entries.map((entry) => (
            <Article key={entry.id} place={place} entry={entry} as="embed" />
          ))}
        </main>
        <footer>
          <a href={place.address} target="_blank" rel="noopener">
            {words.all}
          </a>
        </footer>
      </>
    ),
  });
};

/** What is said where there is nothing; the same for what never was. */
export const renderGone = (): string => {
  const { gone, goneText, language } = publicWords.en;
  const chinese = publicWords.zh;
  return `<!doctype html>${renderToStaticMarkup(
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{gone}</title>
        <style dangerouslySetInnerHTML={style} />
      </head>
      <body>
        <header>
          <h1>{gone}</h1>
        </header>
        <main>
          <p>{goneText}</p>
          <p lang={chinese.language}>
            {chinese.gone}。{chinese.goneText}
          </p>
        </main>
      </body>
    </html>,
  )}`;
};
