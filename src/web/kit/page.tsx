import { Fragment, useEffect, useId, type ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import { ChevronRight, Menu } from 'lucide-react';
import { Button, Icon } from './controls.tsx';
import { useFrame } from './frame-context.ts';
import { useKitWords } from './words.ts';

export type Crumb = { label: string; to: string };

type PageProps = {
  /** The last crumb and the title of the browser tab. */
  title: string;
  crumbs?: Crumb[];
  /** Small print at the right of the top bar: "Data to 31 May 2026". */
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
};

const noCrumbs: Crumb[] = [];

/** A page inside the frame: top bar with crumbs and actions, then the main landmark. */
export function Page({ title, crumbs = noCrumbs, note, actions, children }: PageProps) {
  const words = useKitWords();
  const frame = useFrame();
  useTitle(title);
  return (
    <div className="pane">
      <header className="top">
        <span className="menu-button">
          <Button kind="quiet" icon={Menu} aria-label={words.nav.open} onClick={frame.openNavigation} />
        </span>
        <Crumbs crumbs={crumbs} title={title} />
        <div className="right">
          {note ? <span className="meta">{note}</span> : null}
          {actions}
        </div>
      </header>
      <main className="main" id="main" tabIndex={-1}>
        {/* Until the page has a heading of its own, and when it fails to get one, its title is the heading. */}
        <h1 className="vh fallback-heading">{title}</h1>
        {children}
      </main>
    </div>
  );
}

export function useTitle(title: string): void {
  const { product } = useKitWords();
  useEffect(() => {
    document.title = title ? `${title} · ${product}` : product;
  }, [title, product]);
}

function Crumbs({ crumbs, title }: { crumbs: Crumb[]; title: string }) {
  const words = useKitWords();
  return (
    <nav aria-label={words.nav.path}>
      <ol className="crumb">
        {crumbs.map((crumb) => (
          <li key={crumb.to}>
            <Link to={crumb.to}>{crumb.label}</Link>
            <Icon of={ChevronRight} size={12} />
          </li>
        ))}
        <li aria-current="page">{title}</li>
      </ol>
    </nav>
  );
}

type PageHeadProps = {
  /** Small heading over the sentence: what this is, with its tags. */
  eyebrow?: ReactNode;
  /** Either a sentence that says what is true (reports, lists) or the name of the thing (documents). One of them, as the h1. */
  verdict?: ReactNode;
  title?: ReactNode;
  tags?: ReactNode;
  note?: ReactNode;
  aside?: ReactNode;
};

export function PageHead({ eyebrow, verdict, title, tags, note, aside }: PageHeadProps) {
  return (
    <div className="head">
      <div className="say">
        {eyebrow ? <div className="eyebrow">{eyebrow}</div> : null}
        {verdict ? <Verdict>{verdict}</Verdict> : null}
        {title ? (
          <div className="line">
            <h1 className="page-title">{title}</h1>
            {tags}
          </div>
        ) : null}
        {note ? <p className="meta">{note}</p> : null}
      </div>
      {aside}
    </div>
  );
}

/** The sentence that answers the page's question. Mark the figures in it with <b>. */
export function Verdict({ children }: { children: ReactNode }) {
  return <h1 className="verdict">{children}</h1>;
}

type SectionProps = {
  /** The finding, not the subject: "Most stop before the second team". */
  title: ReactNode;
  /** Measure, population, unit, period, interval. */
  subtitle?: ReactNode;
  count?: ReactNode;
  actions?: ReactNode;
  /** Draws the hairline above even as the first of its parent. */
  ruled?: boolean;
  children?: ReactNode;
};

export function Section({ title, subtitle, count, actions, ruled, children }: SectionProps) {
  const id = useId();
  return (
    <section className={ruled ? 'sec ruled' : 'sec'} aria-labelledby={id}>
      <header>
        <div className="words">
          <div>
            <h2 className="ct" id={id}>
              {title}
            </h2>
            {count ? <span className="meta">{count}</span> : null}
          </div>
          {subtitle ? <p className="cs">{subtitle}</p> : null}
        </div>
        {actions ? <div className="right">{actions}</div> : null}
      </header>
      {children}
    </section>
  );
}

type ColumnsProps = { split: 'whole' | 'halves' | 'thirds' | 'wide-narrow' | 'narrow-wide'; ruled?: boolean; children: ReactNode };

/** Sections side by side; they stack in reading order when there is no room. */
export function Columns({ split, ruled, children }: ColumnsProps) {
  return <div className={`cols ${split}${ruled ? ' ruled' : ''}`}>{children}</div>;
}

/** Label and value pairs: who, when, by which rule. */
export function Facts({ items }: { items: [label: ReactNode, value: ReactNode][] }) {
  return (
    <dl className="facts">
      {items.map(([label, value], index) => (
        <Fragment key={index}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

type DecisionProps = { label: ReactNode; due?: ReactNode; title: ReactNode; text?: ReactNode; actions?: ReactNode };

/** The foot of a report: the next decision, its owner and its date. */
export function Decision({ label, due, title, text, actions }: DecisionProps) {
  return (
    <div className="decision">
      <div className="when">
        {label}
        {due ? <span className="meta">{due}</span> : null}
      </div>
      <div>
        <div className="strong">{title}</div>
        {text ? <div className="meta">{text}</div> : null}
      </div>
      {actions ? <div className="row push">{actions}</div> : null}
    </div>
  );
}
