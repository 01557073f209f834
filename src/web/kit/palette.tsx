import { Spotlight, useSpotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { FileUp, Flag, Keyboard, Plus, Search, SunMoon } from 'lucide-react';
import { flipAppearance } from './appearance.ts';
import { api } from './client.ts';
import { Icon, Key } from './controls.tsx';
import { openKeysDialog } from './keys-control.ts';
import { useNavigation } from './navigation.ts';
import { palette, paletteStore } from './palette-control.ts';
import { useMayEdit } from './session.tsx';
import { useKitWords } from './words.ts';

/** Jump to a page or a launch, or act. */
export function Palette() {
  const words = useKitWords();
  const groups = [usePageActions(), useActs(), useLaunchActions()].filter(({ actions }) => actions.length > 0);
  return (
    <Spotlight
      store={paletteStore}
      shortcut={null}
      actions={groups}
      attributes={{ content: { 'aria-label': words.search.label } }}
      nothingFound={words.search.nothing}
      highlightQuery={false}
      limit={24}
      scrollable
      maxHeight={420}
      searchProps={{ placeholder: words.search.open, 'aria-label': words.search.label, leftSection: <Icon of={Search} /> }}
    />
  );
}

function usePageActions(): SpotlightActionGroupData {
  const words = useKitWords();
  const navigate = useNavigate();
  const pages = useNavigation().flatMap((group) =>
    (group.pages.length > 0 ? group.pages : [group]).map((page, index) => ({
      ...page,
      key: page.key ?? (index === 0 ? group.key : undefined),
      icon: group.icon,
    })),
  );
  return {
    group: words.search.goTo,
    actions: pages.map(({ to, word, key, icon }) => ({
      id: to,
      label: words.nav[word],
      leftSection: <Icon of={icon} />,
      rightSection: key ? (
        <>
          <Key>G</Key>
          <Key>{key.toUpperCase()}</Key>
        </>
      ) : undefined,
      onClick: () => void navigate({ to }),
    })),
  };
}

function useActs(): SpotlightActionGroupData {
  const words = useKitWords();
  const navigate = useNavigate();
  const mayEdit = useMayEdit();
  const { routesByPath } = useRouter();
  const edits = [
    { id: '/launches/new', label: words.search.newLaunch, leftSection: <Icon of={Plus} /> },
    { id: '/imports/new', label: words.search.newImport, leftSection: <Icon of={FileUp} /> },
  ]
    .filter(({ id }) => mayEdit && id in routesByPath)
    .map((act): SpotlightActionData => ({ ...act, onClick: () => void navigate({ to: act.id }) }));
  const always: SpotlightActionData[] = [
    { id: 'theme', label: words.keys.theme, leftSection: <Icon of={SunMoon} />, rightSection: <Key>T</Key>, onClick: flipAppearance },
    { id: 'keys', label: words.keys.all, leftSection: <Icon of={Keyboard} />, rightSection: <Key>?</Key>, onClick: openKeysDialog },
  ];
  return { group: words.search.act, actions: [...edits, ...always] };
}

function useLaunchActions(): SpotlightActionGroupData {
  const words = useKitWords();
  const navigate = useNavigate();
  const { opened } = useSpotlight(paletteStore);
  const { data } = useQuery({ ...api.launches.list.queryOptions({ input: {} }), enabled: opened });
  return {
    group: words.search.launches,
    actions: (data?.launches ?? []).slice(0, 8).map((launch) => ({
      id: launch.id,
      label: launch.name,
      leftSection: <Icon of={Flag} />,
      onClick: () => {
        palette.close();
        void navigate({ to: '/launches/$launch', params: { launch: launch.key } });
      },
    })),
  };
}
