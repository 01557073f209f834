import { Checkbox, NumberInput, Select, Textarea } from '@mantine/core';
import { DateField } from '../../web/kit/date-field.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { MemberPicker } from '../charters/member-picker.tsx';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';
import { type MemberRef, type BusinessFunction, functions } from '../charters/schema.ts';
import type { CriterionKind } from './schema.ts';
import { useGateWords } from './words.tsx';

/** Who answers for a criterion, by when, and what is enough, as a form holds it. */
export type PlanDraft = {
  function: BusinessFunction;
  text: string;
  required: boolean;
  leadDays: number | '';
  fixedDay: string | null;
  ownerId: string | null;
  threshold: number | '';
};

export const planOf = ({ leadDays, threshold, ...draft }: PlanDraft, kind: CriterionKind) => ({
  ...draft,
  leadDays: leadDays || 0,
  threshold: kind === 'field_readiness' && threshold !== '' ? threshold / 100 : null,
});

type FieldsProps = { kind: CriterionKind; owner?: MemberRef | null; value: PlanDraft; onChange: (value: PlanDraft) => void };

export function PlanFields({ kind, owner, value, onChange }: FieldsProps) {
  const { words } = useGateWords();
  const charter = useMessages({ en: charterEn, zh: charterZh });
  const set = (change: Partial<PlanDraft>) => onChange({ ...value, ...change });
  const asNumber = (given: string | number) => (typeof given === 'number' ? given : '');
  return (
    <>
      <Textarea
        label={words.text}
        description={kind === 'manual' ? undefined : words.textHelp}
        autosize
        minRows={1}
        value={value.text}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      <div className="pair">
        <Select
          label={words.function}
          data={functions.map((each) => ({ value: each, label: charter.functions[each] }))}
          allowDeselect={false}
          value={value.function}
          onChange={(chosen) => chosen && set({ function: chosen })}
        />
        <MemberPicker label={words.owner} was={owner} value={value.ownerId} onChange={(ownerId) => set({ ownerId })} />
      </div>
      <div className="pair">
        <NumberInput
          label={words.leadDays}
          allowDecimal={false}
          value={value.leadDays}
          onChange={(given) => set({ leadDays: asNumber(given) })}
        />
        <DateField label={words.fixedDay} clearable value={value.fixedDay} onChange={(fixedDay) => set({ fixedDay })} />
      </div>
      {kind === 'field_readiness' ? (
        <NumberInput
          label={words.threshold}
          min={1}
          max={100}
          value={value.threshold}
          onChange={(given) => set({ threshold: asNumber(given) })}
        />
      ) : null}
      {kind === 'differentiator' ? null : (
        <Checkbox label={words.required} checked={value.required} onChange={(event) => set({ required: event.currentTarget.checked })} />
      )}
    </>
  );
}
