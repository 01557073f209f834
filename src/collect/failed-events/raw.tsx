/** A text as it was sent, and nothing else: no part of it is ever taken for markup. */
export function Raw({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <p className="meta">{label}</p>
      {/* A long text is scrolled with the keyboard too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="sql" tabIndex={0} aria-label={label}>
        <code>{text}</code>
      </pre>
    </div>
  );
}
