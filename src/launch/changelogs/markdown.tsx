import { createHash } from 'node:crypto';
import { renderToStaticMarkup } from 'react-dom/server';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';

type Shown = {
  /** Level of the heading that stands over the text. */
  under: 1 | 2;
  /** Where a link goes; without it, straight to where it says. */
  through?: (url: string) => string;
  /** Links open beside the page: inside a frame they could not open otherwise. */
  beside?: boolean;
};

const plugins = [remarkGfm];

/** Addresses that a reader can follow safely; everything else (scripts, data, paths of ours) is text. */
export const safeUrl = (url: string): string => {
  if (!/^(https?:\/\/|mailto:)/i.test(url)) return '';
  try {
    return new URL(url).href;
  } catch {
    return '';
  }
};

/** Short name of a link in an address: of its target, so that it stays the same when the text around it changes. */
export const linkId = (url: string): string => createHash('sha256').update(url).digest('hex').slice(0, 16);

const heading = (under: number, level: number) => {
  const Heading = `h${Math.min(6, under + level)}` as 'h2';
  return function TextHeading({ children }: { children?: React.ReactNode }) {
    return <Heading>{children}</Heading>;
  };
};

const componentsOf = ({ under, through, beside = false }: Shown): Components => {
  const link = (href: string | undefined, children: React.ReactNode) => {
    const url = href ? safeUrl(href) : '';
    if (!url) return <span>{children}</span>;
    const to = through && url.startsWith('http') ? through(url) : url;
    return (
      <a href={to} rel="noopener nofollow" {...(beside && { target: '_blank' })}>
        {children}
      </a>
    );
  };
  return {
    h1: heading(under, 1),
    h2: heading(under, 2),
    h3: heading(under, 3),
    h4: heading(under, 4),
    h5: heading(under, 4),
    h6: heading(under, 4),
    a: ({ href, children }) => link(href, children),
    // A picture from elsewhere would tell that elsewhere who reads this.
    img: ({ alt, src }) => link(typeof src === 'string' ? src : undefined, alt || src),
    input: ({ checked }) => <span>{checked ? '☑ ' : '☐ '}</span>,
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
    pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
    table: ({ children }) => (
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the same
      <div className="wide" tabIndex={0}>
        <table>{children}</table>
      </div>
    ),
  };
};

const kept = new Map<string, string>();
const mostKept = 500;

/** The HTML of a text in Markdown; HTML in the text is shown as text. `key` names text and manner, and what is made is kept under it. */
export const renderMarkdown = (key: string, text: string, shown: Shown): string => {
  const found = kept.get(key);
  if (found !== undefined) return found;
  const html = renderToStaticMarkup(
    <Markdown remarkPlugins={plugins} components={componentsOf(shown)} urlTransform={safeUrl}>
      {text}
    </Markdown>,
  );
  if (kept.size >= mostKept) kept.clear();
  kept.set(key, html);
  return html;
};

/** The addresses that the links of a text lead to. */
export const linksOf = (text: string): string[] => {
  const links: string[] = [];
  const through = (url: string) => (links.push(url), url);
  renderToStaticMarkup(
    <Markdown remarkPlugins={plugins} components={componentsOf({ under: 1, through })} urlTransform={safeUrl}>
      {text}
    </Markdown>,
  );
  return links;
};
