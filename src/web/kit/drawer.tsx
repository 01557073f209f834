import type { ReactNode } from 'react';
import { Drawer as MantineDrawer, Modal } from '@mantine/core';
import { X } from 'lucide-react';
import { Button } from './controls.tsx';
import { useKitWords } from './words.ts';

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
  return (
    <MantineDrawer.Root opened={open} onClose={onClose} position="right" size={size === 'wide' ? 720 : 480}>
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
  return (
    <Modal.Root opened={open} onClose={onClose} size={wide ? 640 : 440} centered zIndex={above ? 320 : undefined}>
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
