import { useEffect, useRef, useState, type ReactNode } from 'react';

/** What may be wider than its place: then it scrolls, also by keyboard. */
export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const { current } = box;
    if (!current) return;
    const watcher = new ResizeObserver(() => setScrolls(current.scrollWidth > current.clientWidth));
    for (const one of [current, ...current.children]) watcher.observe(one);
    return () => watcher.disconnect();
  }, []);
  return (
    <div ref={box} className="scroll" {...(scrolls && { tabIndex: 0, role: 'group', 'aria-label': label })}>
      {children}
    </div>
  );
}
