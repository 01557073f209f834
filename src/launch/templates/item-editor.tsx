import { useState } from 'react';
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { Button, Tag } from '../../web/kit/controls.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { slugOf } from '../../web/kit/slug.ts';
import { EmptyState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';
import { moved, newItem, withoutItem } from './draft.ts';
import { ItemDrawer } from './item-drawer.tsx';
import { en, zh } from './messages.ts';
import type { TemplateItem } from './schema.ts';

type ItemsProps = { items: TemplateItem[]; onChange: (change: (items: TemplateItem[]) => TemplateItem[]) => void };

/** The items in their order: added, taken out, moved, and each opened to be changed. */
export function ItemEditor({ items, onChange }: ItemsProps) {
  const words = useMessages({ en, zh });
  const [openId, setOpenId] = useState<string | null>(null);
  const open = items.find(({ id }) => id === openId);
  const add = () => {
    const id = slugOf(
      'item',
      items.map((one) => one.id),
      'item',
    );
    onChange((now) => [...now, newItem(id, words.edit.newItem)]);
    setOpenId(id);
  };
  const actions = (
    <Button size="small" icon={Plus} onClick={add}>
      {words.edit.addItem}
    </Button>
  );
  return (
    <Section title={words.items} count={words.count(items.length)} actions={actions} ruled>
      <Rows items={items} onChange={onChange} onOpen={setOpenId} />
      {open ? (
        <ItemDrawer
          item={open}
          all={items}
          onChange={(item) => onChange((now) => now.map((one) => (one.id === item.id ? item : one)))}
          onClose={() => setOpenId(null)}
        />
      ) : null}
    </Section>
  );
}

function Rows({ items, onChange, onOpen }: ItemsProps & { onOpen: (id: string) => void }) {
  const words = useMessages({ en, zh });
  const charter = useMessages({ en: charterEn, zh: charterZh });
  return (
    <Table
      label={words.items}
      rows={items}
      rowKey={({ id }) => id}
      foot=""
      empty={<EmptyState>{words.noItems}</EmptyState>}
      columns={[
        {
          key: 'name',
          head: words.item,
          width: '34%',
          cell: ({ id, name, required }) => (
            <>
              <button type="button" className="name-button" onClick={() => onOpen(id)} aria-haspopup="dialog">
                {name || words.edit.unnamed}
              </button>{' '}
              {required ? <Tag tone="land">{words.required}</Tag> : null}
            </>
          ),
        },
        { key: 'due', head: words.due, cell: ({ leadDays }) => words.dueDay(leadDays) },
        { key: 'type', head: words.type, cell: ({ type }) => charter.types[type] },
        { key: 'function', head: words.function, cell: ({ function: owner }) => charter.functions[owner] },
        {
          key: 'order',
          head: words.edit.order,
          silent: true,
          width: '116px',
          cell: (one) => <RowButtons item={one} items={items} onChange={onChange} />,
        },
      ]}
    />
  );
}

function RowButtons({ item, items, onChange }: ItemsProps & { item: TemplateItem }) {
  const words = useMessages({ en, zh });
  const index = items.indexOf(item);
  const remove = () => {
    onChange((now) => withoutItem(now, item.id));
    toast({ text: words.edit.removed(item.name), undo: () => onChange(() => items) });
  };
  return (
    <span className="row-buttons">
      <Button
        kind="quiet"
        icon={ArrowUp}
        aria-label={words.edit.up(item.name)}
        disabled={index === 0}
        onClick={() => onChange((now) => moved(now, index, -1))}
      />
      <Button
        kind="quiet"
        icon={ArrowDown}
        aria-label={words.edit.down(item.name)}
        disabled={index === items.length - 1}
        onClick={() => onChange((now) => moved(now, index, 1))}
      />
      <Button kind="quiet" icon={X} aria-label={words.edit.remove(item.name)} onClick={remove} />
    </span>
  );
}
