import { NumberInput, Select } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import { type RecallSurvey, type TargetFields, targetMeasures } from './schema.ts';
import { useRefreshRecall } from './survey-dialog.tsx';

type Draft = { measure: TargetFields['measure']; atLeast: number | string };

/** Registers what a survey is to reach. */
export function TargetDialog({ survey, onClose }: { survey: RecallSurvey; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const refresh = useRefreshRecall();
  const form = useForm<Draft>({
    initialValues: { measure: 'difference_in_differences', atLeast: '' },
    validate: { atLeast: (value) => (Number(value) > 0 && Number(value) <= 100 ? null : words.number) },
  });
  const register = useMutation(
    api.recallSurveys.register.mutationOptions({
      onSuccess: async () => {
        await refresh();
        toast({ text: words.registeredToast });
        onClose();
      },
    }),
  );
  const save = form.onSubmit(({ measure, atLeast }) =>
    register.mutate({ survey: survey.id, version: survey.version, measure, atLeast: Math.round(Number(atLeast) * 1e6) / 1e8 }),
  );
  return (
    <Dialog open onClose={onClose} title={words.registerTitle}>
      <form className="form" noValidate onSubmit={save}>
        {register.error ? <Notice tone="bad">{toFailure(register.error).message}</Notice> : null}
        <p className="ink2">{words.registerHelp}</p>
        <Select
          label={words.measure}
          data={targetMeasures.map((value) => ({ value, label: words.measures[value] }))}
          allowDeselect={false}
          {...form.getInputProps('measure')}
        />
        <NumberInput
          label={words.atLeast}
          description={words.atLeastHelp}
          min={0}
          max={100}
          hideControls
          {...form.getInputProps('atLeast')}
        />
        <div className="actions">
          <Button type="submit" kind="primary" pending={register.isPending}>
            {words.register}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
