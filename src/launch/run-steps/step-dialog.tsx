import { NumberInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { MemberPicker } from '../charters/member-picker.tsx';
import { en, zh } from './messages.ts';
import type { RunStep } from './schema.ts';

type StepDialogProps = { launch: string; step: RunStep | null; onClose: () => void };

/** Adds a step, or changes one. */
export function StepDialog({ launch, step, onClose }: StepDialogProps) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const form = useForm({
    initialValues: {
      text: step?.text ?? '',
      atTime: step?.atTime ?? '09:00',
      dayOffset: step?.dayOffset ?? 0,
      ownerId: step?.owner?.id ?? null,
      url: step?.url ?? '',
    },
    validate: {
      text: (value) => (value.trim() ? null : words.textNeeded),
      atTime: (value) => (/^([01]\d|2[0-3]):[0-5]\d$/.test(value) ? null : words.timeNeeded),
    },
  });
  const done = async (text: string) => {
    await queries.invalidateQueries({ queryKey: api.runSteps.key() });
    toast({ text });
    onClose();
  };
  const create = useMutation(api.runSteps.create.mutationOptions({ onSuccess: () => done(words.saved) }));
  const update = useMutation(api.runSteps.update.mutationOptions({ onSuccess: () => done(words.saved) }));
  const remove = useMutation(api.runSteps.delete.mutationOptions({ onSuccess: () => done(words.removed), onError: toastFailure }));
  const failed = create.error ?? update.error;
  const save = form.onSubmit(({ url, ...fields }) => {
    const given = { ...fields, url: url.trim() || null };
    if (step) update.mutate({ step: step.id, version: step.version, ...given });
    else create.mutate({ launch, ...given });
  });
  return (
    <Dialog open onClose={onClose} title={step ? words.editTitle : words.newTitle}>
      <form className="form" noValidate onSubmit={save}>
        {failed ? <Notice tone="bad">{toFailure(failed).message}</Notice> : null}
        <Textarea label={words.text} autosize minRows={2} data-autofocus {...form.getInputProps('text')} />
        <div className="pair">
          <TextInput label={words.atTime} inputMode="numeric" {...form.getInputProps('atTime')} />
          <NumberInput
            label={words.dayOffset}
            description={words.dayHelp}
            min={-30}
            max={60}
            allowDecimal={false}
            {...form.getInputProps('dayOffset')}
          />
        </div>
        <MemberPicker
          label={words.owner}
          was={step?.owner}
          value={form.values.ownerId}
          onChange={(id) => form.setFieldValue('ownerId', id)}
        />
        <TextInput label={words.url} placeholder="https://" {...form.getInputProps('url')} />
        <div className="actions">
          <Button type="submit" kind="primary" pending={create.isPending || update.isPending}>
            {words.save}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
          {step ? (
            <Button kind="danger" pending={remove.isPending} onClick={() => remove.mutate({ step: step.id })}>
              {words.remove}
            </Button>
          ) : null}
        </div>
      </form>
    </Dialog>
  );
}

/** A step that failed says what happened. */
export function FailDialog({ step, onFail, onClose }: { step: RunStep; onFail: (note: string) => void; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const form = useForm({ initialValues: { note: '' } });
  return (
    <Dialog open onClose={onClose} title={words.failTitle(step.text)}>
      <form className="form" onSubmit={form.onSubmit(({ note }) => onFail(note))}>
        <Textarea label={words.failNote} autosize minRows={2} data-autofocus {...form.getInputProps('note')} />
        <div className="actions">
          <Button type="submit" kind="primary">
            {words.markFailed}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
