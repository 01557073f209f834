import { Switch } from '@mantine/core';
import { Dialog } from './drawer.tsx';
import { setSingleKeys, useSingleKeys } from './keyboard.ts';
import { closeKeysDialog, useKeysDialog } from './keys-control.ts';
import { useNavigation } from './navigation.ts';
import { commandKey } from './palette-control.ts';
import { useKitWords } from './words.ts';

type Row = { keys: string[]; label: string };

export function KeysDialog() {
  const words = useKitWords();
  const on = useSingleKeys();
  const pages = useNavigation()
    .flatMap((group) => [group, ...group.pages])
    .filter(({ key }) => key !== undefined);
  return (
    <Dialog open={useKeysDialog()} onClose={closeKeysDialog} title={words.keys.title} wide>
      <div className="keys-list">
        <KeyGroup
          title={words.keys.anywhere}
          rows={[
            { keys: [commandKey], label: words.keys.search },
            { keys: ['/'], label: words.keys.filter },
            { keys: ['C'], label: words.keys.create },
            { keys: ['T'], label: words.keys.theme },
            { keys: ['?'], label: words.keys.all },
          ]}
        />
        <KeyGroup
          title={words.keys.goTo}
          rows={pages.map(({ key, word }) => ({ keys: ['G', key!.toUpperCase()], label: words.nav[word] }))}
        />
        <KeyGroup
          title={words.keys.inLists}
          rows={[
            { keys: ['J', 'K'], label: words.keys.move },
            { keys: ['↵'], label: words.keys.open },
            { keys: ['Esc'], label: words.keys.back },
          ]}
        />
        <div className="stack">
          <p className="meta">{words.keys.off}</p>
          <Switch checked={on} onChange={(event) => setSingleKeys(event.currentTarget.checked)} label={words.keys.use} />
        </div>
      </div>
    </Dialog>
  );
}

function KeyGroup({ title, rows }: { title: string; rows: Row[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {rows.map(({ keys, label }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
