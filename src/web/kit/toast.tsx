import { useEffect, useState, useSyncExternalStore } from 'react';
import { X } from 'lucide-react';
import { Button } from './controls.tsx';
import { toFailure } from './failure.ts';
import { ownWords, useKitWords } from './words.ts';

export type Toast = {
  text: string;
  /** Of a failure without a message: the toast finds the words. */
  code?: string;
  tone?: 'plain' | 'bad';
  /** Offered for ten seconds. */
  undo?: () => void;
};

type Shown = Toast & { id: number };

const seconds = 10;
let shown: Shown[] = [];
let count = 0;
const listeners = new Set<() => void>();

function publish(next: Shown[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

function dismiss(id: number): void {
  publish(shown.filter((one) => one.id !== id));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says what was done: `toast({ text: '3 comments linked.', undo: unlink })`. */
export function toast(message: Toast): void {
  count += 1;
  publish([...shown.slice(-2), { ...message, id: count }]);
}

/** For `onError` of a mutation that has no place of its own for the message. */
export function toastFailure(error: unknown): void {
  const { code, message } = toFailure(error);
  toast({ text: message, code, tone: 'bad' });
}

export function Toaster() {
  const toasts = useSyncExternalStore(
    subscribe,
    () => shown,
    () => shown,
  );
  return (
    <output className="toasts" aria-live="polite">
      {toasts.map((one) => (
        <ToastLine key={one.id} toast={one} />
      ))}
    </output>
  );
}

function ToastLine({ toast: { id, text, code, tone, undo } }: { toast: Shown }) {
  const words = useKitWords();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => dismiss(id), seconds * 1000);
    return () => clearTimeout(timer);
  }, [held, id]);
  const hold = {
    onMouseEnter: () => setHeld(true),
    onMouseLeave: () => setHeld(false),
    onFocus: () => setHeld(true),
    onBlur: () => setHeld(false),
  };
  return (
    <div className={tone === 'bad' ? 'toast bad' : 'toast'} {...hold}>
      <span>{text || ownWords(words, code ?? '')}</span>
      {undo ? (
        <button
          type="button"
          className="toast-undo"
          onClick={() => {
            undo();
            dismiss(id);
          }}
        >
          {words.undo}
        </button>
      ) : null}
      <Button kind="quiet" size="small" icon={X} aria-label={words.close} onClick={() => dismiss(id)} />
    </div>
  );
}
