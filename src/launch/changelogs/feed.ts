import { renderMarkdown } from './markdown.tsx';
import { entryAddress, type Place } from './public-page.tsx';
import { publicWords } from './public-words.ts';
import type { Entry } from './reading.ts';

const escapes: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', "'": '&apos;' };

/** Text in XML; characters that XML cannot hold are left out. */
const escape = (text: string): string =>
  text
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex -- these are the ones that XML forbids
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    .replaceAll(/[<>&"']/g, (letter) => escapes[letter] ?? '');

const renderItem = ({ address, locale }: Place, entry: Entry): string => {
  const link = entryAddress(address, entry.slug);
  const html = renderMarkdown(`feed ${entry.id} ${entry.version}`, entry.body, { under: 2 });
  return `<entry xml:lang="${publicWords[entry.locale].language}">
<id>urn:uuid:${entry.id}</id>
<title>${escape(entry.title)}</title>
<link rel="alternate" type="text/html" href="${escape(link)}"/>
<published>${entry.publishedAt.toISOString()}</published>
<updated>${(entry.updatedAt > entry.publishedAt ? entry.updatedAt : entry.publishedAt).toISOString()}</updated>
<category term="${entry.category}" label="${escape(publicWords[locale].categories[entry.category])}"/>
${entry.labels.map((label) => `<category term="${escape(label)}"/>`).join('')}
<content type="html">${escape(html)}</content>
</entry>`;
};

/** The newest entries as an Atom feed (RFC 4287); its links lead straight to where they say. */
export const renderFeed = (place: Place, entries: Entry[]): string => {
  const { changelog, address } = place;
  const updated = entries.reduce((last, { updatedAt, publishedAt }) => Math.max(last, Number(updatedAt), Number(publishedAt)), 0);
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${publicWords[place.locale].language}">
<id>${escape(address)}</id>
<title>${escape(changelog.title)}</title>
<author><name>${escape(changelog.title)}</name></author>
<link rel="self" type="application/atom+xml" href="${escape(address)}/feed.xml"/>
<link rel="alternate" type="text/html" href="${escape(address)}"/>
<updated>${new Date(updated).toISOString()}</updated>
${entries.map((entry) => renderItem(place, entry)).join('\n')}
</feed>
`;
};
