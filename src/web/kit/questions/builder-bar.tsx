import { useId, useState, type ReactNode } from 'react';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { Button } from '../controls.tsx';
import { useQuestionWords } from './words.ts';

/** The controls over an answer, one or two lines; on a narrow screen folded into what they ask. */
export function BuilderBar({ summary, children }: { summary: ReactNode; children: ReactNode }) {
  const words = useQuestionWords();
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <section className="builder" aria-label={words.question} data-open={open || undefined}>
      <div className="builder-fold">
        <span className="builder-summary">{summary}</span>
        <Button size="small" icon={open ? ChevronUp : ChevronDown} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {open ? words.hideQuestion : words.showQuestion}
        </Button>
      </div>
      <div className="builder-controls" id={id}>
        {children}
      </div>
    </section>
  );
}

/** One group of the builder with its small label: `<Control label={words.range}><RangePicker .../></Control>`. */
export function Control({ label, wide, children }: { label: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={wide ? 'control wide' : 'control'}>
      <span className="control-label meta" aria-hidden="true">
        {label}
      </span>
      <div className="control-body">{children}</div>
    </div>
  );
}
