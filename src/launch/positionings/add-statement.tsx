import { Radio, Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { DateField } from '../../web/kit/date-field.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import { type Positioning, type PositioningStage, positioningStages, type StatementVerdict, statementVerdicts } from './schema.ts';
import { usePositioningRefresh } from './use-positioning.tsx';

type Draft = {
  quote: string;
  who: string;
  account: string;
  stage: PositioningStage;
  version: string;
  day: string;
  verdict: StatementVerdict;
};

/** What a tester said of a version, in their words. */
export function AddStatement({ positioning, onClose }: { positioning: Positioning; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const today = useToday();
  const refresh = usePositioningRefresh();
  const form = useForm<Draft>({
    initialValues: {
      quote: '',
      who: '',
      account: '',
      stage: positioning.stage,
      version: String(positioning.versions[0]?.version ?? 1),
      day: today,
      verdict: 'understood',
    },
    validate: {
      quote: (quote) => (quote.trim() ? null : words.quoteNeeded),
      who: (who) => (who.trim() ? null : words.whoNeeded),
    },
  });
  const add = useMutation({
    mutationFn: ({ account, version, ...fields }: Draft) =>
      client.positionings.addStatement({
        launch: positioning.launch.key,
        ...fields,
        account: account.trim() || null,
        version: Number(version),
      }),
    onSuccess: async () => {
      await refresh();
      toast({ text: words.added });
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={words.addStatement} wide>
      <form className="form" noValidate onSubmit={form.onSubmit((draft) => add.mutate(draft))}>
        {add.error ? <Notice tone="bad">{toFailure(add.error).message}</Notice> : null}
        <Textarea label={words.quote} autosize minRows={2} data-autofocus {...form.getInputProps('quote')} />
        <div className="pair">
          <TextInput label={words.who} description={words.whoHelp} {...form.getInputProps('who')} />
          <TextInput label={`${words.account} (${words.optional})`} {...form.getInputProps('account')} />
        </div>
        <Radio.Group label={words.verdict} {...form.getInputProps('verdict')}>
          <div className="row">
            {statementVerdicts.map((each) => (
              <Radio key={each} value={each} label={words.verdicts[each]} />
            ))}
          </div>
        </Radio.Group>
        <div className="pair">
          <Select
            label={words.stage}
            data={positioningStages.map((value) => ({ value, label: words.stages[value] }))}
            allowDeselect={false}
            {...form.getInputProps('stage')}
          />
          <Select
            label={words.ofVersion}
            data={positioning.versions.map(({ version }) => ({ value: String(version), label: words.version(format.number(version)) }))}
            allowDeselect={false}
            {...form.getInputProps('version')}
          />
        </div>
        <DateField label={words.day} max={today} value={form.values.day} onChange={(day) => form.setFieldValue('day', day ?? today)} />
        <div className="actions">
          <Button type="submit" kind="primary" pending={add.isPending}>
            {words.add}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
