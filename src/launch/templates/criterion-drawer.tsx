import { Checkbox, Select, Textarea } from '@mantine/core';
import { Button } from '../../web/kit/controls.tsx';
import { Drawer } from '../../web/kit/drawer.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';
import { type BusinessFunction, functions } from '../charters/schema.ts';
import { en as gateEn, zh as gateZh } from '../gates/messages.ts';
import { type CriterionKind, criterionKinds, type CriterionPlan, selfChecking } from '../gates/schema.ts';
import { useCriterionText } from './lists.tsx';
import { en, zh } from './messages.ts';
import { NumberField } from './number-field.tsx';

type CriterionProps = { criterion: CriterionPlan; onChange: (criterion: CriterionPlan) => void; onClose: () => void };

/** All of one criterion of a gate. */
export function CriterionDrawer({ criterion, onChange, onClose }: CriterionProps) {
  const words = useMessages({ en, zh });
  const gates = useMessages({ en: gateEn, zh: gateZh });
  const charter = useMessages({ en: charterEn, zh: charterZh });
  const textOf = useCriterionText();
  const { kind, text, required, leadDays, threshold } = criterion;
  const set = (fields: Partial<CriterionPlan>) => onChange({ ...criterion, ...fields });
  const choose = (next: CriterionKind) => set({ kind: next, threshold: next === 'field_readiness' ? (threshold ?? 0.8) : null });
  return (
    <Drawer open onClose={onClose} title={textOf(criterion)} subtitle={words.edit.drawerHelp}>
      <div className="form">
        <Select
          label={gates.kind}
          description={selfChecking.includes(kind) ? gates.checksItself : null}
          data={criterionKinds.map((value) => ({ value, label: gates.kinds[value] }))}
          value={kind}
          onChange={(value) => choose(value as CriterionKind)}
          allowDeselect={false}
          data-autofocus
        />
        <Textarea
          label={gates.text}
          description={kind === 'manual' ? null : gates.textHelp}
          value={text}
          maxLength={300}
          autosize
          onChange={({ currentTarget }) => set({ text: currentTarget.value })}
        />
        <Select
          label={words.function}
          data={functions.map((value) => ({ value, label: charter.functions[value] }))}
          value={criterion.function}
          onChange={(value) => set({ function: value as BusinessFunction })}
          allowDeselect={false}
        />
        <NumberField
          label={words.edit.leadDays}
          description={words.edit.leadHelp}
          value={leadDays}
          min={-365}
          max={730}
          onChange={(days) => set({ leadDays: days })}
        />
        {kind === 'field_readiness' ? (
          <NumberField
            label={gates.threshold}
            value={Math.round((threshold ?? 0.8) * 100)}
            min={1}
            max={100}
            onChange={(percent) => set({ threshold: percent / 100 })}
          />
        ) : null}
        <Checkbox label={gates.required} checked={required} onChange={({ currentTarget }) => set({ required: currentTarget.checked })} />
        <div className="actions">
          <Button onClick={onClose}>{words.edit.done}</Button>
        </div>
      </div>
    </Drawer>
  );
}
