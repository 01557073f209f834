import { useEffect } from 'react';
import { useRouter } from '@tanstack/react-router';

/** Goes to another page instead of this one, once, however often the page around it is drawn again meanwhile. */
export function Redirect({ path }: { path: string }) {
  const { history } = useRouter();
  useEffect(() => history.replace(path), [history, path]);
  return null;
}
