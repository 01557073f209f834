import { memo } from 'react';
import Markdown, { type Components, defaultUrlTransform } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { isMention } from './mentions.ts';

const plugins = [remarkGfm];

/** Headings start under those of the page; links to elsewhere open beside it and tell nobody where they came from. */
const components: Components = {
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  a: ({ href, children }) =>
    isMention(href) ? (
      <span className="mention">{children}</span>
    ) : href?.startsWith('/') ? (
      <a href={href}>{children}</a>
    ) : (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    ),
  // Pictures from elsewhere would tell that elsewhere who reads this.
  img: ({ alt, src }) => (
    <a href={src} target="_blank" rel="noopener noreferrer nofollow">
      {alt || src}
    </a>
  ),
};

/** The address of a mention is not one that a browser knows; all others go through the usual list of safe ones. */
const urlOf = (url: string): string => (isMention(url) ? url : defaultUrlTransform(url));

/** Text that somebody wrote in Markdown. HTML in it is shown as text; nothing is fetched. */
export const MarkdownText = memo(function MarkdownText({ text }: { text: string }) {
  return (
    <div className="prose markdown">
      <Markdown remarkPlugins={plugins} components={components} urlTransform={urlOf}>
        {text}
      </Markdown>
    </div>
  );
});
