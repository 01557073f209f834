import { createContext, type ReactNode, useContext } from 'react';
import type { Format } from '../../web/kit/format.ts';
import type { Words } from './messages.ts';
import type { FigureAsked, LandingReport } from './schema.ts';

export type { Format };

/** What the report needs to draw itself: in a page with figures that open, in a document without. */
export type View = {
  report: LandingReport;
  words: Words;
  format: Format;
  /** Opens the rows behind a figure; absent where nothing can be opened. */
  onOpen?: (asked: FigureAsked) => void;
  /** A way to another page; absent where there are none to go to. */
  link?: (to: string, search: Record<string, unknown>, children: ReactNode) => ReactNode;
  /** The adoption chart, drawn in whatever way the place allows. */
  chart: ReactNode;
};

const ViewContext = createContext<View | null>(null);

export function ViewProvider({ view, children }: { view: View; children: ReactNode }) {
  return <ViewContext value={view}>{children}</ViewContext>;
}

export function useView(): View {
  const view = useContext(ViewContext);
  if (!view) throw new Error('A part of the report stands outside it.');
  return view;
}

/** A number that opens its rows, where it can. */
export function Opens({ asked, children }: { asked: FigureAsked; children: ReactNode }) {
  const { onOpen, words } = useView();
  if (!onOpen) return <span className="num">{children}</span>;
  return (
    <button type="button" className="figure" title={words.openRows} aria-haspopup="dialog" onClick={() => onOpen(asked)}>
      {children}
    </button>
  );
}

/** Words that lead to another page, where they can. */
export function Leads({ to, search, children }: { to: string; search: Record<string, unknown>; children: ReactNode }) {
  const { link } = useView();
  return link ? link(to, search, children) : children;
}

/** Text whose **stars** mark what is bold. */
export function Rich({ text }: { text: string }) {
  return text.split('**').map((part, index) => (index % 2 ? <b key={index}>{part}</b> : part));
}

type PartProps = { title: ReactNode; subtitle?: ReactNode; tag?: ReactNode; children: ReactNode };

/** One finding: its title, its measure, and what shows it. */
export function Part({ title, subtitle, tag, children }: PartProps) {
  return (
    <section className="part">
      <header>
        <h2 className="ct">{title}</h2>
        {tag ? <span className="tag line">{tag}</span> : null}
        {subtitle ? <p className="cs">{subtitle}</p> : null}
      </header>
      {children}
    </section>
  );
}

/** A chart is a picture for the eye and one sentence for everybody else. */
export function ChartFrame({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <figure className="plot">
      <figcaption className="vh">{summary}</figcaption>
      {children}
    </figure>
  );
}
