import { Checkbox, MultiSelect, Select, Textarea, TextInput } from '@mantine/core';
import { Button } from '../../web/kit/controls.tsx';
import { Drawer } from '../../web/kit/drawer.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';
import { type BusinessFunction, type DeliverableType, deliverableTypes, functions } from '../charters/schema.ts';
import { en, zh } from './messages.ts';
import { NumberField } from './number-field.tsx';
import type { TemplateItem } from './schema.ts';

type ItemProps = { item: TemplateItem; all: TemplateItem[]; onChange: (item: TemplateItem) => void; onClose: () => void };

/** All of one item of a template. What is typed is in the template at once; saving the template keeps it. */
export function ItemDrawer({ item, all, onChange, onClose }: ItemProps) {
  const words = useMessages({ en, zh });
  const charter = useMessages({ en: charterEn, zh: charterZh });
  const set = (fields: Partial<TemplateItem>) => onChange({ ...item, ...fields });
  return (
    <Drawer open onClose={onClose} title={item.name || words.edit.unnamed} subtitle={words.edit.drawerHelp}>
      <div className="form">
        <TextInput
          label={words.item}
          value={item.name}
          maxLength={200}
          error={item.name.trim() ? null : words.edit.itemNameNeeded}
          onChange={({ currentTarget }) => set({ name: currentTarget.value })}
          data-autofocus
        />
        <div className="pair">
          <Select
            label={words.type}
            data={deliverableTypes.map((value) => ({ value, label: charter.types[value] }))}
            value={item.type}
            onChange={(type) => set({ type: type as DeliverableType })}
            allowDeselect={false}
            searchable
          />
          <Select
            label={words.function}
            data={functions.map((value) => ({ value, label: charter.functions[value] }))}
            value={item.function}
            onChange={(owner) => set({ function: owner as BusinessFunction })}
            allowDeselect={false}
          />
        </div>
        <Times item={item} set={set} />
        <Checkbox
          label={words.required}
          description={words.edit.requiredHelp}
          checked={item.required}
          onChange={({ currentTarget }) => set({ required: currentTarget.checked })}
        />
        <Textarea
          label={words.doneWhen}
          value={item.doneWhen}
          maxLength={2000}
          autosize
          minRows={2}
          onChange={({ currentTarget }) => set({ doneWhen: currentTarget.value })}
        />
        <TextInput
          label={words.audience}
          value={item.audience}
          maxLength={200}
          onChange={({ currentTarget }) => set({ audience: currentTarget.value })}
        />
        <MultiSelect
          label={words.signers}
          data={functions.map((value) => ({ value, label: charter.functions[value] }))}
          value={item.signers}
          onChange={(signers) => set({ signers })}
        />
        <MultiSelect
          label={words.needs}
          description={words.edit.needsHelp}
          data={all.filter(({ id }) => id !== item.id).map(({ id, name }) => ({ value: id, label: name || words.edit.unnamed }))}
          value={item.needs}
          onChange={(needs) => set({ needs })}
          searchable
        />
        <div className="actions">
          <Button onClick={onClose}>{words.edit.done}</Button>
        </div>
      </div>
    </Drawer>
  );
}

function Times({ item, set }: { item: TemplateItem; set: (fields: Partial<TemplateItem>) => void }) {
  const words = useMessages({ en, zh });
  return (
    <div className="pair">
      <NumberField
        label={words.edit.leadDays}
        description={words.edit.leadHelp}
        value={item.leadDays}
        min={-365}
        max={730}
        onChange={(leadDays) => set({ leadDays })}
      />
      <NumberField label={words.workDays} value={item.workDays} min={1} max={365} onChange={(workDays) => set({ workDays })} />
    </div>
  );
}
