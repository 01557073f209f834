import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';
import { Button } from './controls.tsx';
import { Dialog } from './drawer.tsx';
import { useKitWords } from './words.ts';

export type Question = {
  title: string;
  /** One sentence that says what is lost, or what happens. */
  text: ReactNode;
  /** The button names the act: "Undo the import", never "OK". */
  action: string;
  danger?: boolean;
};

type Ask = (question: Question) => Promise<boolean>;

const ConfirmContext = createContext<Ask>(() => Promise.resolve(false));

/** `if (await confirm({ title, text, action, danger: true })) ...` */
export function useConfirm(): Ask {
  return useContext(ConfirmContext);
}

type Asked = Question & { answer: (yes: boolean) => void };

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const words = useKitWords();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [open, setOpen] = useState(false);
  const ask = useCallback<Ask>(
    (question) =>
      new Promise((resolve) => {
        setAsked({ ...question, answer: resolve });
        setOpen(true);
      }),
    [],
  );
  const settle = (yes: boolean) => {
    asked?.answer(yes);
    setOpen(false);
  };
  const actions = (
    <>
      <Button onClick={() => settle(false)}>{words.cancel}</Button>
      <Button kind={asked?.danger ? 'danger' : 'primary'} onClick={() => settle(true)} data-autofocus>
        {asked?.action}
      </Button>
    </>
  );
  return (
    <ConfirmContext value={ask}>
      {children}
      <Dialog open={open} onClose={() => settle(false)} title={asked?.title} actions={actions} above>
        <p className="ink2">{asked?.text}</p>
      </Dialog>
    </ConfirmContext>
  );
}
