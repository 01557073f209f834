/** Only where there is no room for names beside the marks. */
export function Legend({ items }: { items: { key: string; name: string; colour: string }[] }) {
  if (items.length === 0) return null;
  return (
    <ul className="legend">
      {items.map(({ key, name, colour }) => (
        <li key={key}>
          <Swatch colour={colour} />
          {name}
        </li>
      ))}
    </ul>
  );
}

export function Swatch({ colour }: { colour: string }) {
  return (
    <svg width="14" height="10" viewBox="0 0 14 10" aria-hidden="true">
      <line x1="0" x2="14" y1="5" y2="5" style={{ stroke: colour, strokeWidth: 2.5 }} />
    </svg>
  );
}
