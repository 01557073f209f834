import { useState } from 'react';

export type Selection = {
  ids: ReadonlySet<string>;
  has: (id: string) => boolean;
  toggle: (id: string) => void;
  set: (ids: string[]) => void;
  clear: () => void;
};

const none: ReadonlySet<string> = new Set();

export function useSelection(): Selection {
  const [ids, setIds] = useState(none);
  return {
    ids,
    has: (id) => ids.has(id),
    toggle: (id) => setIds((old) => new Set(old.has(id) ? [...old].filter((one) => one !== id) : [...old, id])),
    set: (wanted) => setIds(new Set(wanted)),
    clear: () => setIds(none),
  };
}
