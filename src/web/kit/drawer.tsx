import { type ReactNode, useEffect, useRef } from 'react';
import { Drawer as MantineDrawer, Modal } from '@mantine/core';
import { X } from 'lucide-react';
import { Button } from './controls.tsx';
import { useKitWords } from './words.ts';

/** What stands open over the page, the last one on top. */
const standing: object[] = [];

/** Escape reaches all that is open; only what is on top takes it. One that closes leaves after the key press, or the one below would take it too. */
function useCloseOnTop(open: boolean, onClose: () => void): () => void {
  const own = useRef({});
  useEffect(() => {
    if (!open) return;
    const self = own.current;
    standing.push(self);
    return () => void setTimeout(() => standing.splice(standing.indexOf(self), 1));
  }, [open]);
  return () => {
    if (standing.at(-1) === own.current) onClose();
  };
}

type DrawerProps = {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** The definition, the filter and the period of what is listed. */
  subtitle?: ReactNode;
  actions?: ReactNode;
  size?: 'usual' | 'wide';
  children: ReactNode;
};

/** The rows behind a figure. Esc closes it and the focus goes back to the figure. */
export function Drawer({ open, onClose, title, subtitle, actions, size = 'usual', children }: DrawerProps) {
  const closeOnTop = useCloseOnTop(open, onClose);
  return (
    <MantineDrawer.Root opened={open} onClose={closeOnTop} position="right" size={size === 'wide' ? 720 : 480}>
      <MantineDrawer.Overlay />
      <MantineDrawer.Content>
        <div className="panel-head">
          <div>
            <MantineDrawer.Title>{title}</MantineDrawer.Title>
            {subtitle ? <p className="cs">{subtitle}</p> : null}
          </div>
          <div className="row push">
            {actions}
            <CloseButton onClose={onClose} />
          </div>
        </div>
        <MantineDrawer.Body>{open ? children : null}</MantineDrawer.Body>
      </MantineDrawer.Content>
    </MantineDrawer.Root>
  );
}

type DialogProps = {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  actions?: ReactNode;
  wide?: boolean;
  /** Over whatever else is open. */
  above?: boolean;
  children: ReactNode;
};

/** Asks for one thing in the middle of the page. For yes or no, use `useConfirm`. */
export function Dialog({ open, onClose, title, actions, wide = false, above = false, children }: DialogProps) {
  const closeOnTop = useCloseOnTop(open, onClose);
  return (
    <Modal.Root opened={open} onClose={closeOnTop} size={wide ? 640 : 440} centered zIndex={above ? 320 : undefined}>
      <Modal.Overlay />
      <Modal.Content>
        <div className="panel-head">
          <div>
            <Modal.Title>{title}</Modal.Title>
          </div>
          <div className="row push">
            <CloseButton onClose={onClose} />
          </div>
        </div>
        <Modal.Body>{children}</Modal.Body>
        {actions ? <div className="panel-foot">{actions}</div> : null}
      </Modal.Content>
    </Modal.Root>
  );
}

function CloseButton({ onClose }: { onClose: () => void }) {
  const words = useKitWords();
  return <Button kind="quiet" icon={X} aria-label={words.close} onClick={onClose} />;
}
