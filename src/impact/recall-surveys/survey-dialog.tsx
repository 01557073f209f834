import { Checkbox, Select, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Program } from '../../launch/programs/schema.ts';
import { api } from '../../web/kit/client.ts';
import { useConfirm } from '../../web/kit/confirm.tsx';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import { lots, prompts, type RecallSurvey, type SurveyFields } from './schema.ts';

/** Recall stands on three pages of a program. */
export function useRefreshRecall() {
  const queries = useQueryClient();
  return () => Promise.all([api.recallSurveys.key(), api.programReturns.key()].map((queryKey) => queries.invalidateQueries({ queryKey })));
}

type DialogProps = { program: Program; survey: RecallSurvey | null; onClose: () => void; onSaved: (survey: RecallSurvey) => void };

/** Plans a survey, or changes its words while no target is registered. */
export function SurveyDialog({ program, survey, onClose, onSaved }: DialogProps) {
  const words = useMessages({ en, zh });
  const refresh = useRefreshRecall();
  const needed = (value: string) => (value.trim() ? null : words.needed);
  const form = useForm<SurveyFields>({
    initialValues: {
      question: survey?.question ?? '',
      prompt: survey?.prompt ?? 'unaided',
      askedOf: survey?.askedOf ?? '',
      exposure: survey?.exposure ?? '',
      lot: survey?.lot ?? 'none',
      samePeople: survey?.samePeople ?? false,
    },
    validateInputOnBlur: true,
    validate: { question: needed, askedOf: needed, exposure: needed },
  });
  const onSuccess = async (found: RecallSurvey) => {
    await refresh();
    toast({ text: words.saved });
    onSaved(found);
  };
  const create = useMutation(api.recallSurveys.create.mutationOptions({ onSuccess }));
  const update = useMutation(api.recallSurveys.update.mutationOptions({ onSuccess }));
  const failed = create.error ?? update.error;
  const listed = <Value extends string>(some: readonly Value[], names: Record<Value, string>) =>
    some.map((value) => ({ value, label: names[value] }));
  const save = form.onSubmit((fields) => {
    if (survey) update.mutate({ survey: survey.id, version: survey.version, ...fields });
    else create.mutate({ program: program.id, ...fields });
  });
  return (
    <Dialog open onClose={onClose} title={survey ? words.editTitle : words.newTitle} wide>
      <form className="form" noValidate onSubmit={save}>
        {failed ? <Notice tone="bad">{toFailure(failed).message}</Notice> : null}
        <Textarea
          label={words.question}
          description={words.questionHelp}
          autosize
          maxLength={500}
          data-autofocus
          {...form.getInputProps('question')}
        />
        <Select label={words.prompt} data={listed(prompts, words.prompts)} allowDeselect={false} {...form.getInputProps('prompt')} />
        <Textarea
          label={words.askedOf}
          description={words.askedOfHelp}
          autosize
          minRows={2}
          maxLength={1000}
          {...form.getInputProps('askedOf')}
        />
        <Textarea
          label={words.exposure}
          description={words.exposureHelp}
          autosize
          minRows={2}
          maxLength={1000}
          {...form.getInputProps('exposure')}
        />
        <Select label={words.lot} data={listed(lots, words.lots)} allowDeselect={false} {...form.getInputProps('lot')} />
        <Checkbox label={words.samePeople} {...form.getInputProps('samePeople', { type: 'checkbox' })} />
        <div className="actions">
          <Button type="submit" kind="primary" pending={create.isPending || update.isPending}>
            {words.save}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}

export function DeleteSurvey({ survey: { id } }: { survey: RecallSurvey }) {
  const words = useMessages({ en, zh });
  const { role } = useSession();
  const confirm = useConfirm();
  const refresh = useRefreshRecall();
  const restore = useMutation(api.recallSurveys.restore.mutationOptions({ onSuccess: refresh, onError: toastFailure }));
  const remove = useMutation(
    api.recallSurveys.delete.mutationOptions({
      onSuccess: async () => {
        await refresh();
        toast({ text: words.removed, undo: () => restore.mutate({ survey: id }) });
      },
      onError: toastFailure,
    }),
  );
  const ask = async () => {
    if (await confirm({ title: words.removeTitle, text: words.removeText, action: words.remove, danger: true }))
      remove.mutate({ survey: id });
  };
  return role === 'owner' || role === 'pmm' ? (
    <Button size="small" kind="danger" pending={remove.isPending} onClick={() => void ask()}>
      {words.remove}
    </Button>
  ) : null;
}
