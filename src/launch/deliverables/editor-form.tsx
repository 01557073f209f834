import { Checkbox, MultiSelect, NumberInput, Radio, Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Plus, X } from 'lucide-react';
import { Button } from '../../web/kit/controls.tsx';
import { DateField } from '../../web/kit/date-field.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';
import { MemberPicker, MembersPicker } from '../charters/member-picker.tsx';
import { type MemberRef, type BusinessFunction, type DeliverableType, deliverableTypes, functions } from '../charters/schema.ts';
import { en, zh } from './messages.ts';
import { type Deliverable, type DeliverableFields, type Status, statuses } from './schema.ts';

export type Draft = {
  name: string;
  type: DeliverableType;
  status: Status;
  required: boolean;
  ownerId: string | null;
  function: BusinessFunction;
  dueBy: 'lead' | 'fixed';
  leadDays: number;
  dueOn: string | null;
  workDays: number;
  doneWhen: string;
  audience: string;
  signers: BusinessFunction[];
  reviewers: string[];
  needs: string[];
  links: { label: string; url: string }[];
};

export const draftOf = (one?: Deliverable): Draft => ({
  name: one?.name ?? '',
  type: one?.type ?? 'other',
  status: one?.status ?? 'planned',
  required: one?.required ?? false,
  ownerId: one?.owner?.id ?? null,
  function: one?.function ?? 'product_marketing',
  dueBy: one?.isFixed ? 'fixed' : 'lead',
  leadDays: one?.leadDays ?? 7,
  dueOn: one?.isFixed ? one.dueOn : null,
  workDays: one?.workDays ?? 5,
  doneWhen: one?.doneWhen ?? '',
  audience: one?.audience ?? '',
  signers: one?.signOffs.map((each) => each.function) ?? [],
  reviewers: one?.reviewers.filter(({ gone }) => !gone).map(({ id }) => id) ?? [],
  needs: one?.needs ?? [],
  links: one?.links ?? [],
});

export const fieldsOf = ({ dueBy, leadDays, dueOn, status: _status, ...draft }: Draft): DeliverableFields => ({
  ...draft,
  ...(dueBy === 'fixed' ? { dueOn, leadDays: null } : { leadDays, dueOn: null }),
  links: draft.links.filter(({ url }) => url.trim() !== ''),
});

export function useDraft(one?: Deliverable) {
  const words = useMessages({ en, zh });
  return useForm<Draft>({
    initialValues: draftOf(one),
    validate: { name: (value) => (value.trim() ? null : words.nameNeeded) },
  });
}
export type Form = ReturnType<typeof useDraft>;

/** Every field of a deliverable. */
export function EditorFields({ form, owner, others }: { form: Form; owner?: MemberRef | null; others: Deliverable[] }) {
  const words = useMessages({ en, zh });
  const charter = useMessages({ en: charterEn, zh: charterZh });
  const functionChoices = functions.map((value) => ({ value, label: charter.functions[value] }));
  return (
    <>
      <TextInput label={words.name} data-autofocus maxLength={200} {...form.getInputProps('name')} />
      <div className="pair">
        <Select
          label={words.status}
          data={statuses
            .filter((each) => each !== 'dropped' || form.values.status === 'dropped')
            .map((value) => ({ value, label: words.statuses[value] }))}
          allowDeselect={false}
          {...form.getInputProps('status')}
        />
        <MemberPicker label={words.owner} was={owner} value={form.values.ownerId} onChange={(id) => form.setFieldValue('ownerId', id)} />
      </div>
      <DueFields form={form} />
      <div className="pair">
        <Select
          label={words.type}
          data={deliverableTypes.map((value) => ({ value, label: charter.types[value] }))}
          allowDeselect={false}
          searchable
          {...form.getInputProps('type')}
        />
        <Select label={words.function} data={functionChoices} allowDeselect={false} {...form.getInputProps('function')} />
      </div>
      <Checkbox label={words.required} description={words.requiredMark} {...form.getInputProps('required', { type: 'checkbox' })} />
      <Textarea label={words.doneWhen} autosize minRows={2} {...form.getInputProps('doneWhen')} />
      <TextInput label={words.audience} maxLength={200} {...form.getInputProps('audience')} />
      <MultiSelect label={words.signers} data={functionChoices} clearable {...form.getInputProps('signers')} />
      <MembersPicker label={words.reviewers} value={form.values.reviewers} onChange={(ids) => form.setFieldValue('reviewers', ids)} />
      <MultiSelect
        label={words.needs}
        data={others.map(({ id, name }) => ({ value: id, label: name }))}
        searchable
        clearable
        {...form.getInputProps('needs')}
      />
      <LinkFields form={form} />
    </>
  );
}

function DueFields({ form }: { form: Form }) {
  const words = useMessages({ en, zh });
  return (
    <>
      <Radio.Group label={words.dueBy} {...form.getInputProps('dueBy')}>
        <div className="row">
          <Radio value="lead" label={words.dueChoices.lead} />
          <Radio value="fixed" label={words.dueChoices.fixed} />
        </div>
      </Radio.Group>
      <div className="pair">
        {form.values.dueBy === 'lead' ? (
          <NumberInput
            label={words.leadDays}
            description={words.leadHelp}
            min={-365}
            max={730}
            allowDecimal={false}
            {...form.getInputProps('leadDays')}
          />
        ) : (
          <DateField label={words.fixedDue} nested value={form.values.dueOn} onChange={(day) => form.setFieldValue('dueOn', day)} />
        )}
        <NumberInput label={words.workDays} min={1} max={365} allowDecimal={false} {...form.getInputProps('workDays')} />
      </div>
    </>
  );
}

function LinkFields({ form }: { form: Form }) {
  const words = useMessages({ en, zh });
  return (
    <fieldset className="links">
      <legend>{words.links}</legend>
      {form.values.links.map((_, index) => (
        <div className="pair" key={index}>
          <TextInput aria-label={words.linkLabel} placeholder={words.linkLabel} {...form.getInputProps(`links.${index}.label`)} />
          <div className="row nowrap">
            <TextInput aria-label={words.linkAddress} placeholder="https://" {...form.getInputProps(`links.${index}.url`)} />
            <Button kind="quiet" icon={X} aria-label={words.removeLink} onClick={() => form.removeListItem('links', index)} />
          </div>
        </div>
      ))}
      <Button size="small" icon={Plus} onClick={() => form.insertListItem('links', { label: '', url: '' })}>
        {words.addLink}
      </Button>
    </fieldset>
  );
}
