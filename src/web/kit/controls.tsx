import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import type { LucideIcon } from 'lucide-react';

type Kind = 'primary' | 'plain' | 'quiet' | 'danger';
type Look = { kind?: Kind; size?: 'small' | 'usual' | 'big'; icon?: LucideIcon; keys?: string };

const kindClass: Record<Kind, string> = { primary: ' p', plain: '', quiet: ' g', danger: ' d' };
const sizeClass = { small: ' s', usual: '', big: ' big' };

function lookClass({ kind = 'plain', size = 'usual' }: Look, bare: boolean): string {
  return `btn${kindClass[kind]}${sizeClass[size]}${bare ? ' i' : ''}`;
}

function Face({ icon, keys, children }: { icon?: LucideIcon; keys?: string; children?: ReactNode }) {
  return (
    <>
      {icon ? <Icon of={icon} size={14} /> : null}
      {children}
      {keys ? <Key>{keys}</Key> : null}
    </>
  );
}

type ButtonProps = Look & { pending?: boolean } & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'style' | 'className'>;

/** One primary button per screen. `pending` keeps the words, tells assistive technology, and refuses a second press. */
export function Button({ kind, size, icon, keys, pending, onClick, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={lookClass({ kind, size }, children === undefined)}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
    >
      <Face icon={icon} keys={keys}>
        {children}
      </Face>
    </button>
  );
}

type ButtonLinkProps = Look & {
  to: string;
  params?: Record<string, string>;
  search?: Record<string, string>;
  children: ReactNode;
};

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink({ kind, size, icon, keys, children, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className={lookClass({ kind, size }, false)}>
      <Face icon={icon} keys={keys}>
        {children}
      </Face>
    </Link>
  );
}

/** An icon at the weight of the interface: 1.4 px strokes at any size. Decorative; the words beside it say it. */
export function Icon({ of: Shape, size = 16 }: { of: LucideIcon; size?: number }) {
  return <Shape size={size} strokeWidth={1.4} absoluteStrokeWidth aria-hidden focusable={false} />;
}

export function Key({ children }: { children: ReactNode }) {
  return <kbd aria-hidden>{children}</kbd>;
}

/** A figure that opens the rows behind it. */
export function Figure({ onOpen, label, children }: { onOpen: () => void; label?: string; children: ReactNode }) {
  return (
    <button type="button" className="figure" onClick={onOpen} aria-haspopup="dialog" title={label}>
      {children}
    </button>
  );
}

/** A button that reads as a link inside a sentence: "Clear filters", "Try again". */
export function TextButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className="link" onClick={onClick}>
      {children}
    </button>
  );
}

export type TagTone = 'plain' | 'line' | 'good' | 'warn' | 'bad' | 'sea' | 'land';

export function Tag({ tone = 'plain', children }: { tone?: TagTone; children: ReactNode }) {
  return <span className={tone === 'plain' ? 'tag' : `tag ${tone}`}>{children}</span>;
}

function initials(name: string): string {
  if (/^\p{Script=Han}/u.test(name)) return name.slice(-1);
  const words = name.split(/[\s@._-]+/).filter(Boolean);
  return ((words[0]?.[0] ?? '') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase();
}

export function Avatar({ name }: { name: string }) {
  return (
    <span className="av" aria-hidden>
      {initials(name)}
    </span>
  );
}

type Choice<Value extends string> = { value: Value; label: string };
type SegmentedProps<Value extends string> = {
  label: string;
  name: string;
  value: Value;
  choices: Choice<Value>[];
  onChange: (value: Value) => void;
};

/** A few views of one thing, one of which is on. Arrow keys move, as in any group of radios. */
export function Segmented<Value extends string>({ label, name, value, choices, onChange }: SegmentedProps<Value>) {
  return (
    <fieldset className="seg">
      <legend className="vh">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input type="radio" name={name} checked={choice.value === value} onChange={() => onChange(choice.value)} />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
