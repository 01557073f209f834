import { useCallback } from 'react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Sort } from './table.tsx';

type Search = Record<string, string | undefined>;

/**
 * One value kept in the address, so that a link shows the same view: `const [stage, setStage] = useAddress('stage')`.
 * Setting '' or undefined takes it out of the address.
 */
export function useAddress(name: string): [string | undefined, (value: string | undefined) => void] {
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const set = useCallback(
    (value: string | undefined) =>
      void navigate({ to: '.', search: (old: Search) => ({ ...old, [name]: value || undefined }), replace: true } as never),
    [navigate, name],
  );
  return [search[name], set];
}

/** The order of a table, kept in the address: "adopted" rises, "-adopted" falls. */
export function useAddressSort(name = 'sort'): { sort: Sort; onSort: (sort: Sort) => void } {
  const [text, setText] = useAddress(name);
  const descending = text?.startsWith('-') ?? false;
  return {
    sort: text ? { by: descending ? text.slice(1) : text, descending } : null,
    onSort: (sort) => setText(sort ? `${sort.descending ? '-' : ''}${sort.by}` : undefined),
  };
}
