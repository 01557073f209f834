import { useBlocker } from '@tanstack/react-router';
import { useConfirm } from './confirm.tsx';
import { useKitWords } from './words.ts';

/** Asks before a page is left with text that nobody has saved; the browser asks by itself when the window is closed. */
export function useUnsaved(isDirty: boolean): void {
  const words = useKitWords().unsaved;
  const confirm = useConfirm();
  useBlocker({
    shouldBlockFn: async () => !(await confirm({ title: words.title, text: words.text, action: words.leave, danger: true })),
    enableBeforeUnload: true,
    disabled: !isDirty,
  });
}
