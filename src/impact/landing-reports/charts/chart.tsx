import type * as Plot from '@observablehq/plot';
import { useEffect, useRef, useState } from 'react';
import { adoptionChart, adoptionSummary } from './adoption.tsx';
import { ChartFrame, type Format } from '../view.tsx';
import type { Words } from '../messages.ts';
import type { LandingReport } from '../schema.ts';
import { unitShown } from '../adoption/section.tsx';

type Props = { report: LandingReport; words: Words; format: Format };

/** The width of an element, as it changes. */
const useWidth = () => {
  const holder = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = holder.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { holder, width };
};

/** The adoption chart in the browser; the drawing library is fetched when it is needed, and its place is kept. */
export function AdoptionChart({ report, words, format }: Props) {
  const { holder, width } = useWidth();
  const [plot, setPlot] = useState<typeof Plot>();
  const unit = unitShown(report);
  const adoption = report.adoption[unit];
  useEffect(() => void import('@observablehq/plot').then((library) => setPlot(() => library)), []);
  useEffect(() => {
    if (!plot || width === 0) return;
    holder.current?.replaceChildren(adoptionChart({ plot, document, width, words, format }, { report, adoption, unit }));
  }, [plot, width, words, format, report, adoption, unit, holder]);
  return (
    <ChartFrame summary={adoptionSummary({ words, format }, adoption)}>
      <div ref={holder} />
    </ChartFrame>
  );
}
