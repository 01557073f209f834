import { lazy, Suspense, useId, useState, type FocusEventHandler, type ReactNode } from 'react';
import { Segmented } from './controls.tsx';
import type { Person } from './mentions.ts';
import { MentionTextarea } from './mention-textarea.tsx';
import { useKitWords } from './words.ts';

const MarkdownText = lazy(() => import('./markdown.tsx').then((module) => ({ default: module.MarkdownText })));

const nobody: readonly Person[] = [];

type MarkdownFieldProps = {
  label: string;
  description?: ReactNode;
  value: string;
  onChange: (value: string) => void;
  onBlur?: FocusEventHandler<HTMLTextAreaElement>;
  error?: ReactNode;
  minRows?: number;
  /** Who can be mentioned with an @; nobody if not given. */
  people?: readonly Person[];
};

/** Text in Markdown: written as it is, looked at as it will be read. */
export function MarkdownField({ value, onChange, minRows = 5, people = nobody, ...rest }: MarkdownFieldProps) {
  const words = useKitWords();
  const name = useId();
  const [view, setView] = useState<'write' | 'read'>('write');
  return (
    <div className="markdown-field">
      {view === 'write' ? (
        <MentionTextarea autosize minRows={minRows} {...rest} value={value} onChange={onChange} people={people} />
      ) : (
        <div className="mantine-InputWrapper-root">
          <span className="mantine-InputWrapper-label">{rest.label}</span>
          <Suspense fallback={null}>
            <MarkdownText text={value || words.markdown.nothing} />
          </Suspense>
        </div>
      )}
      <Segmented
        label={words.markdown.view}
        name={name}
        value={view}
        choices={[
          { value: 'write', label: words.markdown.write },
          { value: 'read', label: words.markdown.read },
        ]}
        onChange={setView}
      />
    </div>
  );
}
