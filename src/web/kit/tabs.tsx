import { Link, useRouter } from '@tanstack/react-router';

const exact = { exact: true };
const none = {};

type TabsProps<Tab extends string> = {
  /** What they are the pages of, for assistive technology. */
  label: string;
  /** Each tab with the path of its page and its word. */
  tabs: readonly { tab: Tab; to: string; word: string }[];
  params: Record<string, string>;
  current: Tab;
};

/** The way between the pages of one thing; of the tabs, those that this build has pages for. */
export function Tabs<Tab extends string>({ label, tabs, params, current }: TabsProps<Tab>) {
  const { routesByPath } = useRouter();
  const there = tabs.filter(({ to }) => to in routesByPath);
  if (there.length < 2) return null;
  return (
    <nav className="tabs" aria-label={label}>
      {there.map(({ tab, to, word }) => (
        <Link
          key={tab}
          to={to}
          params={params}
          className={tab === current ? 'on' : undefined}
          aria-current={tab === current ? 'page' : undefined}
          activeOptions={exact}
          activeProps={none}
        >
          {word}
        </Link>
      ))}
    </nav>
  );
}
