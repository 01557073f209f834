import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { renderToStaticMarkup } from 'react-dom/server';
import { makeFormat } from '../../web/kit/format.ts';
import { unitShown } from './adoption/section.tsx';
import { adoptionChart, adoptionSummary } from './charts/adoption.tsx';
import { documentStyle } from './document-style.ts';
import { en, zh } from './messages.ts';
import { Report } from './report.tsx';
import type { LandingReport } from './schema.ts';
import { ChartFrame } from './view.tsx';

type Options = { locale: 'en' | 'zh'; currency: string };

/** The Latin face inside the file, so that figures line up wherever it is opened; without it the system's face is used. */
const inlineFont = (): string => {
  try {
    const file = createRequire(import.meta.url).resolve('@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2');
    return `@font-face { font-family: "Inter Variable"; font-weight: 100 900; src: url(data:font/woff2;base64,${readFileSync(file).toString('base64')}) format("woff2-variations"); }`;
  } catch {
    return '';
  }
};

const wordsOf = { en, zh };

/** The report as one HTML file without scripts or outside addresses: light, and fit for A4. */
export const renderDocument = async (report: LandingReport, { locale, currency }: Options): Promise<string> => {
  const words = wordsOf[locale];
  const format = makeFormat({ locale, timeZone: report.timeZone, currency, now: () => new Date(report.madeAt) });
  const unit = unitShown(report);
  const adoption = report.adoption[unit];
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const drawn = adoption.curve.length > 1 ? adoptionChart({ plot, document, width: 672, words, format }, { report, adoption, unit }) : null;
  const chart = drawn && (
    <ChartFrame summary={adoptionSummary({ words, format }, adoption)}>
      <div dangerouslySetInnerHTML={{ __html: drawn.outerHTML }} />
    </ChartFrame>
  );
  const title = words.eyebrow(report.launch.name);
  const page = (
    <html lang={locale === 'zh' ? 'zh-Hans' : 'en'}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta httpEquiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: inlineFont() + documentStyle }} />
      </head>
      <body>
        <main>
          <Report view={{ report, words, format, chart }} />
        </main>
      </body>
    </html>
  );
  return `<!doctype html>${renderToStaticMarkup(page)}`;
};
