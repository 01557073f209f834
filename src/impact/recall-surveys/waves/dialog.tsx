import { NumberInput, Select } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { api } from '../../../web/kit/client.ts';
import { Button } from '../../../web/kit/controls.tsx';
import { DateField } from '../../../web/kit/date-field.tsx';
import { Dialog } from '../../../web/kit/drawer.tsx';
import { toFailure } from '../../../web/kit/failure.ts';
import { useToday } from '../../../web/kit/format-context.tsx';
import { useMessages } from '../../../web/kit/locale.tsx';
import { Notice } from '../../../web/kit/states.tsx';
import { toast, toastFailure } from '../../../web/kit/toast.tsx';
import { en, zh } from '../messages.ts';
import { type AnsweredWave, type CountedRecall, type Group, groups, type Moment, moments, type RecallSurvey } from '../schema.ts';
import { useRefreshRecall } from '../survey-dialog.tsx';

type Count = number | string;
type Draft = {
  moment: Moment;
  startsOn: string | null;
  endsOn: string | null;
  exposed: { asked: Count; recalled: Count };
  notExposed: { asked: Count; recalled: Count };
};

const countsOf = (of: CountedRecall | null | undefined) => ({ asked: of?.asked ?? '', recalled: of?.recalled ?? '' });
const given = ({ asked, recalled }: Draft[Group]): CountedRecall | null =>
  asked === '' && recalled === '' ? null : { asked: Number(asked), recalled: Number(recalled) };

/** The first wave comes before, the next after. */
const usualMoment = ({ waves }: RecallSurvey): Moment => (waves.length === 0 ? 'before' : 'after');

type DialogProps = { survey: RecallSurvey; wave: AnsweredWave | null; onClose: () => void };

/** Takes how many were asked and how many recalled it, or corrects that. */
export function WaveDialog({ survey, wave, onClose }: DialogProps) {
  const words = useMessages({ en, zh });
  const today = useToday();
  const form = useWaveForm(survey, wave);
  const { enter, update, remove } = useWaveActions(survey, onClose);
  const failed = enter.error ?? update.error;
  const names: Record<Group, string> = { exposed: words.exposed, notExposed: words.notExposed };
  const save = form.onSubmit(({ moment, startsOn, endsOn, exposed, notExposed }) => {
    const fields = { survey: survey.id, moment, startsOn: startsOn!, endsOn, exposed: given(exposed), notExposed: given(notExposed) };
    if (wave) update.mutate({ ...fields, wave: wave.id, version: wave.version });
    else enter.mutate(fields);
  });
  const day = (field: 'startsOn' | 'endsOn') => (
    <DateField
      label={words[field]}
      max={today}
      value={form.values[field]}
      onChange={(value) => form.setFieldValue(field, value)}
      error={form.errors[field]}
    />
  );
  return (
    <Dialog open onClose={onClose} title={wave ? words.correctTitle : words.enterTitle} wide>
      <form className="form" noValidate onSubmit={save}>
        {failed ? <Notice tone="bad">{toFailure(failed).message}</Notice> : null}
        <Select
          label={words.moment}
          data={moments.map((value) => ({ value, label: words.moments[value] }))}
          allowDeselect={false}
          {...form.getInputProps('moment')}
        />
        <div className="pair">
          {day('startsOn')}
          {day('endsOn')}
        </div>
        {groups.map((group) => (
          <div key={group} className="pair">
            <NumberInput
              label={words.asked(names[group])}
              min={1}
              allowDecimal={false}
              hideControls
              thousandSeparator=" "
              {...form.getInputProps(`${group}.asked`)}
            />
            <NumberInput
              label={words.recalled(names[group])}
              min={0}
              allowDecimal={false}
              hideControls
              thousandSeparator=" "
              {...form.getInputProps(`${group}.recalled`)}
            />
          </div>
        ))}
        <p className="meta">{words.groupHelp}</p>
        <div className="actions">
          <Button type="submit" kind="primary" pending={enter.isPending || update.isPending}>
            {words.save}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
          {wave ? (
            <Button kind="danger" pending={remove.isPending} onClick={() => remove.mutate({ survey: survey.id, wave: wave.id })}>
              {words.remove}
            </Button>
          ) : null}
        </div>
      </form>
    </Dialog>
  );
}

const useWaveForm = (survey: RecallSurvey, wave: AnsweredWave | null) => {
  const words = useMessages({ en, zh });
  const asked = (own: Group) => (value: Count, values: Draft) => (value === '' && values[own].recalled !== '' ? words.needed : null);
  const recalled = (own: Group) => (value: Count, values: Draft) => {
    if (value === '') return values[own].asked === '' ? null : words.needed;
    return Number(value) > Number(values[own].asked) ? words.more : null;
  };
  return useForm<Draft>({
    initialValues: {
      moment: wave?.moment ?? usualMoment(survey),
      startsOn: wave?.startsOn ?? null,
      endsOn: wave?.endsOn ?? null,
      exposed: countsOf(wave?.exposed),
      notExposed: countsOf(wave?.notExposed),
    },
    validate: {
      startsOn: (value) => (value ? null : words.needed),
      exposed: { asked: asked('exposed'), recalled: recalled('exposed') },
      notExposed: { asked: asked('notExposed'), recalled: recalled('notExposed') },
    },
  });
};

const useWaveActions = (survey: RecallSurvey, onClose: () => void) => {
  const words = useMessages({ en, zh });
  const refresh = useRefreshRecall();
  const onSuccess = async () => {
    await refresh();
    toast({ text: words.waveSaved });
    onClose();
  };
  const again = useMutation(api.recallSurveys.enterWave.mutationOptions({ onSuccess: refresh, onError: toastFailure }));
  const remove = useMutation(
    api.recallSurveys.deleteWave.mutationOptions({
      onSuccess: async (_found, { wave }) => {
        const { moment, startsOn, endsOn, exposed, notExposed } = survey.waves.find(({ id }) => id === wave)!;
        const counts = (of: CountedRecall | null) => of && { asked: of.asked, recalled: of.recalled };
        const fields = { survey: survey.id, moment, startsOn, endsOn, exposed: counts(exposed), notExposed: counts(notExposed) };
        await refresh();
        toast({ text: words.waveRemoved, undo: () => again.mutate(fields) });
        onClose();
      },
      onError: toastFailure,
    }),
  );
  return {
    enter: useMutation(api.recallSurveys.enterWave.mutationOptions({ onSuccess })),
    update: useMutation(api.recallSurveys.updateWave.mutationOptions({ onSuccess })),
    remove,
  };
};
