/** A fix off a coast. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <rect width="20" height="20" rx="4.5" fill="var(--ink)" />
      <path
        d="M1.5 14.8c3-.2 3.6-2.1 6.3-2.1 3.1 0 3.6 1.7 6.4 1.3 1.7-.2 2.6-.9 4.3-1.1v2.6a3 3 0 0 1-3 3h-11a3 3 0 0 1-3-3z"
        fill="var(--land)"
      />
      <circle cx="10.2" cy="7.3" r="3.5" fill="none" stroke="var(--on-ink)" strokeWidth="1.5" />
      <circle cx="10.2" cy="7.3" r="1.15" fill="var(--on-ink)" />
    </svg>
  );
}
